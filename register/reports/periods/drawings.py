"""What the page of a period draws: each figure with its chart, its table and the addresses of its lists."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from register.core.dates import today
from register.core.sheets_out import Value
from register.reports.periods.charts import Bar, columns, spans
from register.reports.periods.period import Period
from register.reports.periods.report import Report
from register.reports.periods.tables import BLAME_FREE, Table, tables_of, value_words
from register.reports.periods.times import STEPS

MOST_BODIES = 20  # bodies in a table of the page, before all are asked for
BY_BODY = ("Draft to signature by body", "Time to sign by body", "Refusals")


def drawn(report: Report, *, every_body: bool = False) -> dict:
    """The charts and tables of a report by name, with what the page says of each."""
    tables = {table.name: table for table in tables_of(report)}
    return {
        "cards": [_card(report, shown) for shown in report.figures],
        "overdue_card": _overdue(report),
        "steps_chart": _steps(report),
        "due_chart": _due(report),
        "due_rows": [
            (
                month,
                _address(report, "reviews", month.period),
                _address(report, "ends", month.period),
            )
            for month in report.due.months
        ],
        "times": tables["Draft to signature"],
        "times_rows": _across(tables["Draft to signature"].rows),
        "blame_free": BLAME_FREE,
        "has_refusals": bool(report.refusals.by_body),
        "by_body": [_cut(tables[name], every_body=every_body) for name in BY_BODY],
        "overdue_now": _address(report, "overdue", Period("days", today(), today())),
        "refused": _address(report, "refused", report.period),
    }


def _card(report: Report, shown) -> dict:
    last = report.periods[-1]
    bars = [
        Bar(period.short, number, is_now=period is last)
        for period, number in zip(report.periods, shown.numbers, strict=True)
    ]
    figure = shown.figure
    rows = [
        (period, number, _address(report, figure.code, period))
        for period, number in zip(report.periods, shown.numbers, strict=True)
    ]
    return {
        "shown": shown,
        "chart": columns(figure.code, f"{figure.words} in six periods", bars),
        "rows": rows[::-1],
        "address": rows[-1][2],
    }


def _overdue(report: Report) -> dict:
    pair = [(report.period.before, report.overdue_before), (report.period, report.overdue)]
    bars = [Bar(period.short, number, is_now=n == 1) for n, (period, number) in enumerate(pair)]
    rows = [(period, number, _address(report, "overdue", period)) for period, number in pair]
    chart = columns("overdue", "Review overdue at the end of two periods", bars)
    return {"chart": chart, "rows": rows[::-1], "address": rows[-1][2]}


def _steps(report: Report) -> str:
    every = report.times.every
    rows = [
        (STEPS[step], every[step].median, every[step].slowest) for step in STEPS if step in every
    ]
    return spans("steps", "Days from draft to signature, by step", rows) if rows else ""


def _due(report: Report) -> str:
    bars = [
        Bar(f"{month.period.first:%b}", month.reviews, month.ends) for month in report.due.months
    ]
    return columns("due", "Reviews due and ends in the next 12 months", bars, second="ends")


def _address(report: Report, figure: str, period: Period) -> str:
    """The page of the entries behind a figure of one of the periods that the page shows."""
    asked = {"period": "between", "first": period.first, "last": period.last}
    if report.scope.partnership:
        asked["partnership"] = report.scope.partnership
    return f"{reverse('reports:period_list', args=[figure])}?{urlencode(asked)}"


def _cut(table: Table, *, every_body: bool) -> dict:
    told = _across(table.rows) if "Step" in table.columns else _told(table)
    shown = told if every_body else told[:MOST_BODIES]
    return {"table": table, "rows": shown, "left_out": len(told) - len(shown)}


def _told(table: Table) -> list[list[tuple[str, str]]]:
    """Rows as pairs of a column and the words of a value."""
    return [list(zip(table.columns, map(value_words, row), strict=True)) for row in table.rows]


def _across(rows: list[list[Value]]) -> list[list[tuple[str, str]]]:
    """Rows of one step each as one row for each tier or body: the median, and the slowest tenth."""
    told: dict[str, dict[str, str]] = {}
    numbers: dict[str, str] = {}
    for of, step, number, *days in rows:
        name, steps = str(of), told.setdefault(str(of), {})
        low, high = map(value_words, days)
        steps[str(step)] = f"{low} ({high})"
        numbers[name] = value_words(number)
    return [
        [("", name), ("Versions", numbers[name]), *((s, steps.get(s, "–")) for s in STEPS.values())]
        for name, steps in told.items()
    ]
