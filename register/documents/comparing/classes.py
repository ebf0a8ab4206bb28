"""Material or minor: which parts of a text ask for signatures again, as the reference list says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from register.core.dates import today
from register.documents.comparing.changes import MATERIAL, MINOR, FieldChange
from register.lists.catalogue import LISTS, reviewed_rows
from register.lists.facts import unpacked
from register.lists.labels import items

LIST = "change_class"
UNKNOWN = "The list of classes does not name this part, so that it counts as material."
LEFT_UNSIGNED = "It leaves without ever having signed, and is on nobody else’s flow."


@dataclass(frozen=True)
class Class:
    """The class of a part, and why in a sentence."""

    change_class: str
    why: str


Classes = Mapping[str, Class]


def classes_today() -> Classes:
    """The classes as the reference list has them today; a row that has ended counts no more."""
    day = today()
    return {
        code: Class(row.fact("class") or MATERIAL, row.meaning)
        for code, row in items(LIST).items()
        if row.holds_on(day)
    }


def reviewed_classes() -> Classes:
    """The classes that a register starts with."""
    rows = reviewed_rows(LIST)
    return {
        row["code"]: Class(str(unpacked(LISTS[LIST], row["facts"])["class"]), row["meaning"])
        for row in rows
    }


def class_of(path: str, classes: Classes) -> Class:
    """The class of a part: of itself, else of what it belongs to; of an unknown one, material."""
    parts = path.split(".")
    for count in range(len(parts), 0, -1):
        if found := classes.get(code_of(".".join(parts[:count]))):
            return found
    return Class(MATERIAL, UNKNOWN)


def code_of(path: str) -> str:
    """The code under which the list has a part: flows.law.lawful_basis is flows_law_lawful_basis."""
    return re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")


def classify(
    changes: Collection[FieldChange], classes: Classes, *, signed: Collection[str] | None
) -> list[FieldChange]:
    """Changes with their class and whom they concern.

    `signed` are the names of the bodies whose signature stands under the old version; None means
    that it is not known, and then everybody counts as having signed.
    """
    return [_classed(change, classes, signed) for change in changes]


def _classed(change: FieldChange, classes: Classes, signed) -> FieldChange:
    found = class_of(change.path, classes)
    change = replace(change, change_class=found.change_class, why=found.why)
    if not change.party or signed is None or change.party in signed or not change.is_material:
        return change
    # Nobody relied on its signature: only those who share with it have agreed to something else.
    if not change.beside:
        return replace(change, change_class=MINOR, why=LEFT_UNSIGNED)
    return replace(change, touched=change.beside)
