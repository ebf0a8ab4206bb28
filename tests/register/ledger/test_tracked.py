"""No tracked record changes without its history."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction
from django.db.migrations.state import ProjectState

from register.directory.models import Organisation
from register.documents.models import Clause, ExternalReference
from register.ledger.acts import act
from register.ledger.models import Change, Entry, RetentionRule
from register.ledger.open_acts import ActRequired
from register.ledger.tracked import (
    TrackedQuerySet,
    UntrackedWrite,
    tracked_models,
    unprotected_foreign_keys,
)
from tests.register.ledger.sample import ADA, body, clause, edit

pytestmark = pytest.mark.django_db


def test_saving_outside_an_act_is_refused():
    with pytest.raises(ActRequired, match="Saving a organisation needs an act"):
        Organisation(legal_name="Ambry").save()
    with pytest.raises(ActRequired):
        Organisation.objects.create(legal_name="Ambry")
    assert not Organisation.objects.exists()


def test_deleting_outside_an_act_is_refused():
    row = clause()
    with pytest.raises(ActRequired, match="Deleting"), transaction.atomic():
        row.delete()
    assert Clause.objects.exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Organisation.objects.update(kind="x"),
        lambda: Organisation.objects.filter(pk=1).update(kind="x"),
        lambda: Organisation.objects.bulk_create([Organisation(legal_name="x")]),
        lambda: Organisation.objects.bulk_update([], ["kind"]),
        lambda: Organisation.objects.all().delete(),
        lambda: Organisation.objects.all()._raw_delete("default"),
        lambda: Organisation._base_manager.filter(pk=1).update(kind="x"),
        lambda: Organisation._base_manager.all().delete(),
    ],
)
def test_every_write_of_many_rows_is_closed(write):
    with act(by=ADA, verb="organisations.changed"), pytest.raises(UntrackedWrite, match="history"):
        write()


def test_adding_through_the_other_end_of_a_relation_is_closed():
    mine, other = clause(), clause()
    reference = ExternalReference(document=mine.version.document, value="X/1")
    with act(by=ADA, verb="reference.added"):
        reference.save()
        with pytest.raises(UntrackedWrite):
            other.version.document.external_references.add(reference)


def test_saving_past_the_history_is_refused():
    row = body()
    with act(by=ADA, verb="organisation.changed"), pytest.raises(UntrackedWrite):
        row.save_without_historical_record()


def test_a_fixture_is_not_loaded_past_the_history(tmp_path):
    fixture = tmp_path / "rules.json"
    fixture.write_text(
        '[{"model": "ledger.retentionrule", "pk": 1, '
        '"fields": {"kind": "x", "months": 1, "after": "y"}}]'
    )
    with pytest.raises(ActRequired):
        call_command("loaddata", str(fixture), verbosity=0)
    with act(by=ADA, verb="rules.loaded"), pytest.raises(UntrackedWrite):
        call_command("loaddata", str(fixture), verbosity=0)


def test_a_migration_does_not_write_tracked_rows_with_its_own_models():
    state = ProjectState.from_apps(apps)
    fake = state.apps.get_model("ledger", "RetentionRule")
    with act(by="system:migration", verb="rules.made"), pytest.raises(ActRequired, match="real"):
        fake.objects.create(kind="x", months=1, after="y")


def test_history_names_the_actor_and_the_reason_of_the_act_only():
    row = body()
    row._change_reason = "stuck to the instance"
    with act(by=ADA, verb="organisation.changed", reason="They moved"):
        row.kind = "council"
        row.save()
    edit(row, kind="trust")
    newest, middle, first = row.history.all()
    assert (first.history_change_reason, newest.history_change_reason) == ("", "")
    assert middle.history_change_reason == "They moved"
    assert middle.history_user == ADA
    assert (middle.history_user_id, middle.actor_name) == ("person:1", "Ada Moss")


def test_the_actor_keeps_the_name_as_at_the_time():
    row = body()
    assert Entry.objects.get().actor_name == row.history.get().actor_name == "Ada Moss"


def test_a_change_is_shown_with_the_record_that_it_belongs_to():
    row = clause()
    document = row.version.document
    assert set(
        Change.objects.filter(about_model="documents.document").values_list("row_model", flat=True)
    ) == {"documents.document", "documents.version", "documents.clause"}
    edit(row, heading="Aim")
    other = clause()
    about = Entry.objects.about(document).newest_first()
    assert [entry.verb for entry in about] == ["record.edited", "document.drafted"]
    assert list(Entry.objects.about(row)) == list(Entry.objects.about(document))
    assert other.version.document not in {document}


def test_entries_of_a_person_are_found():
    body()
    with act(by="system:1", verb="register.checked"):
        pass
    assert [entry.verb for entry in Entry.objects.by_person(1)] == ["organisation.added"]


def test_every_foreign_key_of_a_tracked_model_is_protected():
    assert unprotected_foreign_keys() == []


def test_every_tracked_model_is_asked_through_the_guarded_queryset():
    for model in tracked_models():
        assert isinstance(model._default_manager.all(), TrackedQuerySet), model
        assert isinstance(model._base_manager.all(), TrackedQuerySet), model
        assert not model._meta.many_to_many, f"{model}: use a model of its own for membership"
        assert not model._meta.proxy, model


def test_every_history_row_has_its_own_fields():
    for model in tracked_models():
        for name in ("history_user_id", "history_change_reason", "history_id", "actor_name"):
            assert model.history.model._meta.get_field(name).model is model.history.model


def test_a_derived_column_is_filled_before_every_save(monkeypatch):
    monkeypatch.setattr(RetentionRule, "derive", lambda self: setattr(self, "note", "derived"))
    with act(by=ADA, verb="rule.made"):
        row = RetentionRule(kind="x", months=1, after="y")
        row.save()
    assert RetentionRule.objects.get().note == row.history.get().note == "derived"
    assert isinstance(row, models.Model)
