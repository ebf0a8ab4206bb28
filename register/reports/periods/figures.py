"""What was added, signed, renewed, superseded and ended in a row of periods, counted where it was recorded.

A change counts on the London day on which the register recorded it, so that a report of a month that has
passed says the same whenever it is printed. Most are moves of versions; renewals are closed reviews.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Transition
from register.reports.periods.period import Period
from register.reports.periods.scope import Scope
from register.reviews.models import Review

PATH = "version__document"
UNCHANGED = "no_change"  # the outcome of a review, by its code in the reference list


@dataclass(frozen=True)
class Figure:
    """One figure of a period: its code in addresses, its words, and what it counts."""

    code: str
    words: str
    means: str
    which: Q
    model: type[Transition] | type[Review] = Transition

    @property
    def moment(self) -> str:
        """The column with the instant at which it was recorded."""
        return "closed_at" if self.model is Review else "at"

    @property
    def path(self) -> str:
        """The path to the document."""
        return "document" if self.model is Review else PATH

    def within(self, first: Period, last: Period) -> Q:
        """The condition that it was recorded from the first day of a period to the last of another."""
        return Q(**{f"{self.moment}__gte": first.begins, f"{self.moment}__lt": last.ends})


FIGURES = (
    Figure("added", "Added", "Entries begun here or brought in from an old register",
           Q(from_state="", version__number=1)),
    Figure("signed", "Signed", "Versions that came into force when their signatures were in",
           Q(from_state=State.SIGNING, to_state=State.IN_FORCE)),
    Figure("renewed", "Renewed", "Reviews that closed with no change",
           Q(outcome=UNCHANGED), Review),
    Figure("superseded", "Superseded", "Versions that a later one replaced",
           Q(from_state__in=GOVERNING, to_state=State.SUPERSEDED)),
    Figure("ended", "Ended", "Entries in force that came to an end",
           Q(from_state__in=GOVERNING, to_state=State.ENDED)),
)  # fmt: skip
BY_CODE = {figure.code: figure for figure in FIGURES}


def counts(scope: Scope, periods: Sequence[Period]) -> dict[str, list[int]]:
    """For each figure how many there were in each period, which follow each other. Two statements."""
    found: dict[str, int] = {}
    for model in (Transition, Review):
        figures = [figure for figure in FIGURES if figure.model is model]
        wanted = {
            f"{figure.code}_{at}": Count("pk", filter=figure.which & figure.within(period, period))
            for figure in figures
            for at, period in enumerate(periods)
        }
        spanned = figures[0].within(periods[0], periods[-1]) & scope.entries(figures[0].path)
        found |= model.objects.filter(spanned).aggregate(**wanted)
    return {
        figure.code: [found[f"{figure.code}_{at}"] for at in range(len(periods))]
        for figure in FIGURES
    }


def rows_of(scope: Scope, figure: Figure, period: Period) -> QuerySet:
    """The moves or reviews that a figure counts in a period."""
    return figure.model.objects.filter(
        figure.within(period, period), figure.which, scope.entries(figure.path)
    )
