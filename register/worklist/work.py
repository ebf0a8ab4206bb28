"""All of somebody's work at once, for the home page and for the digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from register.core.dates import today
from register.documents.lifecycle import GOVERNING
from register.search.models import NO_REVIEW
from register.search.visible import visible_rows
from register.ui.listing import counts_of
from register.worklist import asked, entries, looked_after, reviewed, signatures
from register.worklist.changes import changed_by_others
from register.worklist.models import PutOff
from register.worklist.parts import KNOW, ME, OTHERS, Part, Source
from register.worklist.putting_off import hidden_from, shown_to

SHOWN = 5
SOURCES: list[Source] = [
    asked.TO_SIGN,
    looked_after.CONCERNS,
    reviewed.OVERDUE,
    signatures.STUCK,
    asked.TO_RELEASE,
    asked.ADVICE,
    asked.CONSULTED,
    asked.COMMENTS,
    asked.TASKS,
    reviewed.OPEN,
    reviewed.DUE,
    looked_after.CHECKS,
    looked_after.PROOFS,
    entries.DRAFTS,
    signatures.LONG,
    entries.IN_FORCE,
]


@dataclass(frozen=True)
class Work:
    """The parts of somebody's work that are not empty, and what they put off."""

    parts: list[Part] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)

    @property
    def waiting_on_me(self) -> list[Part]:
        """What waits for the reader."""
        return [part for part in self.parts if part.whose == ME]

    @property
    def waiting_on_others(self) -> list[Part]:
        """What the reader waits for."""
        return [part for part in self.parts if part.whose == OTHERS]

    @property
    def to_know(self) -> list[Part]:
        """What the reader may want to know, and need do nothing about."""
        return [part for part in self.parts if part.whose == KNOW]

    @property
    def needs_nothing(self) -> bool:
        """Whether nothing waits, neither for the reader nor for others."""
        return not (self.waiting_on_me or self.waiting_on_others)


def work_of(user, *, since: datetime | None = None, limit: int = SHOWN) -> Work:
    """What waits for a login, and what others changed since an instant; each part's first few rows.

    One statement counts all parts; each part that is not empty asks a fixed number more.
    """
    hidden = hidden_from(user)
    asked_for = [source.rows(user, hidden) for source in SOURCES]
    counted = zip(SOURCES, asked_for, counts_of(asked_for), strict=True)
    parts = [
        part_of(source, user, list(rows.order_by(*source.order)[:limit]), found)
        for source, rows, found in counted
        if found[0]
    ]
    changed = changed_by_others(user, since, hidden, limit)
    return Work([*parts, *([changed] if changed else [])], shown_to(user, hidden))


def part_of(source: Source, user, rows: list, found: tuple[int, bool]) -> Part:
    """A part of some rows, of which so many were found, and perhaps more."""
    count, is_more = found
    words = f"{count:,}{'+' if is_more else ''}"
    items = source.items(user, rows)
    return Part(
        source.code, source.heading, source.whose, words, items, source.is_late, source.together
    )  # fmt: skip


def next_day(user) -> date | None:
    """The next day on which an entry that somebody may read is reviewed; one statement, by its index."""
    ahead = visible_rows(user).filter(
        is_archived=False, state__in=GOVERNING, review_on__gte=today(), review_on__lt=NO_REVIEW
    )
    first = ahead.order_by("review_on", "reference").only("review_on").first()
    return first.review_on if first else None
