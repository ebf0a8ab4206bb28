"""The difference of two canonical bodies, and of two versions by their bodies."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator

from register.documents.body import body_of
from register.documents.comparing import facts
from register.documents.comparing.bodies import Bodies, Members
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.classes import (
    Classes,
    classes_today,
    classify,
    reviewed_classes,
)
from register.documents.comparing.clauses import clauses
from register.documents.comparing.difference import Difference
from register.documents.comparing.parties import parties
from register.documents.comparing.rest import rest
from register.documents.comparing.sections import sections
from register.documents.models import Version

# Rooms above say which bodies belong to a group that a version names: its name and theirs.
GROUP_MEMBERS: list[Callable[[Version], Members]] = []


def compare(
    old: Version | None, new: Version, *, signed: Collection[str] | None = None
) -> Difference:
    """What differs between two versions, by the classes that stand in the reference list today.

    Frozen versions are compared by their stored bytes, drafts as they stand. `signed`: the names of
    the bodies whose signature stands under the old version; None where that is not known.
    """
    before = shown_body(old) if old is not None else None
    members = {name: who for ask in GROUP_MEMBERS for name, who in _groups(ask, old, new)}
    return differences(
        before, shown_body(new), classes=classes_today(), signed=signed, members=members
    )


def differences(
    old_body: dict | None,
    new_body: dict,
    *,
    classes: Classes | None = None,
    signed: Collection[str] | None = None,
    members: Members | None = None,
) -> Difference:
    """What differs between two canonical bodies; pure, and the same for the same bodies.

    Without `classes` those of the reviewed file hold. `members` are the bodies behind the groups
    that flows name; a group without them may be anybody.
    """
    old = old_body or {}
    bodies = Bodies(old.get("parties") or [], new_body.get("parties") or [], members)
    known = reviewed_classes() if classes is None else classes
    names = None if signed is None else {*signed, *map(bodies.known_as, signed)}
    changes = list(_changes(old, new_body, bodies)) or list(rest(old, new_body))
    found = classify(changes, known, signed=names)
    return Difference(found, bodies, is_first=not old)


def shown_body(version: Version) -> dict:
    """The canonical body of a version: the stored bytes where it is frozen, else as it stands."""
    if version.frozen_at is None:
        return body_of(version)
    return json.loads(bytes(version.body.content))


def _changes(old: dict, new: dict, bodies: Bodies) -> Iterator[FieldChange]:
    yield from facts.about(old, new)
    yield from facts.parents(old, new)
    yield from parties(old, new, bodies)
    yield from sections(old, new, bodies)
    yield from clauses(old, new)
    yield from facts.governing_file(old, new)
    yield from facts.commencement(old, new)
    yield from facts.slots(old, new, bodies)
    yield from facts.files(old, new)
    yield from facts.others(old, new)


def _groups(ask, old: Version | None, new: Version) -> Iterator[tuple[str, Collection[str]]]:
    found: dict[str, set[str]] = {}
    for version in (old, new):
        for name, who in (ask(version) if version is not None else {}).items():
            found.setdefault(name, set()).update(who)
    yield from found.items()
