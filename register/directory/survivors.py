"""Which record stands for a body today: merged records count as the one that survives, and a body that
was succeeded as the one that took its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from register.directory.models import Organisation
from register.directory.models.organisations import LegalStatus

# By document and body: who took the body's place there.
Taken = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Between:
    """Which takings over are asked about: of places that some bodies gave, or that some took."""

    givers: Collection[int]
    takers: Collection[int]


# Rooms above answer who has taken the place of a body that was split, in which document: for some
# documents (all where None is given), by a day, between some bodies, where they are given.
TAKEN: list[Callable[[Iterable[int] | None, date | None, Between | None], Taken]] = []


class Survivors(dict[int, int]):
    """For every merged record, the key of the record that stands for it; `split` are the bodies whose
    places others took, one in one entry, another in another.
    """

    split: frozenset[int] = frozenset()


class StandIns:
    """Who stands today for the bodies that documents name."""

    def __init__(self, merged: Survivors | None = None, taken: Taken | None = None) -> None:
        self._merged, self._taken = merged or Survivors(), taken or {}

    def of(self, document_id: int, organisation_id: int) -> int:
        """The key of the body that stands in a document for one that it names."""
        body, seen = organisation_id, set()
        while body not in seen:
            seen.add(body)
            body = self._merged.get(body, body)
            body = self._taken.get((document_id, body), body)
        return body

    def records(self, bodies: Iterable[int]) -> set[int]:
        """Every record by which documents may name one of some bodies."""
        last = {self._merged.get(body, body) for body in bodies}
        found = last | {pk for pk, survivor in self._merged.items() if survivor in last}
        return found | {body for (document, body) in self._taken if self.of(document, body) in last}


def survivors() -> Survivors:
    """For every merged record, the key of the record that stands for it. One statement."""
    rows = Organisation.objects.filter(merged_into__isnull=False)
    rows |= Organisation.objects.filter(succeeded_on__isnull=False)
    known = dict(rows.values_list("pk", "merged_into_id"))
    into = {pk: other for pk, other in known.items() if other is not None}
    found = Survivors({pk: _last(pk, into) for pk in into})
    found.split = frozenset(known) - frozenset(into)
    return found


def taken_over(
    document_ids: Iterable[int] | None = None,
    on: date | None = None,
    between: Between | None = None,
) -> Taken:
    """Who took the place of bodies that were split, by document and body: in some documents (all where
    none are named), by a day (whenever, where none is given), between some bodies. One statement.
    """
    ids = None if document_ids is None else list(document_ids)
    return {key: body for ask in TAKEN for key, body in ask(ids, on, between).items()}


def taken_around(bodies: Iterable[int], merged: Survivors, on: date | None = None) -> Taken:
    """As `taken_over`, as far as it leads to some bodies or on from them, by a day: what others took
    elsewhere is not read. One statement, and one more for each split that followed on another.
    """
    before = after = frozenset(bodies)
    while True:
        before |= {pk for pk, survivor in merged.items() if survivor in before}
        after |= {merged[pk] for pk in after & merged.keys()}
        givers = after | (before & merged.keys())
        taken = taken_over(None, on, Between(givers, before))
        gave = {body for (_, body), taker in taken.items() if taker in before} - before
        took = {taker for (_, body), taker in taken.items() if body in after} - after
        if not gave and not took:
            return taken
        before, after = before | gave, after | took


def stand_ins(
    document_ids: Iterable[int], bodies: Iterable[Organisation] | None = None
) -> StandIns:
    """Who stands for the bodies of some documents. One statement, and one more where a body was split.

    Where the bodies are given, and none of them was merged or succeeded, nothing is asked at all.
    """
    if bodies is not None and not any(b.merged_into_id or b.succeeded_on for b in bodies):
        return StandIns()
    merged = survivors()
    return StandIns(merged, taken_over(document_ids) if merged.split else {})


def records_of(organisation_id: int, merged: dict[int, int] | None = None) -> set[int]:
    """Every record of a body: the surviving one and those merged into it. One statement at most."""
    merged = survivors() if merged is None else merged
    survivor = merged.get(organisation_id, organisation_id)
    return {survivor} | {pk for pk, last in merged.items() if last == survivor}


def records_naming(bodies: Iterable[int]) -> set[int]:
    """Every record by which documents may name one of some bodies, or one whose place it took. One
    statement, and one more where a body was split.
    """
    merged = survivors()
    return StandIns(merged, taken_over() if merged.split else {}).records(bodies)


def answering() -> dict[int, int]:
    """For every unit the key of the body that it is a unit of; a unit signs nothing itself."""
    rows = Organisation.objects.filter(legal_status=LegalStatus.UNIT, unit_of__isnull=False)
    above = dict(rows.values_list("pk", "unit_of_id"))
    return {pk: _last(pk, above) for pk in above}


def _last(pk: int, into: dict[int, int]) -> int:
    seen: set[int] = set()
    while pk in into and pk not in seen:
        seen.add(pk)
        pk = into[pk]
    return pk
