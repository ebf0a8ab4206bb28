"""Takes every text out of records that are disposed of; their numbers, dates and hashes remain.

To the chain a disposal is a redaction of many rows at once: its entry has the same verb, and says which
history rows and which entries it covers, so that verification passes them and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connections, models
from django.db.models import Case, Q, Value, When

from register.ledger import triggers
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.ledger.models import Change, Entry
from register.ledger.open_acts import OpenAct
from register.ledger.redacted import VERB
from register.ledger.redaction import NeedsOwner, owner_alias
from register.ledger.tracked import Tracked, history_of

MARK = "[disposed]"
Rows = dict[type[Tracked], list]
# Shorter columns hold codes, markers and numbers, by which pages find words.
SHORTEST = 100
# What is dialled or read by the program is emptied, not marked.
_EMPTIED = {"phone", "extras"}
_TEXTS = (models.TextField, models.CharField, models.EmailField, models.URLField)


class Beside(NamedTuple):
    """What goes with the rows: a function that takes texts out of guarded tables, and these tables.

    It is given the database's name and answers a sentence for each thing that it changed; the
    sentences stand in the chained entry.
    """

    function: Callable[[str], Iterable[str]]
    touches: tuple[type[models.Model], ...] = ()


def dispose_of(
    *, by, second, subject: models.Model, rows: Rows, reason: str, beside: Beside
) -> dict:
    """Take the texts out of rows, now and in all their history, and of the words of their entries.

    Call it inside the act that disposes, on the connection that owns the tables. Answers the detail
    of the entry. Raises NeedsOwner where the connection may not change guarded tables.
    """
    first, other = actor_of(by), actor_of(second)
    if first.id == other.id:
        raise ValidationError("A disposal takes two different persons.")
    using = owner_alias()
    guarded: set[type[models.Model]] = {Change, Entry, *rows, *beside.touches}
    guarded.update(history_of(model) for model in rows)
    with act(by=by, verb=VERB, subject=subject, reason=reason, using=using) as this:
        this.detail = {"second": other.name, "second_id": other.id, "rows": {}, "entries": []}
        try:
            with triggers.suspended(connections[using], guarded):
                for model, keys in rows.items():
                    _out_of_rows(this, model, keys)
                _out_of_entries(this, rows, str(subject))
                this.detail["also"] = list(beside.function(using))
        except ProgrammingError as error:
            raise NeedsOwner(
                "A disposal runs as the owner of the tables: use `manage.py carry_out` with "
                "MIGRATE_DATABASE_URL set."
            ) from error
    return this.detail


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model that hold words of people: no codes, no choices, no hashes, no keys."""
    names = {field.name for field in model._meta.concrete_fields}
    unique = {
        name
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        for name in rule.fields
    }
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in _TEXTS
        and not (field.choices or field.unique or field.name in unique)
        and (field.max_length is None or field.max_length >= SHORTEST or field.name in _EMPTIED)
        and not field.name.endswith("_sha256")
        # Words whose hash was signed are standard words, and prove the signature.
        and f"{field.name}_sha256" not in names
    ]


def _out_of_rows(this: OpenAct, model: type[Tracked], keys: list) -> None:
    fields = texts_of(model)
    live: models.QuerySet = models.QuerySet(model, using=this.using).filter(pk__in=keys)
    if fields:
        live.update(**{field.name: _marked(field) for field in fields})
    history = history_of(model)._base_manager.using(this.using)
    history = history.filter(**{f"{model._meta.pk.attname}__in": keys})
    changed = {field.name: _marked(field) for field in fields}
    changed["history_change_reason"] = _mark_where_said("history_change_reason")
    history.update(**changed)
    numbers = list(history.order_by("history_id").values_list("history_id", flat=True))
    label = model._meta.label_lower
    said = Change.objects.using(this.using).filter(row_model=label, history_id__in=numbers)
    said.update(salt="")
    for number in numbers:
        # The row as it now stands is digested again, by this act.
        this.wrote(history_of(model), number, this.subject)
    this.detail["rows"][label] = numbers


def _out_of_entries(this: OpenAct, rows: Rows, label: str) -> None:
    about = Q()
    for model, keys in rows.items():
        texts = [str(key) for key in keys]
        about |= Q(subject_model=model._meta.label_lower, subject_pk__in=texts)
    entries = Entry.objects.using(this.using).filter(about)
    # What an earlier redaction covers stands in its detail, and is needed for the proof.
    entries = entries.exclude(verb__startswith="ledger.")
    this.detail["entries"] = list(entries.order_by("number").values_list("number", flat=True))
    found = Entry.objects.using(this.using).filter(number__in=this.detail["entries"])
    found.update(
        subject_label=label[:300], reason=_mark_where_said("reason"), detail="", words_salt=""
    )


def _marked(field: models.Field) -> Case | Value:
    # An address that is a mark would be written to or followed, and JSON would not be read.
    if isinstance(field, models.EmailField | models.URLField) or field.name in _EMPTIED:
        return Value("")
    return _mark_where_said(field.name)


def _mark_where_said(name: str) -> Case:
    return Case(When(Q(**{name: ""}), then=Value("")), default=Value(MARK))
