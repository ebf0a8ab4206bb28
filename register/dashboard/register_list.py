"""The register: every entry of every tier, filtered by the address, a page at a time."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django_htmx.middleware import HtmxDetails

from register.accounts.roles import EDIT_FOR
from register.core.dates import today
from register.dashboard.acts import acts_for
from register.dashboard.cells import headings, shown_rows
from register.dashboard.checked import CHECKS, may_filter, rule_codes
from register.dashboard.choices import STATUSES, kinds
from register.dashboard.filters import FLAGS, REVIEWS, RegisterFilter, review_is, status_is
from register.dashboard.narrowing import act_for
from register.dashboard.reading import visible_rows
from register.dashboard.tabs import default_address, tabs_of
from register.dashboard.tokens import token_for
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING
from register.search.models import NO_REVIEW, Row
from register.ui.listing import SIZES, Page, counts_of, page_of

NUMBERS = "numbers"  # the part of the page that htmx fills with the numbers
CARDS = (
    ("in force", "", "status=in_force", status_is, "in_force"),
    ("waiting for signatures", "waiting", "status=signing", status_is, "signing"),
    ("review overdue", "late", "status=overdue", status_is, "overdue"),
    ("review due in 90 days", "waiting", "review=90", review_is, "90"),
    ("drafts", "", "status=draft", status_is, "draft"),
)


def register(request: HttpRequest) -> HttpResponse:
    """The list with its filter; htmx asks for the results alone, and for the numbers at its head."""
    part = swapped_part(request)
    if part == NUMBERS:
        numbers = {"cards": cards(visible_rows(request.user))}
        return render(request, "dashboard/_cards.html", numbers)
    if not part and not request.GET and (address := default_address(request.user)):
        return redirect(address)
    wanted = RegisterFilter(request)
    context = results(request, wanted)
    if part:
        return render(request, "dashboard/_register_part.html", context)
    context |= {
        "cards": uncounted(),
        "filter": filter_parts(wanted),
        "may": heads_for(request.user),
    }
    return render(request, "dashboard/register.html", context)


def results(request: HttpRequest, wanted: RegisterFilter) -> dict:
    """What the list itself shows: a page of rows, the chips of the filter, how many there are."""
    is_understood = wanted.is_valid()
    visible = visible_rows(request.user)
    page = page_of(
        wanted.apply(visible),
        order=wanted.order,
        asked=wanted.asked,
        size=wanted.page_size,
        counted=wanted.apply(visible, is_counting=True) if wanted.asked.get("body") else None,
        is_wide=True,
    )
    address, rows, tabs = request.get_full_path(), dressed(page.rows), tabs_of(wanted)
    shown = shown_rows(request.user, rows, wanted.shown_columns, address)
    return {
        "title": "Register",
        "wanted": wanted,
        "page": page,
        "rows": rows,
        "headings": headings(wanted.shown_columns),
        "shown": shown,
        "may_change": any(each.change for each in shown),
        "tabs": tabs,
        "tab": next((tab for tab in tabs if tab.is_here), None),
        "address": address,
        "chips": wanted.chips(),
        "is_understood": is_understood,
        "sizes": SIZES,
        "acts": acts_for(request.user, is_narrowed=bool(wanted.more)),
        "first_act": act_for(wanted.more),
        "every": _every(request.user, wanted, page),
    }


def dressed(rows: list[Row]) -> list[Row]:
    """Rows with what the table shows of them besides their columns: the status of today."""
    day = today()
    for row in rows:
        row.is_overdue = row.state in GOVERNING and row.review_on < day
        row.tag = "overdue" if row.is_overdue and row.status == row.state else row.status
        row.tenths = round(row.signed / row.slots * 10) if row.slots else 0
        row.review = None if row.review_on == NO_REVIEW else row.review_on
    return rows


def cards(visible: QuerySet[Row]) -> list[dict]:
    """How many entries are in force, waiting, overdue, due and drafts, each with its list."""
    listed = visible.filter(is_archived=False)
    address = reverse("dashboard:register")
    counts = counts_of([listed.filter(condition(value)) for *_, condition, value in CARDS])
    return [
        {
            "count": f"{count:,}{'+' if is_more else ''}",
            "words": words,
            "css": css,
            "address": f"{address}?{query}",
        }
        for (words, css, query, *_), (count, is_more) in zip(CARDS, counts, strict=True)
    ]


def uncounted() -> list[dict]:
    """The cards before their numbers are known: counting may take longer than the list itself."""
    address = reverse("dashboard:register")
    return [
        {"words": words, "css": css, "address": f"{address}?{query}"}
        for words, css, query, *_ in CARDS
    ]


def filter_parts(wanted: RegisterFilter) -> dict:
    """The choices of the filter panel, each with whether it is chosen."""
    asked, choices = wanted.asked, wanted.choices
    tiers, statuses = asked.get("tier") or [], asked.get("status") or []
    return {
        "tiers": [(code, words, code in tiers) for code, words in choices.tiers],
        "statuses": [(code, words, code in statuses) for code, words in STATUSES.items()],
        "reviews": [(code, words, code == asked.get("review")) for code, words in REVIEWS.items()],
        "checks": [(code, words, code == asked.get("check")) for code, words in CHECKS.items()]
        if may_filter(wanted.user)
        else [],
        "rules": [(code, code == asked.get("rule")) for code in rule_codes()],
        "flags": [(code, words, asked.get(code)) for code, words in FLAGS.items()],
        "kinds": [(code, words, code == asked.get("kind")) for code, words in kinds().items()],
        "lists": [
            (name, label, none, _options(choices.lists[name], asked.get(name)))
            for name, label, none in (
                ("body", "Body", "Any body"),
                ("community", "Information community", "Any community"),
                ("owner", "Owner", "Any owner"),
            )
        ],
    }


def swapped_part(request) -> str:
    """The part of the page that htmx asks for; going back in the browser asks for the whole."""
    details: HtmxDetails = request.htmx
    if not details or details.boosted or details.history_restore_request:
        return ""
    return details.target or "results"


def heads_for(user) -> dict[str, bool]:
    """Which of the buttons at the head of the list a login may press."""
    reach = reach_of(user)
    keeps = reach.is_register_officer()
    return {"start": keeps or bool(reach.by_membership.get(EDIT_FOR)), "import": keeps}


def _every(user, wanted: RegisterFilter, page: Page) -> str:
    """The word for all entries that match, where there are more of them than the page shows."""
    if page.is_more or page.count <= len(page.rows):
        return ""
    return token_for(user, wanted.canonical, page.count)


def _options(names: dict[int, str], chosen: int | None) -> SafeString:
    """Choices as markup: there may be hundreds, and a template would take its time over each."""
    options = (
        f'<option value="{pk}"{" selected" if pk == chosen else ""}>{escape(name)}</option>'
        for pk, name in names.items()
    )
    return mark_safe("".join(options))
