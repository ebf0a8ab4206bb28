"""What differs in an entry between two moments: the text part by part, living facts in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.documents.comparing import Difference, differences
from register.documents.comparing.classes import classes_today
from register.documents.models import Document
from register.past.moments import Moment
from register.past.then import Then, then


@dataclass
class Between:
    """An entry at two moments, and what differs; `old` is None where it was not there yet."""

    old: Then | None
    new: Then
    difference: Difference | None
    sentences: list[str] = field(default_factory=list)


def between(user, document: Document, since: Moment, until: Moment) -> Between | None:
    """What changed from one moment to a later one; None where it was not there at the later one either."""
    new = then(user, document, until)
    if new is None:
        return None
    old = then(user, document, since)
    if old is None:
        return Between(None, new, None, [f"It came into the register after {since.words}."])
    difference = differences(old.body, new.body, classes=classes_today())
    return Between(
        old, new, difference, [*_standing(old, new), *_facts(old, new), *_signed(old, new)]
    )


def _standing(old: Then, new: Then) -> list[str]:
    said = []
    if old.in_force != new.in_force:
        said.append(f"At first: {old.in_force} Then: {new.in_force}")
    if old.version.pk != new.version.pk:
        said.append(
            f"Version {new.version.number} stands where version {old.version.number} stood."
        )
    elif old.version.state != new.version.state:
        before, after = old.version.get_state_display(), new.version.get_state_display()
        said.append(f"Version {new.version.number} went from {before.lower()} to {after.lower()}.")
    return said


def _facts(old: Then, new: Then) -> list[str]:
    pairs = zip(old.facts, new.facts, strict=True)
    return [
        f"{label} changed from {before} to {after}."
        for (label, before), (_, after) in pairs
        if before != after
    ]


def _signed(old: Then, new: Then) -> list[str]:
    if old.version.pk != new.version.pk:
        return [_count(old), _count(new)]
    before = {_place(each): _stood(each) for each in old.signed}
    said = []
    for each in new.signed:
        was, stands = before.get(_place(each), "no place to sign"), _stood(each)
        if was != stands and not (was == "no place to sign" and stands == "open"):
            said.append(f"{each['organisation']}, {each['post']}: {was} at first, then {stands}.")
    return said


def _count(then: Then) -> str:
    places = [each for each in then.signed if not each["voided_on"]]
    signed = sum(each["state"] == "signed" for each in places)
    number, day = then.version.number, then.moment.words
    return f"Version {number}: {signed} of {len(places)} places signed on {day}."


def _place(told: dict) -> tuple[str, str]:
    return told["organisation"], told["post"]


def _stood(told: dict) -> str:
    if told["state"] == "open":
        return "open"
    return f"{told['state']} by {told['person']}"
