"""The whole report of a period, read once for the page, the print and the spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.dates import today
from register.reports.periods.due import Due, due_of
from register.reports.periods.figures import FIGURES, Figure, counts
from register.reports.periods.overdue import overdue
from register.reports.periods.period import Period, row_of
from register.reports.periods.refusals import Refusals, refusals_of
from register.reports.periods.scope import Scope
from register.reports.periods.times import Times, times_of
from register.reports.seen import bodies_named

PERIODS = 6  # this one and those before it


@dataclass(frozen=True)
class Shown:
    """A figure with its numbers, the oldest period first."""

    figure: Figure
    numbers: list[int]

    @property
    def now(self) -> int:
        """The number of the period itself."""
        return self.numbers[-1]

    @property
    def before(self) -> int:
        """The number of the period before."""
        return self.numbers[-2]

    @property
    def change(self) -> str:
        """How it differs from the period before, in words."""
        return change_words(self.now, self.before)


@dataclass(frozen=True)
class Report:
    """What changed in a period, for one reader."""

    scope: Scope
    period: Period
    periods: list[Period]
    figures: list[Shown]
    overdue: int
    overdue_before: int
    times: Times
    refusals: Refusals
    refusals_before: Refusals
    due: Due
    names: dict[int, str]

    @property
    def is_so_far(self) -> bool:
        """Whether the period has not passed yet."""
        return self.period.last >= today()

    @property
    def words(self) -> str:
        """The period in words: “November 2026, so far”."""
        return f"{self.period.words}, so far" if self.is_so_far else self.period.words

    @property
    def overdue_change(self) -> str:
        """How the number of overdue reviews differs from that at the end of the period before."""
        return change_words(self.overdue, self.overdue_before)


def report_of(scope: Scope, period: Period) -> Report:
    """Read the report; as many statements for a week of ten entries as for a year of many."""
    periods = row_of(period, PERIODS)
    counted = counts(scope, periods)
    times = times_of(scope, period)
    refusals = refusals_of(scope, period)
    bodies = {*times.by_lead, *times.by_signer, *refusals.by_body}
    return Report(
        scope=scope,
        period=period,
        periods=periods,
        figures=[Shown(figure, counted[figure.code]) for figure in FIGURES],
        overdue=overdue(scope, period).count(),
        overdue_before=overdue(scope, period.before).count(),
        times=times,
        refusals=refusals,
        refusals_before=refusals_of(scope, period.before),
        due=due_of(scope),
        names={pk: body.name for pk, body in bodies_named(bodies).items()},
    )


def change_words(now: int, before: int) -> str:
    """ "3 more than in the period before", "as many as in the period before"."""
    if now == before:
        return "as many as in the period before"
    return f"{abs(now - before):,} {'more' if now > before else 'fewer'} than in the period before"
