"""The list as at a moment on paper: as the layout of prints takes a report."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import now, today, words
from register.past.entries_then import RowThen, rows_then
from register.past.forms import STATUSES
from register.past.moments import Moment

MOST = 300  # what the layout makes in a few seconds, so that nobody waits for a worker
COLUMNS = ("Reference", "Title and lead", "Status", "Signed", "In force from", "Next review")
WIDTHS = [14, 27, 15, 8, 13, 13]


def list_report(user, ids: list[int], moment: Moment, *, filtered: str, printed_by: str) -> dict:
    """The entries in their order, for `printing.reports`; ValidationError for none, or more than it holds."""
    if not ids:
        raise ValidationError(f"No entry of this list was in the register on {moment.words}.")
    if len(ids) > MOST:
        raise ValidationError(
            f"The list holds more than {MOST} entries, which is the most of a PDF. Filter the list, "
            "or use the spreadsheet."
        )
    rows = rows_then(user, ids, moment)
    return {
        "title": f"The register as at {moment.words}",
        "kind": "The register as it was",
        "as_at": moment.words if moment.clock else f"{moment.words}, at the end of the day",
        "day": words(today()),
        "printed_by": printed_by,
        "printed_at": now().isoformat(),
        "notes": [
            f"It shows what the register knew by then, as far as {printed_by} may see it today.",
            f"Filter: {filtered}. Entries: {len(rows)}.",
        ],
        "tables": [
            {"heading": "Entries", "columns": COLUMNS, "widths": WIDTHS,
             "rows": [_cells(each) for each in rows]}
        ],
    }  # fmt: skip


def _cells(then: RowThen) -> list[list[str]]:
    row = then.row
    return [
        [row.reference],
        [row.title, row.lead_name],
        [STATUSES.get(then.status, then.status), f"version {row.version_number}"],
        [f"{row.signed} of {row.slots}" if row.slots else "–"],
        [_day(row.in_force_on)],
        [_day(then.review)],
    ]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "–"
