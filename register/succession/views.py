"""The pages of successions: prepare, look at what follows, choose, confirm, undo."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from register.core.conflicts import Conflict
from register.core.dates import words
from register.core.verdicts import require
from register.directory.models import Organisation
from register.directory.permissions import visible_bodies
from register.succession import services
from register.succession.forms import ConfirmForm, SuccessionForm, UndoForm
from register.succession.models import Kind, Side, Succession
from register.succession.permissions import (
    bodies_of,
    may_change,
    may_confirm,
    may_prepare,
    may_undo,
    visible_successions,
)
from register.succession.touching import choosing, lines_of, preview
from register.ui.listing import Page, page_of, page_of_list, size_of
from register.ui.pages import CONFLICT, UNPROCESSABLE, form_page

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def successions(request: HttpRequest) -> HttpResponse:
    """Every succession of bodies that the reader keeps, the latest day first."""
    require(may_prepare(request.user))
    asked = request.GET.dict()
    rows = visible_successions(request.user).prefetch_related("bodies__organisation")
    page = page_of(rows, order=["-on", "-pk"], asked=asked, size=size_of(asked))
    context = {
        "title": "Successions of bodies",
        "page": page,
        "lines": [_line(row) for row in page.rows],
    }
    return render(request, "succession/successions.html", context)


@asks
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a succession; what follows from it is shown next, before anything is done."""
    require(may_prepare(request.user))
    return form_page(
        request,
        partial(SuccessionForm, user=request.user),
        act=partial(services.prepare_succession, by=request.user),
        title="Record a succession of bodies",
        button="Look at what follows",
        to=lambda made: made.get_absolute_url(),
        back=reverse("succession:successions"),
        initial={"bodies_from": _named(request), "kind": request.GET.get("kind", "")},
        context={"intro": "Nothing is done yet: the next page shows everything that it touches."},
    )


@require_safe
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    """A succession with everything that it touches, and what follows in each entry."""
    found, asked = _found(request, pk), request.GET.dict()
    touched = preview(request.user, found)
    context = {
        "title": _title(found),
        "succession": found,
        "before": bodies_of(found, Side.FROM),
        "after": bodies_of(found, Side.TO),
        "preview": touched,
        "page": page_of_list(touched.entries, asked=asked, size=size_of(asked)),
        "may_change": may_change(request.user, found),
        "may_confirm": may_confirm(request.user, found),
        "may_undo": may_undo(request.user, found),
        "is_split": found.kind == Kind.SPLIT,
        "is_rename": found.kind == Kind.RENAME,
    }
    return render(request, "succession/succession.html", context)


@asks
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """For each entry, a page at a time, which body takes the place of the one that is split."""
    found, asked = _found(request, pk), request.GET.dict()
    require(may_change(request.user, found))
    after = bodies_of(found, Side.TO)
    (chosen, others), status, error = _choices(request, after), 200, ""
    entries = choosing(request.user, found)
    page = page_of(entries, order=["reference", "pk"], asked=asked, size=size_of(asked))
    if request.method == "POST":
        version = _version_seen(request)
        try:
            services.choose_successors(
                by=request.user, succession=found, row_version=version, choices=chosen,
                others=others,
            )  # fmt: skip
        except ValidationError as refusal:
            error, status = " ".join(refusal.messages), UNPROCESSABLE
        except Conflict as conflict:
            error, status = f"{conflict.sentence} Look at it again.", CONFLICT
        else:
            messages.success(request, "The successors are chosen.")
            return redirect(found.get_absolute_url() if page.is_last else _next(request, page))
    found = _found(request, pk)
    context = {
        "title": "Choose who takes which entry", "succession": found, "after": after,
        "others": others or found.default_to, "page": page,
        "lines": _lines(found, page.rows, chosen), "error": error, "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "succession/choose.html", context, status=status)


@asks
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a succession, so that it is carried out on its day."""
    found = _found(request, pk)
    require(may_confirm(request.user, found))
    back = found.get_absolute_url()
    return form_page(
        request,
        ConfirmForm,
        act=partial(services.confirm_succession, by=request.user, succession=found),
        title=f"Confirm: {_title(found)}",
        button="Confirm the succession",
        done=f"The succession is confirmed. It is carried out on {words(found.on)}.",
        to=back,
        back=back,
        initial={"row_version": found.row_version},
        context={
            "danger": True,
            "intro": f"It takes effect on {words(found.on)}, for every entry that names these bodies, "
            "also those that you may not see. It can be undone before that day only.",
        },
    )


@asks
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a succession before its day."""
    found = _found(request, pk)
    require(may_undo(request.user, found))
    back = found.get_absolute_url()
    return form_page(
        request,
        UndoForm,
        act=partial(services.undo_succession, by=request.user, succession=found),
        title=f"Undo: {_title(found)}",
        button="Undo the succession",
        done="The succession is undone.",
        to=reverse("succession:successions"),
        back=back,
        initial={"row_version": found.row_version},
        context={"danger": True},
    )


def _found(request: HttpRequest, pk: int) -> Succession:
    require(may_prepare(request.user))
    rows = visible_successions(request.user).select_related("default_to")
    return get_object_or_404(rows, pk=pk)


def _choices(
    request: HttpRequest, after: list[Organisation]
) -> tuple[dict[int, Organisation], Organisation | None]:
    """What was chosen on the page, by entry, and for all others; what names none of the bodies is
    left out.
    """
    by_key = {str(body.pk): body for body in after}
    chosen = {
        int(name.removeprefix("entry-")): by_key[value]
        for name, value in request.POST.items()
        if name.startswith("entry-")
        and name.removeprefix("entry-").isdecimal()
        and len(name) < 25
        and value in by_key
    }
    return chosen, by_key.get(request.POST.get("others", ""))


def _next(request: HttpRequest, page: Page) -> str:
    asked = request.GET.copy()
    for name in ("before", "at"):
        asked.pop(name, None)
    asked["after"] = page.after
    return f"{request.path}?{asked.urlencode()}"


def _named(request: HttpRequest) -> str:
    key = request.GET.get("body", "")
    if not key.isdecimal() or len(key) > 18:
        return ""
    found = visible_bodies(request.user).filter(pk=int(key)).first()
    return found.legal_name if found else ""


def _title(found: Succession) -> str:
    before = ", ".join(body.called for body in bodies_of(found, Side.FROM))
    after = ", ".join(body.called for body in bodies_of(found, Side.TO))
    says = {
        Kind.MERGE: f"{before} into {after}",
        Kind.SPLIT: f"{before} among {after}",
        Kind.RENAME: f"{before} becomes {found.new_name}",
        Kind.CLOSE: f"{before} closes",
    }
    return f"{says[Kind(found.kind)]}, from {words(found.on)}"


def _line(row: Succession) -> dict:
    bodies: dict[str, list[Organisation]] = {side: [] for side in Side.values}
    for each in row.bodies.all():
        bodies[each.side].append(each.organisation)
    return {"row": row, "before": bodies[Side.FROM], "after": bodies[Side.TO]}


def _version_seen(request: HttpRequest) -> int:
    typed = request.POST.get("row_version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _lines(succession: Succession, entries, chosen: dict) -> list[tuple]:
    """Each entry with its version, who takes it, and whether that was chosen before."""
    return [
        (document, version, chosen.get(document.pk, successor), successor is not None)
        for document, version, successor in lines_of(succession, entries)
    ]
