"""Takes text out of the register for good: live row, history, ledger and whatever rests on them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connections, models, transaction

from register.core.dates import now
from register.ledger import triggers
from register.ledger.actors import PERSON, Actor, actor_of
from register.ledger.acts import act
from register.ledger.models import Change, Entry, Redaction
from register.ledger.open_acts import OpenAct, current_act
from register.ledger.redacted import VERB
from register.ledger.retention import held_records
from register.ledger.tracked import Tracked, history_of
from register.ledger.wording import without, without_in_detail

OWNER_ALIAS = "owner"


class NeedsOwner(ValidationError):
    """The connection may not change guarded tables: the owner of the tables has to do it."""


class Target(NamedTuple):
    """What is to be taken out: the texts, from one field of one record."""

    model: type[Tracked]
    pk: str
    field: str
    texts: tuple[str, ...]
    using: str


class Redactor(NamedTuple):
    """What another app adds: its function, and the models whose triggers it needs suspended.

    The function takes the Target, replaces the texts with "[redacted]" wherever its app keeps
    them (stored body, index, files) and gives a sentence for each thing it changed.
    """

    function: Callable[[Target], Iterable[str]]
    touches: tuple[type[models.Model], ...] = ()


redactors: list[Redactor] = []


def redact(
    *, by, second, model: str | type[Tracked], pk, field: str, find: str = "", reason: str
) -> Redaction:
    """Replace a text by "[redacted]" in one field of one record, now and in all its history.

    Without `find` the whole field goes. Needs two different persons and a reason; raises
    ValidationError otherwise, on legal hold, or when the text is nowhere to be found. Runs as the owner of the
    tables where one is configured; the salts of what was digested are destroyed.
    """
    first, other = _two_persons(actor_of(by), actor_of(second))
    if not (reason := str(reason).strip()):
        raise ValidationError("Give the reason for the redaction.")
    if current_act():
        raise ValidationError("A redaction is an act of its own.")
    using = owner_alias()
    with transaction.atomic(using=using):
        target = _target(model, pk, field, find, using)
        _refuse_held(target)
        with act(by=first, verb=VERB, reason=reason, using=using) as this:
            this.detail = {
                "model": target.model._meta.label_lower,
                "row_pk": target.pk,
                "field": field,
                "second": other.name,
                "second_id": other.id,
            }
            _unguarded(this, target)
            return _record(this, first, other)


def owner_alias() -> str:
    """The name of the connection that owns the tables: "owner" where configured."""
    return OWNER_ALIAS if OWNER_ALIAS in settings.DATABASES else DEFAULT_DB_ALIAS


def _unguarded(this: OpenAct, target: Target) -> None:
    only: set[type[models.Model]] = {target.model, history_of(target.model), Change, Entry}
    only.update(model for redactor in redactors for model in redactor.touches)
    try:
        with triggers.suspended(connections[target.using], only):
            _take_out(this, target)
    except ProgrammingError as error:
        raise NeedsOwner(
            "Redaction runs as the owner of the tables: use `manage.py redact` with "
            "MIGRATE_DATABASE_URL set."
        ) from error


def _two_persons(first: Actor, second: Actor) -> tuple[Actor, Actor]:
    if first.kind != PERSON or second.kind != PERSON or first.id == second.id:
        raise ValidationError("A redaction takes two different persons: name the second.")
    return first, second


def _target(model, pk, field: str, find: str, using: str) -> Target:
    model = apps.get_model(model) if isinstance(model, str) else model
    if not issubclass(model, Tracked):
        raise ValidationError(f"{model._meta.label} is not a tracked record.")
    known = {column.name: column for column in model._meta.concrete_fields}
    if not isinstance(known.get(field), models.CharField | models.TextField):
        raise ValidationError(f"{model._meta.label} has no text field {field}.")
    rows = list(_history(model, pk, using).values_list(field, "history_change_reason"))
    texts = (find,) if find else tuple({value for value, _ in rows if value})
    if not any(text in (value or "") for value, _ in rows for text in texts):
        raise ValidationError(f"That text is not in {field} of {model._meta.label} {pk}.")
    return Target(model, str(pk), field, texts, using)


def _refuse_held(target: Target) -> None:
    """Raise ValidationError where a legal hold stands on the record, or on what its page is about."""
    rows: models.QuerySet = models.QuerySet(target.model, using=target.using)
    row = rows.filter(pk=target.pk).first()
    held = held_records() if row is not None else {}
    for record in (row, row.ledger_root()) if row is not None else ():
        if record is not None and str(record.pk) in held.get(record._meta.label_lower, set()):
            raise ValidationError(f"{record} is on legal hold: release the hold first.")


def _history(model, pk, using: str):
    history = history_of(model)._base_manager.using(using)
    return history.filter(**{model._meta.pk.attname: pk}).order_by("history_id")


def _take_out(this: OpenAct, target: Target) -> None:
    changed = _from_history(target)
    live = _from_live_row(target)
    root = live.ledger_root() if live else None
    _from_entries(this, target, root)
    this.subject = root
    rows = Change.objects.using(target.using).filter(
        row_model=target.model._meta.label_lower, history_id__in=changed
    )
    rows.update(salt="")
    for history_id in changed:
        # The row as it now stands is digested again, by this act.
        this.wrote(history_of(target.model), history_id, root)
    this.detail["history_ids"] = changed
    also = [says for redactor in redactors for says in redactor.function(target)]
    this.detail["also"] = also


def _from_history(target: Target) -> list[int]:
    changed = []
    names = (target.field, "history_change_reason")
    for row in _history(target.model, target.pk, target.using).values("history_id", *names):
        said = {name: without(row[name], target.texts) for name in names}
        said[target.field] = _cut(target, said[target.field])
        if any(said[name] != row[name] for name in names):
            history = _history(target.model, target.pk, target.using)
            history.filter(history_id=row["history_id"]).update(**said)
            changed.append(row["history_id"])
    return changed


def _from_live_row(target: Target) -> Tracked | None:
    rows: models.QuerySet = models.QuerySet(target.model, using=target.using)
    rows = rows.filter(pk=target.pk)
    value = rows.select_for_update().values_list(target.field, flat=True).first()
    rows.update(**{target.field: _cut(target, without(value, target.texts))})
    return rows.first()


def _from_entries(this: OpenAct, target: Target, root: models.Model | None) -> None:
    entries = Entry.objects.using(target.using)
    found = {entry.number: entry for entry in _own_entries(target)}
    if root is not None:
        found.update({entry.number: entry for entry in entries.about(root)})
    this.detail["entries"] = []
    for number, entry in sorted(found.items()):
        said = {
            "subject_label": (without(entry.subject_label, target.texts) or "")[:300],
            "reason": without(entry.reason, target.texts),
            "detail": without_in_detail(entry.detail, target.texts),
        }
        if any(said[name] != getattr(entry, name) for name in said):
            entries.filter(number=number).update(**said, words_salt="")
            this.detail["entries"].append(number)


def _own_entries(target: Target) -> models.QuerySet[Entry]:
    entries = Entry.objects.using(target.using)
    return entries.about_row(target.model._meta.label_lower, target.pk)


def _cut(target: Target, value: str | None) -> str | None:
    limit = target.model._meta.get_field(target.field).max_length
    return value if value is None else value[:limit]


def _record(this: OpenAct, first: Actor, second: Actor) -> Redaction:
    row = Redaction(
        at=now(),
        first=first.name,
        second=second.name,
        reason=this.reason,
        model=this.detail["model"],
        row_pk=this.detail["row_pk"],
        fields=this.detail["field"],
    )
    this.attached.append(row)
    return row
