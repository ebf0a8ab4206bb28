"""The sanctioned writes of many rows: live rows, history and all, in few statements."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connections, models

from register.core.dates import now
from register.ledger.entries import in_batches
from register.ledger.open_acts import OpenAct, require_act
from register.ledger.tracked import Tracked, history_of

Record = TypeVar("Record", bound=Tracked)


def bulk_create(objects: Iterable[Record], batch: int = 500) -> list[Record]:
    """Add many records of one tracked model, with their history; gives them with their keys.

    The statements for each batch are as many for one record as for all. Raises ActRequired
    when no act is open.
    """
    records = list(objects)
    act = require_act("Adding many records")
    if records:
        model = _derived(records)
        for some in in_batches(records, batch):
            models.QuerySet(model, using=act.using).bulk_create(some)
            _keep_history(act, model, some, "+")
    return records


def bulk_update(objects: Iterable[Record], fields: Sequence[str], batch: int = 500) -> list[Record]:
    """Change the named fields of many records of one tracked model, with their history.

    Records whose stored row already says the same are left alone; gives those that changed.
    Raises ActRequired when no act is open.
    """
    records = list(objects)
    act = require_act("Changing many records")
    changed = []
    if records:
        model = _derived(records)
        for some in in_batches(records, batch):
            some = _changed(model, some, fields, act.using)
            models.QuerySet(model, using=act.using).bulk_update(some, fields)
            _keep_history(act, model, some, "~")
            changed += some
    return changed


def bulk_delete(objects: Iterable[Record], batch: int = 500) -> int:
    """Delete many records of one tracked model, and keep in their history how they last stood.

    Give what points at them first: the database refuses, when the transaction ends, to let a row go
    that another still names. Says how many went. Raises ActRequired when no act is open.
    """
    records = list(objects)
    act = require_act("Deleting many records")
    if records:
        model = _derived(records)
        for some in in_batches(records, batch):
            _keep_history(act, model, some, "-")
            rows: models.QuerySet = models.QuerySet(model, using=act.using)
            rows.filter(pk__in=[record.pk for record in some])._raw_delete(act.using)
    return len(records)


def _derived(records: list[Record]) -> type[Record]:
    """The one tracked model of the records, whose derived columns are filled."""
    kinds = {type(record) for record in records}
    if len(kinds) > 1 or not issubclass(model := kinds.pop(), Tracked):
        raise TypeError("Give records of one tracked model at a time.")
    for record in records:
        record.derive()
    return model


def _changed(model, records: list[Record], names: Sequence[str], using: str) -> list[Record]:
    fields = [model._meta.get_field(name) for name in names]
    rows: models.QuerySet = models.QuerySet(model, using=using)
    rows = rows.filter(pk__in=[record.pk for record in records])
    stored = {row[0]: row[1:] for row in rows.values_list("pk", *(f.attname for f in fields))}
    return [record for record in records if stored.get(record.pk) != _held(record, fields)]


def _held(record: Record, fields: list[models.Field]) -> tuple[Any, ...]:
    values = ((field, getattr(record, field.attname)) for field in fields)
    return tuple(value if value is None else field.to_python(value) for field, value in values)


def _keep_history(act: OpenAct, model: type[Record], records: list[Record], kind: str) -> None:
    if not records:
        return
    if model.ledger_path:
        models.prefetch_related_objects(records, model.ledger_path)
    by_key = {record.pk: record for record in records}
    history = history_of(model)
    for history_id, key in _copy_rows(act, model, list(by_key), kind):
        key = model._meta.pk.to_python(key)
        act.wrote(history, history_id, by_key[key].ledger_root())


def _copy_rows(act: OpenAct, model, keys: list, kind: str) -> list[tuple[int, Any]]:
    """Copy the rows, as the database now holds them, into the history table in one statement."""
    connection = connections[act.using]
    quote = connection.ops.quote_name
    history = history_of(model)._meta
    facts = {
        "history_date": now(),
        "history_type": kind,
        "history_user_id": act.actor.key,
        "actor_name": act.actor.name[:300],
        "history_change_reason": act.reason,
    }
    own = [history.get_field(name) for name in facts]
    values = [field.get_db_prep_save(facts[field.name], connection) for field in own]
    copied = [field.column for field in model._meta.concrete_fields]
    pk = model._meta.pk
    prepared = [pk.get_db_prep_value(key, connection) for key in keys]
    into = ", ".join(quote(name) for name in [*copied, *(field.column for field in own)])
    source = ", ".join([*(quote(name) for name in copied), *["%s"] * len(own)])
    sql = (
        f"INSERT INTO {quote(history.db_table)} ({into}) SELECT {source} "
        f"FROM {quote(model._meta.db_table)} WHERE {quote(pk.column)} IN "
        f"({', '.join(['%s'] * len(prepared))}) "
        f"RETURNING {quote('history_id')}, {quote(pk.column)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *prepared])
        return cursor.fetchall()
