"""The shape of a reference list: what its rows say besides wording, source and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

LAW = "Law"
PEOPLE_AND_DATA = "People and data"
MOVING = "Moving and keeping"
BODIES = "Bodies and assurance"
DOCUMENTS = "Documents"
SUBJECTS = (LAW, PEOPLE_AND_DATA, MOVING, BODIES, DOCUMENTS)

Kind = Literal["words", "yes_no", "codes", "one_code", "day"]
Value = str | bool | tuple[str, ...] | date | None
_EMPTY: dict[str, Value] = {"words": "", "yes_no": False, "codes": (), "one_code": "", "day": None}


@dataclass(frozen=True)
class Fact:
    """One thing that the rows of a list say, typed so that rules can ask for it.

    `codes` and `one_code` are codes of `list_code`; a `one_code` may have fixed `choices` instead.
    """

    name: str
    label: str
    kind: Kind = "words"
    list_code: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    nothing: str = ""  # what a page says of a row that names none

    @property
    def empty(self) -> Value:
        """What a row says that was given nothing: no words, no, no codes, no day."""
        return _EMPTY[self.kind]

    def read(self, stored) -> Value:
        """The typed value of what is stored or typed in a reviewed file."""
        if stored in (None, "", []):
            return self.empty
        if self.kind == "yes_no":
            return stored is True or stored == "yes"
        if self.kind == "codes":
            return tuple(stored.split() if isinstance(stored, str) else stored)
        if self.kind == "day":
            return stored if isinstance(stored, date) else date.fromisoformat(stored)
        return " ".join(str(stored).split())


@dataclass(frozen=True)
class ReferenceList:
    """A list that people choose from: its code, name, what it is for, its subject and its facts.

    The page of a long list offers the choices of the fact `grouped_by`, one at a time.
    """

    code: str
    name: str
    means: str
    subject: str
    facts: tuple[Fact, ...] = ()
    grouped_by: str = ""

    @property
    def is_law(self) -> bool:
        """Whether entries rest on its rows as law, so that a change asks them to confirm again."""
        return self.subject == LAW

    def fact(self, name: str) -> Fact:
        """The fact of a name. Raises KeyError where the list has none of that name."""
        for fact in self.facts:
            if fact.name == name:
                return fact
        raise KeyError(f"The list {self.code} has no fact {name}.")
