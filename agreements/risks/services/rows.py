"""How every service of this room changes a row: lock it, compare, check, save."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from register.core.conflicts import expect
from register.documents import files
from register.documents.services.checking import mark_stale

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row) -> Row:
    """The row as the database has it now, locked until the act closes."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def set_facts(row, facts: dict, known: tuple[str, ...], row_version: int) -> bool:
    """Put new values into a locked row and save it where one differs; whether anything changed.

    Raises Conflict where the row has moved on since its form was opened.
    """
    if unknown := set(facts) - set(known):
        raise TypeError(f"Not facts that can be set here: {', '.join(sorted(unknown))}.")
    expect(row, row_version)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.row_version += 1
    row.full_clean()
    row.save()
    return True


def file_record(row, row_version: int, content: bytes, name: str) -> None:
    """Store bytes and make them the file of a locked record. Raises Conflict."""
    expect(row, row_version)
    row.file = files.store(content, name)
    row.file_name = files.safe_name(name)
    row.row_version += 1
    row.save()


def ask_rules_again(record) -> None:
    """Have the rules of every entry that a record serves asked again; call it inside the act."""
    mark_stale(record.links.values_list("document_id", flat=True))
