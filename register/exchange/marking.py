"""Places to sign that an old register in the wide form marks, at first and when it comes in again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from register.directory.models import Organisation
from register.exchange.bodies import Named
from register.exchange.matching import Directory
from register.exchange.outcomes import EntryPlan
from register.exchange.wide import Marked
from register.signing.services.old_register import NOT_SIGNED, mark_from_old_register


def marked_places(
    places: Iterable[tuple[Named, Marked]], directory: Directory
) -> list[tuple[Organisation, str, date | None]]:
    """What a new entry's columns mark, once for each body that stands today, its own column first.

    What a body signed whose place another took since leaves the place of its successor open.
    """
    own: dict[int, tuple[Organisation, str, date | None]] = {}
    others: dict[int, tuple[Organisation, str, date | None]] = {}
    for named, marked in places:
        body = directory.find(named)
        if body is None:
            continue
        if directory.predecessor(named):
            others.setdefault(body.pk, (body, NOT_SIGNED, None))
        else:
            own.setdefault(body.pk, (body, marked.words, marked.day))
    return [*own.values(), *(each for pk, each in others.items() if pk not in own)]


def mark_places(
    by, came_from: str, entries: Iterable[EntryPlan], directory: Directory
) -> list[list]:
    """Write the marks of a plan; gives what stood there before, place by place."""
    marks = [
        (version.held.version, body, marked.words, marked.day)
        for entry in entries
        for version in entry.versions
        if version.held
        for named, marked in version.marks
        if (body := directory.find(named))
    ]
    return mark_from_old_register(by=by, marks=marks, reason=f"Changed in {came_from}.")
