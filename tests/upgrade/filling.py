"""Rows of an older release, written as it wrote them: with history, and in the ledger."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from itertools import count

from django.db import Error, models, transaction

from register.ledger.canonical import canonical, row_sha256, sha256
from register.ledger.chain import ChangesDigest, entry_sha256, new_salt, words_sha256
from register.ledger.models import Change, Columns, Entry, Head

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
OURS = ("register", "charters", "agreements")
LEDGER = "ledger"
_numbers = count(1)


class Filling:
    """Fills the tables of one release, a row each, through the models of its time."""

    def __init__(self, apps, using: str) -> None:
        self.apps, self.using = apps, using
        self.made: dict[str, models.Model] = {}
        self.refused: dict[str, str] = {}

    def fill(self, labels: set[str]) -> None:
        """A row in each table of these apps, but history's and the ledger's own."""
        for model in self.apps.get_models():
            name = model._meta.model_name
            if model._meta.app_label in labels - {LEDGER} and not name.startswith("historical"):
                self.row_of(model)

    def row_of(self, model) -> models.Model | None:
        """The row of a model, made where there is none; None where its constraints refuse it."""
        label = model._meta.label_lower
        if label in self.made or label in self.refused:
            return self.made.get(label)
        self.refused[label] = "asks for itself"
        if found := model._base_manager.using(self.using).first():
            self.made[label] = found
            return found
        try:
            with transaction.atomic(using=self.using):
                row = model(**self._values(model))
                self._insert(row)
                self._told(row)
        except (Error, LookupError) as error:
            self.refused[label] = str(error)
            return None
        del self.refused[label]
        self.made[label] = row
        return row

    def _values(self, model) -> dict:
        found = {}
        for field in model._meta.concrete_fields:
            if field.auto_created or field.null or (field.has_default() and not field.unique):
                continue
            if field.is_relation:
                target = self.row_of(field.related_model)
                if target is None:
                    raise LookupError(f"{field.name}: no row of {field.related_model._meta.label}")
                found[field.attname] = getattr(target, field.target_field.attname)
            else:
                found[field.attname] = _value(field)
        return found

    def _insert(self, row: models.Model) -> None:
        # Models of a migration's time refuse `save`: in a migration it would leave no entry.
        type(row)._base_manager.using(self.using).bulk_create([row])

    def _told(self, row: models.Model) -> None:
        """A history row and an entry, where the release tracked the model."""
        try:
            history = self.apps.get_model(row._meta.app_label, f"historical{row._meta.model_name}")
        except LookupError:
            return
        names = {field.attname for field in history._meta.concrete_fields}
        mine = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        kept = history(
            history_date=AT, history_type="+", **{k: v for k, v in mine.items() if k in names}
        )
        self._insert(kept)
        enter(row, history, kept.pk, self.using)


def enter(row, history, history_id: int, using: str) -> None:
    """The entry of an act that wrote one row, chained as the release chained it."""
    names = sorted(field.attname for field in history._meta.concrete_fields)
    stored = history._base_manager.using(using).values(*names).get(pk=history_id)
    label, salt = row._meta.label_lower, new_salt()
    columns, _ = Columns.objects.using(using).get_or_create(
        sha256=sha256(canonical([label, names])),
        defaults={"model": label, "names": canonical(names).decode()},
    )
    head, _ = Head.objects.using(using).get_or_create(pk=1)
    change = Change(
        entry_id=head.number + 1, row_model=label, row_pk=str(row.pk), history_id=history_id,
        salt=salt, sha256=row_sha256(salt, stored.keys(), stored.values()), columns=columns,
    )  # fmt: skip
    digest = ChangesDigest()
    digest.add(change, columns)
    entry = Entry(
        number=head.number + 1, at=AT, actor_kind="system", actor_id="test", actor_name="Test",
        verb="row.made", words_salt=new_salt(), changes_count=digest.count,
        changes_sha256=digest.sha256, previous_sha256=head.sha256,
    )  # fmt: skip
    entry.words_sha256 = words_sha256(entry)
    entry.sha256 = entry_sha256(entry)
    head.number, head.sha256 = entry.number, entry.sha256
    entry.save(using=using, force_insert=True)
    change.save(using=using)
    head.save(using=using)


def _value(field: models.Field):
    number = next(_numbers)
    if field.choices:
        return next(value for value, _ in field.flatchoices if value not in ("", None))
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "SlugField", "EmailField", "URLField"}:
        text = f"r{number}@x.example" if kind == "EmailField" else f"r{number}"
        return text[: field.max_length or 200]
    made = {
        "BooleanField": False,
        "DateField": date(2026, 11, 21),
        "DateTimeField": AT,
        "UUIDField": uuid.UUID(int=number),
        "JSONField": {},
        "BinaryField": b"{}",
        "GenericIPAddressField": "192.0.2.1",
        "DecimalField": 1,
    }
    return made.get(kind, number % 30_000)
