"""Who holds what up, across all entries that somebody keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.chasing.permissions import testable_partnerships
from register.chasing.reading import (
    ORDER,
    SHOW,
    Wanted,
    bodies_in,
    open_slots,
    people_in,
    with_everything,
)
from register.chasing.statuses import lines_of
from register.ui.listing import page_of, size_of


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Every place to sign that waits for somebody, the longest waiting first."""
    wanted = Wanted.read(request.GET)
    slots = open_slots(request.user)
    page = page_of(
        with_everything(wanted.apply(slots)), order=ORDER, asked=request.GET.dict(),
        size=size_of(request.GET.dict()), counted=wanted.apply(slots),
    )  # fmt: skip
    lines = lines_of(page.rows)
    bodies, people = bodies_in(slots), people_in(slots)
    context = {
        "title": "Who holds what up",
        "page": page,
        "lines": lines,
        "wanted": wanted,
        "show": SHOW,
        "bodies": bodies,
        "people": people,
        "chips": _chips(request, wanted, bodies, people),
        "any_ticks": any(line.open_ticks for line in lines),
        "may_edit": True,
        "may_test": bool(testable_partnerships(request.user)),
        "is_out": True,
    }
    return render(request, "chasing/waiting.html", context)


def _chips(request: HttpRequest, wanted: Wanted, bodies, people) -> list[tuple[str, str]]:
    said = {
        "show": SHOW[wanted.show] if wanted.show else "",
        "body": next((body.called for body in bodies if body.pk == wanted.body), ""),
        "person": next((person.name for person in people if person.pk == wanted.person), ""),
    }
    return [(words, _without(request, name)) for name, words in said.items() if words]


def _without(request: HttpRequest, name: str) -> str:
    values = request.GET.copy()
    for each in (name, "after", "before", "at"):
        values.pop(each, None)
    return f"{reverse('chasing:waiting')}?{values.urlencode()}"
