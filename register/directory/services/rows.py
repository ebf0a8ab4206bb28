"""How every service of the directory changes a row: lock it, compare, check, save."""

from __future__ import annotations

from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from register.core.conflicts import expect

Row = TypeVar("Row", bound=models.Model)


class Checked(Protocol):
    """A row that says what is wrong with it before it is saved."""

    def full_clean(self) -> None: ...

    def save(self) -> None: ...


class Counted(Checked, Protocol):
    """A row that counts its changes."""

    row_version: int


def lock(row: Row) -> Row:
    """The row as the database has it now, locked until the act closes."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def set_facts(row: Counted, facts: dict, row_version: int | None = None) -> bool:
    """Put new values into a locked row and save it where one differs; whether anything changed.

    Raises Conflict where `row_version` is given and the row has moved on.
    """
    if row_version is not None:
        expect(row, row_version)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.row_version += 1
    save_checked(row)
    return True


def save_checked(row: Checked) -> None:
    """Save a row that says what it may; raises ValidationError naming the fields that do not."""
    row.full_clean()
    row.save()


def only_known(facts: dict, known: tuple[str, ...]) -> dict:
    """The facts, when each is one that may be changed; anything else is a mistake of the caller."""
    if unknown := set(facts) - set(known):
        raise TypeError(f"Not facts that can be set here: {', '.join(sorted(unknown))}.")
    return facts


def last_day(row, ends_on) -> None:
    """Refuse to end what has ended, and a last day before the first."""
    if row.ends_on is not None:
        raise ValidationError("This has an end already.")
    if row.starts_on and ends_on < row.starts_on:
        raise ValidationError({"ends_on": "Enter a last day that is not before the first day."})
