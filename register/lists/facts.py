"""The facts of a row as one text: canonical JSON, written in one way and read back typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from register.ledger.canonical import canonical
from register.lists.shapes import ReferenceList, Value

NONE = "{}"  # a row that was never given any


def packed(found: ReferenceList, values: Mapping[str, Any]) -> str:
    """Facts as they are stored: each that is given, empty ones too, so that "no" is an answer.

    Raises KeyError for a name that the list does not know.
    """
    read = {name: found.fact(name).read(value) for name, value in values.items()}
    return canonical(read).decode()


def unpacked(found: ReferenceList, text: str) -> dict[str, Value]:
    """Every fact that the list knows, typed; what is not stored is empty."""
    stored = given(text)
    return {fact.name: fact.read(stored.get(fact.name)) for fact in found.facts}


@lru_cache(maxsize=4096)
def given(text: str) -> dict[str, Any]:
    """What is stored, as JSON has it."""
    return json.loads(text or NONE)
