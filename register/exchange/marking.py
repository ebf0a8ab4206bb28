"""Places to sign that an old register in the wide form marks otherwise than when it last came in."""

from __future__ import annotations

from collections.abc import Iterable

from register.exchange.matching import Directory
from register.exchange.outcomes import EntryPlan
from register.signing.services.old_register import mark_from_old_register


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
