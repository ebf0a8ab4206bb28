"""What a change touches, said before it is made, and opened as tasks once it is.

Rooms that change things (a row of law, a membership, an assurance fact) know nothing of the
documents above them; rooms above plug in who finds what is touched and who opens the tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """A change that others may have to confirm: its kind, a stable key, and why in a sentence.

    `pk` is the row that finders start from; `document_id` the document that changes, where one does:
    who may not know of that one is not told of the change.
    """

    kind: str
    key: str
    says: str
    pk: int = 0
    document_id: int = 0


@dataclass(frozen=True, order=True)
class Touch:
    """One document or body that a change touches, and in which way."""

    subject: str  # "document" or "body"
    pk: int
    name: str
    url: str
    why: str
    tier: int = 0
    partnership_id: int = 0

    @property
    def heading(self) -> str:
        """What the touched are called together, on a page that lists them."""
        tiers = {1: "Charters", 2: "Protocols", 3: "Agreements"}
        return "Bodies" if self.subject == "body" else tiers.get(self.tier, "Documents")


# By kind of cause: each finds, in a bounded number of statements, what a change touches.
FINDERS: dict[str, list[Callable[[Cause], list[Touch]]]] = defaultdict(list)
# Called inside the act that made the change, with the cause, what it touches, and the actor.
OPENERS: list[Callable[..., None]] = []
# Each leaves of some touches those that a login may know of, in a bounded number of statements.
FILTERS: list[Callable[[list[Touch], object], list[Touch]]] = []

# Told of what answers rest on and nobody has to confirm: the kind ("list", "body", "community") and
# the keys of what changed; called inside the act.
LISTENERS: list[Callable[[str, set[int]], None]] = []


def inputs_changed(kind: str, pks: Iterable[int]) -> None:
    """Say that rows have changed on which answers kept elsewhere rest."""
    if found := set(pks):
        for listen in LISTENERS:
            listen(kind, found)


def touched(cause: Cause) -> list[Touch]:
    """Every document and body that a change touches, each once, charters first."""
    found = {(t.subject, t.pk): t for find in FINDERS[cause.kind] for t in find(cause)}
    return sorted(found.values(), key=lambda t: (t.subject != "document", t.tier, t.name, t.pk))


def touched_for(cause: Cause, user) -> list[Touch]:
    """What a change touches, as far as a login may know of it."""
    found = touched(cause)
    for leave in FILTERS:
        found = leave(found, user)
    return found


def happened(cause: Cause, *, by, touches: list[Touch] | None = None) -> list[Touch]:
    """Open what a change asks of others; call it inside the act, after the change is written.

    `touches` are given where the change itself takes away what they were found by.
    """
    found = touched(cause) if touches is None else touches
    for open_ in OPENERS:
        open_(cause, found, by=by)
    return found
