"""A row of the register's list as markup: made here and not by a template, which would take its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from register.dashboard.columns import COLUMNS, Column, More, more_of
from register.directory.reach import Reach, reach_of
from register.search.models import Row
from register.ui.templatetags.register_ui import short_day, status_tag

QUIET = '<span class="register-quiet">{}</span>'


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, its look, and the sort that it offers."""

    words: str
    css: str
    sort: str


@dataclass(frozen=True)
class Shown:
    """A row as the table shows it: its place on the page, its cells, and where it is changed."""

    row: Row
    anchor: str
    cells: SafeString
    change: str


def headings(codes: list[str]) -> list[Heading]:
    """The heads of columns."""
    chosen = [COLUMNS[code] for code in codes]
    return [Heading(column.words, _css(column), column.sort) for column in chosen]


def shown_rows(user, rows: list[Row], codes: list[str], address: str) -> list[Shown]:
    """Rows as the table shows them; whoever changes one comes back to it at `address`, the list's own."""
    more, reach = more_of(rows, codes), reach_of(user)
    link = next((code for code in ("title", "reference") if code in codes), codes[0])
    return [
        Shown(
            row,
            f"row-{row.reference}",
            mark_safe("".join(_cell(COLUMNS[code], row, more, code == link) for code in codes)),
            _change(row, address) if may_keep(reach, row) else "",
        )
        for row in rows
    ]


def may_keep(reach: Reach, row: Row) -> bool:
    """Whether somebody keeps an entry, as its row in the read table says; the act itself asks again."""
    return reach.may_edit_all(row.partnership_id) or reach.edits_for(row.lead_id)


def _change(row: Row, address: str) -> str:
    back = quote(f"{address}#row-{row.reference}", safe="")
    return f"{reverse('documents:facts', args=[row.reference])}?next={back}"


def _cell(column: Column, row: Row, more: More, is_link: bool) -> str:
    words = _WORDS.get(column.code, _plain(column))(row, more)
    if is_link:
        address = reverse("documents:document", args=[row.reference])
        words = format_html(
            '<a class="govuk-link" href="{}">{}</a>', address, words or row.reference
        )
    css = f' class="{_css(column)}"' if column.css else ""
    return f'<td{css} data-label="{escape(column.words)}">{words}</td>'


def _css(column: Column) -> str:
    return f"register-{column.css}" if column.css else ""


def _plain(column: Column) -> Callable[[Row, More], str]:
    def words(row: Row, more: More) -> str:
        value = column.value(row, more)
        return escape("" if value is None else value)

    return words


def _tier(row: Row, more: More) -> str:
    return format_html('{} <span class="govuk-visually-hidden">{}</span>', row.tier, row.tier_word)


def _signed(row: Row, more: More) -> str:
    if not row.slots:
        return format_html(QUIET, "None")
    return format_html(
        '<span class="register-signed"><span class="register-signed__bar '
        'register-signed__bar--{}" aria-hidden="true"></span>'
        '<span class="register-signed__words">{} of {}</span></span>',
        row.tenths,
        row.signed,
        row.slots,
    )


def _review(row: Row, more: More) -> str:
    if not row.review:
        return format_html(QUIET, "Not set")
    late = row.is_overdue and row.tag != "overdue"
    return format_html(
        "{}{}", short_day(row.review), mark_safe(" <strong>overdue</strong>") if late else ""
    )


_WORDS: dict[str, Callable[[Row, More], str]] = {
    "tier": _tier,
    "status": lambda row, more: status_tag(row.tag),
    "signed": _signed,
    "review": _review,
    "from": lambda row, more: short_day(row.in_force_on),
    "ends": lambda row, more: short_day(row.ends_on),
    "changed": lambda row, more: short_day(row.changed_at),
    "owner": lambda row, more: escape(row.owner_name or "Nobody"),
    "outside": lambda row, more: "Yes" if row.is_outside else "No",
}
