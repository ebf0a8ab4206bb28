"""The correction list: what was wrong, at which body, and everybody who has to be told."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.flows.models import FlowItem
from register.core.dates import today
from register.directory.views.conversation import belongs
from register.lists.labels import label
from register.reports.correction_list import (
    Receiver,
    categories_given_by,
    items_given_by,
    receivers_of,
)
from register.reports.seen import bodies_that_share, governing_lines
from register.reports.sheets import sheet_answer

HEADER = (
    "Hand",
    "Body",
    "Received from",
    "By flow",
    "Agreement",
    "Told of corrections",
    "Mailbox",
    "Data protection officer",
    "Note",
)
STAYS = "The agreement says that it stays with the body before"


@require_safe
@belongs
def corrections(request: HttpRequest) -> HttpResponse:
    """Asks for the body, the category and, if wanted, the item; then lists who received it."""
    asked = _Asked(request)
    context = {
        "title": "Correction list",
        "asked": asked,
        "today": today(),
        "bodies": bodies_that_share(governing_lines(request.user)),
        "base": request.GET.urlencode(),
        "stays": STAYS,
    }
    if asked.is_whole:
        context["receivers"] = found = asked.receivers()
        context["direct"] = sum(one.is_direct for one in found)
    return render(request, "reports/corrections.html", context)


@require_safe
@belongs
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX, a row for each body and way; 404 where the address asks for none."""
    asked = _Asked(request)
    if not asked.is_whole:
        raise Http404
    rows = (row for one in asked.receivers() for row in _cells(one))
    return sheet_answer(request, form, name="corrections", header=HEADER, rows=rows)


class _Asked:
    """What the address asks for, as far as it names what the reader may see."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user
        self.body = _number(request, "body")
        codes = categories_given_by(self.user, self.body) if self.body else []
        self.categories = [(code, label("data_category", code)) for code in codes]
        wanted = request.GET.get("category", "")
        self.category = wanted if wanted in codes else ""
        self.items = (
            list(items_given_by(self.user, self.body, self.category)[:200]) if self.category else []
        )
        self.item: FlowItem | None = next(
            (item for item in self.items if item.pk == _number(request, "item")), None
        )

    @property
    def is_whole(self) -> bool:
        """Whether a body and a category that it gives are named."""
        return bool(self.category)

    @property
    def category_words(self) -> str:
        """The category in words."""
        return label("data_category", self.category)

    def receivers(self) -> list[Receiver]:
        """Everybody who received it."""
        return receivers_of(self.user, self.body, category=self.category, item=self.item)


def _cells(one: Receiver):
    for way in one.ways:
        yield [
            one.hand,
            one.body.name,
            way.giver,
            way.title,
            way.reference,
            way.corrections_to,
            one.mailbox,
            "; ".join(one.officers),
            STAYS if way.stays and not one.is_direct else "",
        ]


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
