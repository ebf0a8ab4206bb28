"""The figures of a period as tables: one a figure, the same on paper, in CSV and as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from register.core.dates import words
from register.core.sheets_out import Value
from register.directory.models.partnerships import Tier
from register.reports.periods.charts import days_words
from register.reports.periods.refusals import FEW, FEW_BODIES, GROUNDS
from register.reports.periods.report import Report
from register.reports.periods.times import STEPS, Spell
from register.signing.models import RefusalClass

TOO_FEW = f"fewer than {FEW}"
HIDDEN = "not shown"
BLAME_FREE = (
    "Figures of a body are for that body and the partnership office. Others read totals only, and no "
    f"total of fewer than {FEW} refusals or of fewer than {FEW_BODIES} bodies."
)


@dataclass(frozen=True)
class Table:
    """One table: its name, its columns and rows; `measure` is the column that a bar stands for on paper."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[Value]]
    measure: int
    note: str = ""


def tables_of(report: Report) -> list[Table]:
    """Every table of the report, in the order of the page."""
    return [
        *_figures(report),
        _overdue(report),
        _due(report),
        _times("Draft to signature", "Tier", _tiers(report)),
        _times("Draft to signature by body", "Leading body", _leads(report)),
        _signers(report),
        _refusals(report),
    ]


def flat(report: Report) -> Iterator[list[Value]]:
    """Every figure of the report on a line of its own: table, row, column, figure."""
    for table in tables_of(report):
        for row in table.rows:
            for column, value in zip(table.columns[1:], row[1:], strict=True):
                yield [table.name, row[0], column, value]


def value_words(value: Value) -> str:
    """A value of a table as people read it."""
    if isinstance(value, date):
        return words(value)
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value).removesuffix(".0")


def _figures(report: Report) -> list[Table]:
    return [
        Table(
            shown.figure.words,
            ("Period", "From", "To", "Number"),
            [
                [period.words, period.first, period.last, number]
                for period, number in zip(report.periods, shown.numbers, strict=True)
            ],
            measure=3,
            note=f"{shown.figure.means}.",
        )
        for shown in report.figures
    ]


def _overdue(report: Report) -> Table:
    rows: list[list[Value]] = [
        [report.period.before.words, report.overdue_before],
        [report.words, report.overdue],
    ]
    note = "Entries in force whose review day had passed at the end of the period."
    return Table("Review overdue", ("At the end of", "Number"), rows, measure=1, note=note)


def _due(report: Report) -> Table:
    rows: list[list[Value]] = [["Overdue today", report.due.overdue, None]]
    rows += [[month.period.words, month.reviews, month.ends] for month in report.due.months]
    note = "Entries in force, from today on."
    return Table("Next 12 months", ("Month", "Reviews due", "Ends"), rows, measure=1, note=note)


def _tiers(report: Report) -> list[tuple[str, dict[str, Spell]]]:
    found = [(Tier(tier).label, steps) for tier, steps in report.times.by_tier.items()]
    return [*found, ("All tiers", report.times.every)] if report.times.every else []


def _leads(report: Report) -> list[tuple[str, dict[str, Spell]]]:
    found = [(report.names.get(pk, ""), steps) for pk, steps in report.times.by_lead.items()]
    return sorted(found, key=lambda each: each[0])


def _times(name: str, of: str, told: list[tuple[str, dict[str, Spell]]]) -> Table:
    rows: list[list[Value]] = [
        [told_of, STEPS[step], spell.number, _days(spell.median), _days(spell.slowest)]
        for told_of, steps in told
        for step, spell in steps.items()
    ]
    columns = (of, "Step", "Versions", "Median, days", "Slowest tenth, days or more")
    note = "Versions that came into force in the period. Half took the median or less."
    return Table(name, columns, rows, measure=3, note=note)


def _signers(report: Report) -> Table:
    told = sorted((report.names.get(pk, ""), s) for pk, s in report.times.by_signer.items())
    rows: list[list[Value]] = [
        [name, spell.number, _days(spell.median), _days(spell.slowest)] for name, spell in told
    ]
    columns = ("Body", "Signatures", "Median, days", "Slowest tenth, days or more")
    note = f"From the day a body was asked to its signature. {BLAME_FREE}"
    return Table("Time to sign by body", columns, rows, measure=2, note=note)


def _refusals(report: Report) -> Table:
    refusals = report.refusals
    told = sorted((report.names.get(pk, ""), by) for pk, by in refusals.by_body.items())
    rows: list[list[Value]] = [
        [name, *(by.get(g, 0) for g in GROUNDS), sum(by.values())] for name, by in told
    ]
    if not report.scope.is_whole_office:
        rows.append(["All other bodies", *others(report)])
    if refusals.total is not None and None not in (refusals.others or {}).values():
        sums = [refusals.named[g] + ((refusals.others or {})[g] or 0) for g in GROUNDS]
        rows.append(["All bodies", *sums, sum(sums)])
    columns = ("Body", *(RefusalClass(g).label for g in GROUNDS), "All grounds")
    return Table("Refusals", columns, rows, measure=4, note=BLAME_FREE)


def others(report: Report) -> list[Value]:
    """The refusals of bodies that are not named: by ground and together, where there are enough to tell."""
    refusals = report.refusals
    if refusals.others is None:
        return [*([HIDDEN] * len(GROUNDS)), f"too few to tell ({TOO_FEW}, or of few bodies)"]
    told = [HIDDEN if refusals.others[g] is None else refusals.others[g] for g in GROUNDS]
    return [*told, refusals.others_total]


def _days(days: float) -> float:
    return float(days_words(days))
