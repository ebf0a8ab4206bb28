"""Acts: the only way to change the register. One act is one transaction and one entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction

from register.ledger import entries
from register.ledger.actors import actor_of
from register.ledger.bulk import bulk_create, bulk_delete, bulk_update
from register.ledger.open_acts import (
    ActRequired,
    OpenAct,
    acted,
    current_act,
    request_id,
    stack,
)
from register.ledger.tracked import Tracked

__all__ = [
    "ActRequired",
    "act",
    "bulk_create",
    "bulk_delete",
    "bulk_update",
    "current_act",
    "keep",
]


@contextmanager
def act(
    *,
    by,
    verb: str,
    subject: models.Model | None = None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    quiet: bool = False,
    using: str | None = None,
) -> Iterator[OpenAct]:
    """Do something to the register in somebody's name: all of it, with its entry, or nothing.

    `by` is an actor (see `actors.actor_of`), `verb` a noun and what happened to it
    ("version.signed"). The open act is given, so that its subject and detail may be completed.
    An act inside another becomes an entry of its own, in the order they began. A `quiet` act
    that changed nothing leaves no entry. Raises ActorRequired when nobody is named.
    """
    outer = current_act()
    this = OpenAct(
        actor=actor_of(by),
        verb=_checked(verb),
        subject=subject,
        reason=str(reason).strip(),
        detail=dict(detail or {}),
        quiet=quiet,
        using=outer.using if outer else using or DEFAULT_DB_ALIAS,
        request_id=request_id.get(),
        family=outer.family if outer else [],
        pk_at_first=getattr(subject, "pk", None),
    )
    if (seen := acted.get()) is not None:
        seen.append(this.actor)
    with transaction.atomic(using=this.using):
        with _open(this):
            yield this
        if outer is None:
            entries.write(this.family, this.using)


def keep(record: Tracked) -> bool:
    """Save a tracked record when a column differs from its stored row; say whether it did."""
    record.derive()
    if not record._state.adding and not differs(record):
        return False
    record.save()
    return True


def differs(record: models.Model) -> bool:
    """Whether a column of a record differs from its stored row, or there is no such row."""
    loaded = record.__dict__
    fields = [field for field in record._meta.concrete_fields if field.attname in loaded]
    names = [field.attname for field in fields]
    stored = type(record)._base_manager.filter(pk=record.pk).values(*names).first()
    if stored is None:
        return True
    return any(
        _form(field, loaded[field.attname]) != _form(field, stored[field.attname])
        for field in fields
    )


@contextmanager
def _open(this: OpenAct) -> Iterator[None]:
    begun = len(this.family)
    this.family.append(this)
    token = stack.set((*stack.get(), this))
    try:
        yield
    except BaseException:
        del this.family[begun:]
        raise
    finally:
        stack.reset(token)


def _form(field: models.Field, value: Any) -> Any:
    return field.get_prep_value(field.to_python(value)) if value is not None else None


def _checked(verb: str) -> str:
    noun, dot, done = verb.partition(".")
    if not (noun and dot and done) or len(verb) > 80:
        raise ValueError(f"A verb is a noun and what happened to it, 'version.signed': {verb!r}.")
    return verb
