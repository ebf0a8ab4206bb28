"""The report of a period as the layout of prints takes it: for a board, with a bar beside each number."""

from __future__ import annotations

from register.core.dates import today, words
from register.core.sheets_out import Value
from register.reports.periods.report import Report
from register.reports.periods.tables import Table, tables_of, value_words

MOST_PRINTED = 150  # rows of a table on paper; the spreadsheet holds all of them
WHOLE = 90


def printable(report: Report, *, printed_by: str, about: str) -> dict:
    """The report with `about`, whose entries it counts, as `printing.reports.report_page` takes it."""
    return {
        "title": f"What changed: {report.words}",
        "kind": "Report of a period",
        "day": words(today()),
        "printed_by": printed_by,
        "notes": [
            f"{about} A change counts on the day on which the register recorded it.",
            *_summary(report),
        ],
        "tables": [_printed(table) for table in tables_of(report) if table.rows],
    }


def _summary(report: Report) -> list[str]:
    told = [
        f"{shown.figure.words}: {shown.now:,}, {shown.change} ({shown.before:,})."
        for shown in report.figures
    ]
    last = (
        f"Review overdue: {report.overdue:,}, {report.overdue_change} ({report.overdue_before:,})."
    )
    return [*told, last]


def _printed(table: Table) -> dict:
    shown, left_out = table.rows[:MOST_PRINTED], table.rows[MOST_PRINTED:]
    # The name of a period says its days.
    kept = [at for at, column in enumerate(table.columns) if column not in ("From", "To")]
    numbers = [row[table.measure] for row in shown]
    most = max((n for n in numbers if isinstance(n, (int, float))), default=0)
    note = table.note
    if left_out:
        note += f" The first {MOST_PRINTED} rows: the spreadsheet holds {len(table.rows):,}."
    columns = [*(table.columns[at] for at in kept), f"{table.columns[table.measure]}, as a bar"]
    return {
        "heading": table.name,
        "note": note,
        "columns": columns,
        "widths": _widths(len(columns)),
        "rows": [
            [*([value_words(row[at])] for at in kept), _bar(row[table.measure], most)]
            for row in shown
        ],
    }


def _widths(columns: int) -> list[int]:
    """The widths of names, numbers and bars, in hundredths; with few columns the bars have more room."""
    names, numbers = (38, 14) if columns < 5 else (24, 11)
    between = [numbers] * (columns - 2)
    return [names, *between, WHOLE - names - sum(between)]


def _bar(value: Value, most: float) -> dict | list[str]:
    """A bar as wide as the number is, in hundredths of its cell; nothing for nought."""
    if not most or not isinstance(value, (int, float)) or not value:
        return []
    return {"bar": str(max(1, round(96 * value / most)))}
