"""Who signs a new version again, who is only told of it, and who signs for the first time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from register.documents.comparing.changes import FieldChange
from register.documents.comparing.compared import compare
from register.documents.comparing.difference import Difference
from register.documents.models import Version

# The names of the bodies whose signature stands under a version; the room of signatures fills it.
SIGNED_UNDER: list[Callable[[Version], set[str]]] = []


@dataclass
class Again:
    """What a new version asks of each body, by its name in the new version."""

    must_sign: dict[str, list[FieldChange]] = field(default_factory=dict)
    only_told: dict[str, list[FieldChange]] = field(default_factory=dict)
    sign_first: list[str] = field(default_factory=list)


def who_signs_again(difference: Difference, *, signed: Collection[str]) -> Again:
    """What a difference asks of each body, given the names of those that signed the old version.

    A body that left after signing is told. Nobody is told of a version in which nothing differs.
    """
    bodies = difference.bodies
    have_signed = {bodies.known_as(name) for name in signed}
    answer = Again(sign_first=[name for name in bodies.bound if name not in have_signed])
    for name in bodies.bound:
        if name not in have_signed or difference.is_empty:
            continue
        if touching := difference.material_for(name):
            answer.must_sign[name] = touching
        else:
            answer.only_told[name] = list(difference.changes)
    for name in sorted(have_signed - set(bodies.bound)):
        answer.only_told[name] = list(difference.changes)
    return answer


def must_sign_again(
    old: Version | None, new: Version, *, signed: Collection[str]
) -> dict[str, list[FieldChange]]:
    """The parties of a new version that sign it again, each with the material changes that ask for it."""
    return _again(old, new, signed).must_sign


def only_told(
    old: Version | None, new: Version, *, signed: Collection[str]
) -> dict[str, list[FieldChange]]:
    """The bodies that signed the old version and are only told of the new one, with what differs."""
    return _again(old, new, signed).only_told


def signed_under(version: Version) -> set[str] | None:
    """The names of the bodies whose signature stands under a version, or None where nobody says."""
    if not SIGNED_UNDER:
        return None
    return {name for ask in SIGNED_UNDER for name in ask(version)}


def _again(old: Version | None, new: Version, signed: Collection[str]) -> Again:
    return who_signs_again(compare(old, new, signed=signed), signed=signed)
