"""The queue of bodies that imports made and nobody has confirmed: confirm, merge, one or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from register.core.dates import today
from register.core.names import is_slip
from register.core.verdicts import require
from register.directory.models import Organisation
from register.directory.permissions import kept_bodies, may_add_body, visible_bodies
from register.directory.referring import Refers, refers_to
from register.directory.searching import bodies_like, cleaned
from register.directory.services.merging import Settling, Suggested, settle, suggestions_for
from register.directory.views.conversation import asks
from register.ui.listing import SIZES, page_of, size_of
from register.ui.pages import UNPROCESSABLE

OWN = "own"
KEPT = ("name", "source", "size")  # of the address of the queue, when it is shown again
NOTHING = "Tick the bodies to confirm or to merge."


@dataclass(frozen=True)
class Line:
    """One unconfirmed body with the bodies that it may mean, and which of them is offered first."""

    body: Organisation
    suggested: Suggested
    said: str = ""

    @property
    def offered(self) -> str:
        """What is chosen: what was said before, else the likeliest body where its name differs by a slip
        of spelling, else a body of its own.
        """
        if self.said:
            return self.said
        if self.suggested and is_slip(self.body.legal_name, self.suggested[0][1].name):
            return str(self.suggested[0][0].pk)
        return OWN

    @property
    def mark(self) -> str:
        """What a tick says: the body, as it stood when the page was made."""
        return f"{self.body.pk}:{self.body.row_version}"


@dataclass(frozen=True)
class Change:
    """What a tick means, as the preview says it before anything is done."""

    settling: Settling
    refers: list[Refers]

    @property
    def body(self) -> Organisation:
        """The unconfirmed body."""
        return self.settling.organisation

    @property
    def mark(self) -> str:
        """The tick again."""
        return f"{self.body.pk}:{self.settling.row_version}"


@asks
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """The queue; what is ticked there is previewed first, and done when the preview is sent."""
    require(may_add_body(request.user))
    if request.method != "POST":
        return _queue(request)
    chosen = _chosen(request)
    if not chosen:
        return _queue(request, error=NOTHING)
    if "do" not in request.POST:
        return _preview(request, chosen)
    reason = request.POST.get("reason", "")[:1_000]
    done, left = settle(by=request.user, settlings=chosen, reason=reason)
    _say(request, done, [(each.organisation, left.get(each.organisation.pk)) for each in chosen])
    return redirect(_address(request))


def _queue(request: HttpRequest, error: str = "") -> HttpResponse:
    asked = request.GET.dict()
    rows = kept_bodies(request.user).filter(merged_into__isnull=True, is_confirmed=False)
    # What came in with an import that was undone has an end, and waits for nobody.
    rows = rows.exclude(ends_on__lt=today())
    sources = list(rows.order_by("came_from").values_list("came_from", flat=True).distinct()[:100])
    if source := cleaned(asked.get("source", "")):
        rows = rows.filter(came_from=source)
    rows = bodies_like(rows, asked.get("name", ""))
    page = page_of(rows, order=["legal_name", "pk"], asked=asked, size=size_of(asked))
    suggested = suggestions_for(page.rows) if page.rows else {}
    context = {
        "title": "Unconfirmed bodies",
        "page": page,
        "lines": [
            Line(body, suggested[body.pk], request.POST.get(f"what-{body.pk}", ""))
            for body in page.rows
        ],
        "sources": [source for source in sources if source],
        "asked": asked,
        "error": error,
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "directory/unconfirmed.html", context, status=status)


def _preview(request: HttpRequest, chosen: list[Settling]) -> HttpResponse:
    refers = refers_to([each.organisation for each in chosen], request.user)
    context = {
        "title": f"Confirm or merge {_bodies(len(chosen))}",
        "changes": [Change(each, refers[each.organisation.pk]) for each in chosen],
        "button": f"Confirm or merge {_bodies(len(chosen))}",
        "back": _address(request),
    }
    return render(request, "directory/unconfirmed_preview.html", context)


def _address(request: HttpRequest) -> str:
    """The queue, filtered as it was."""
    asked = {name: value for name in KEPT if (value := request.GET.get(name, ""))}
    return f"{reverse('directory:unconfirmed')}{'?' if asked else ''}{urlencode(asked)}"


def _chosen(request: HttpRequest) -> list[Settling]:
    ticked = dict(filter(None, map(_mark, request.POST.getlist("body")[: SIZES[-1]])))
    bodies = kept_bodies(request.user).in_bulk(list(ticked))
    wanted = {pk: request.POST.get(f"what-{pk}", OWN) for pk in ticked}
    keys = {int(word) for word in wanted.values() if _is_key(word)}
    others = visible_bodies(request.user).in_bulk(list(keys))
    return [
        Settling(bodies[pk], version, others.get(int(wanted[pk])) if _is_key(wanted[pk]) else None)
        for pk, version in ticked.items()
        if pk in bodies
        and (wanted[pk] == OWN or (_is_key(wanted[pk]) and int(wanted[pk]) in others))
    ]


def _mark(tick: str) -> tuple[int, int] | None:
    pk, _, version = tick.partition(":")
    return (int(pk), int(version)) if _is_key(pk) and _is_key(version) else None


def _is_key(word: str) -> bool:
    return word.isdecimal() and word.isascii() and len(word) <= 18


def _say(request: HttpRequest, done: int, outcomes: list[tuple[Organisation, str | None]]) -> None:
    if done:
        verb = "is" if done == 1 else "are"
        messages.success(request, f"{_bodies(done).capitalize()} {verb} confirmed or merged.")
    for body, why in outcomes:
        if why:
            messages.warning(request, f"{body} is left as it was: {why}")


def _bodies(count: int) -> str:
    return "1 body" if count == 1 else f"{count} bodies"
