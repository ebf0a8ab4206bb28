"""What parts of a body share: plain values compared under their labels, and words made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import rfc8785

from register.documents.comparing.changes import FieldChange
from register.documents.comparing.rows import Pairs, moved
from register.documents.comparing.words import is_only_appearance

APPEARANCE = "appearance"
ORDER = "order"


def slug(label: str) -> str:
    """A label as a piece of a path: “How often” is how_often."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def words_of(value: Any) -> str:
    """A value of any shape as words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return rfc8785.dumps(value).decode()


def texts(path: str, section: str, old: Any, new: Any, **more: Any) -> Iterator[FieldChange]:
    """The change of one value, if any; one of looks alone goes under `appearance`."""
    before, after = words_of(old), words_of(new)
    if before == after:
        return
    if is_only_appearance(before, after, is_markup=more.get("is_markup", False)):
        path = f"{APPEARANCE}.{path}"
    yield FieldChange(path, section, before=before, after=after, **more)


def columns(
    path: str, section: str, labels: dict[str, str], old: dict, new: dict, **more: Any
) -> Iterator[FieldChange]:
    """The changes of the named values of a row, in the order of the labels."""
    for name, label in labels.items():
        yield from texts(
            f"{path}.{name}", section, old.get(name), new.get(name), label=label, **more
        )


def reordered(
    path: str, section: str, pairs: Pairs, old: Sequence, new: Sequence, name: Callable, **more: Any
) -> Iterator[FieldChange]:
    """One change for all rows that have moved, each with its old place and its new one."""
    places = moved(pairs)
    found = [(i, k) for i, k in pairs if i is not None and k in places]
    if found:
        yield FieldChange(
            f"{ORDER}.{path}", section, "Order", what="moved", kind="row",
            before="\n".join(f"{i + 1}. {name(old[i])}" for i, _ in found),
            after="\n".join(f"{k + 1}. {name(new[k])}" for _, k in found if k is not None),
            **more,
        )  # fmt: skip


def said(*lines: str) -> str:
    """Lines of words one under the other, empty ones left out."""
    return "\n".join(line for line in lines if line)
