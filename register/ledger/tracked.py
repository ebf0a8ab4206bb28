"""Tracked records: every change leaves a history row, and none is made outside an act."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import (
    post_create_historical_record,
    pre_create_historical_record,
)

from register.core.dates import now
from register.ledger.actors import Actor
from register.ledger.open_acts import ActRequired, current_act, require_act


class UntrackedWrite(RuntimeError):
    """A write of many rows at once that would leave no history."""


class TrackedQuerySet(models.QuerySet):
    """Questions about tracked records. Writes of many rows at once are closed."""

    def update(self, **kwargs):
        raise _closed("update", "bulk_update")

    def bulk_create(self, *args, **kwargs):
        raise _closed("bulk_create", "bulk_create")

    def bulk_update(self, *args, **kwargs):
        raise _closed("bulk_update", "bulk_update")

    def delete(self):
        raise _closed("delete", "delete() on each record")

    def _raw_delete(self, using):
        raise _closed("_raw_delete", "delete() on each record")


class Recorded(models.Model):
    """What every history row keeps besides the columns: the name of the actor as at the time."""

    actor_name = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """History that takes the actor and the reason from the open act, never from the instance."""

    def get_history_user(self, instance):
        act = current_act()
        return act.actor if act else None

    def get_change_reason_for_object(self, instance, history_type, using):
        act = current_act()
        return act.reason if act else ""

    # Fresh fields for each model: simple-history would share one field among all of them.
    def _get_history_user_fields(self):
        return {
            "history_user_id": models.CharField(max_length=100, blank=True, default=""),
            "history_user": property(_get_actor, _set_actor),
        }

    def _get_history_change_reason_field(self):
        return models.TextField(blank=True, default="")

    def _get_history_id_field(self):
        return models.BigAutoField(primary_key=True)


class Tracked(models.Model):
    """A record whose every change is kept: who, when, why, and the row as it then was.

    `ledger_path` names the way to the record whose history page shows the change, such as
    "version__document"; `ledger_root` may be overridden instead. `ledger_labels` names the
    relations that `__str__` follows, so that a page of history can fetch them at once.
    `ledger_units` gives words that follow a number, `{"retention": "years"}`; `ledger_silent` the
    fields that sentences leave out.
    """

    ledger_path = ""
    ledger_labels: tuple[str, ...] = ()
    ledger_units: dict[str, str] = {}
    ledger_silent: tuple[str, ...] = ()

    history = Records(inherit=True, bases=[Recorded])
    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True
        # Related managers write through the base manager: guard that one too.
        base_manager_name = "objects"

    def save(self, **kwargs):
        self.derive()
        super().save(**kwargs)

    def derive(self) -> None:
        """Fill the columns that follow from others. Called before every save, in bulk too."""

    def ledger_root(self) -> models.Model | None:
        """The record whose history page shows a change of this one."""
        record = self
        for step in filter(None, self.ledger_path.split("__")):
            record = getattr(record, step)
            if record is None:
                return self
        return record


def tracked_models() -> list[type[Tracked]]:
    """Every concrete tracked model, in the order of their labels."""
    found = [model for model in apps.get_models() if issubclass(model, Tracked)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def history_of(model: Any) -> type[models.Model]:
    """The model of the history table of a tracked model."""
    return model.history.model


def unprotected_foreign_keys() -> list[str]:
    """Foreign keys of tracked models that a deletion elsewhere could change, as sentences."""
    return [
        f"{model._meta.label}.{field.name} must be on_delete=PROTECT."
        for model in tracked_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete is not models.PROTECT
    ]


@receiver(pre_save, dispatch_uid="ledger.refuse_save_outside_act")
def refuse_save_outside_act(sender, instance, raw=False, **kwargs):
    """Refuse to save a tracked record with no act open, or without history."""
    if not _is_tracked(sender):
        return
    name = sender._meta.verbose_name
    if sender.__module__ == "__fake__":
        raise ActRequired(f"A migration that writes a {name} uses the real model inside an act.")
    require_act(f"Saving a {name}")
    if raw or hasattr(instance, "skip_history_when_saving") or not _history_is_on():
        raise UntrackedWrite(f"A {name} cannot be saved without its history.")


@receiver(pre_delete, dispatch_uid="ledger.refuse_delete_outside_act")
def refuse_delete_outside_act(sender, **kwargs):
    """Refuse to delete a tracked record with no act open."""
    if _is_tracked(sender):
        require_act(f"Deleting a {sender._meta.verbose_name}")
        if not _history_is_on():
            raise UntrackedWrite("History is switched off: set SIMPLE_HISTORY_ENABLED = True.")


@receiver(pre_create_historical_record, dispatch_uid="ledger.date_history_row")
def date_history_row(history_instance, **kwargs):
    """Date each history row by the register's own clock."""
    history_instance.history_date = now()


@receiver(post_create_historical_record, dispatch_uid="ledger.note_history_row")
def note_history_row(sender, instance, history_instance, **kwargs):
    """Hand each history row to the open act."""
    act = require_act(f"Changing a {instance._meta.verbose_name}")
    act.wrote(sender, history_instance.history_id, instance.ledger_root())


def _is_tracked(model) -> bool:
    if model.__module__ == "__fake__":
        try:
            model = apps.get_model(model._meta.label)
        except LookupError:
            return False
    return issubclass(model, Tracked)


def _history_is_on() -> bool:
    return getattr(settings, "SIMPLE_HISTORY_ENABLED", True)


def _get_actor(history_row) -> Actor | None:
    kind, _, actor_id = history_row.history_user_id.partition(":")
    return Actor(kind, actor_id, history_row.actor_name) if actor_id else None


def _set_actor(history_row, actor: Actor | None) -> None:
    if actor is not None:
        history_row.history_user_id = actor.key
        history_row.actor_name = actor.name[:300]


def _closed(name: str, instead: str) -> UntrackedWrite:
    return UntrackedWrite(
        f"{name}() on tracked records writes no history: use register.ledger's {instead}."
    )
