"""What is exported: everything but what stands on a list, and no secret."""

import re

from django.apps import apps

from register.everything.selection import (
    LEFT_OUT,
    LEFT_OUT_COLUMNS,
    SEEDED,
    every_model,
    exported_fields,
    exported_models,
    left_out_list,
)

SMELLS = re.compile(r"token|passw|secret|digest|code_sha|session|private|key$")
# Columns that only sound like a secret, and what they are.
HARMLESS = {
    "notices.Notice.key": "what is said to whom, so that it is said once",
    "notices.Notice.secret_kind": "which secret is made when a message goes",
    "notices.Notice.secret_for": "for which row",
    "chasing.Told.key": "what was said once",
    "worklist.MailChoice.last_key": "the last day or week of a digest",
    "worklist.MailChoice.digest": "how often somebody wants one",
    "documents.Document.source_key": "the reference in an old register",
    "tasks.Task.cause_key": "what changed",
    "reviews.ReviewEvent.cause_key": "what changed",
    "exchange.ImportedRow.digest": "of what a file said",
    "exchange.ImportedRow.key": "the reference in a file",
    "exchange.ImportedBody.key": "the number of a body in a file",
    "exchange.ImportedFlow.digest": "of what a sheet said",
    "exchange.ImportedFlow.key": "the reference in a sheet",
}


def labels(models):
    return [model._meta.label for model in models]


def test_no_reason_stands_for_a_table_that_is_gone():
    known = set(labels(every_model()))
    assert set(LEFT_OUT) | set(LEFT_OUT_COLUMNS) | set(SEEDED) <= known


def test_nothing_that_is_exported_points_to_what_is_left_out():
    exported = set(labels(exported_models()))
    dangling = [
        f"{model._meta.label}.{field.name}"
        for model in exported_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model is not None
        and field.db_constraint
        and field.related_model._meta.label not in exported
    ]
    assert not dangling


def test_no_column_that_smells_of_a_secret_is_exported_unseen():
    found = {
        f"{model._meta.label.replace('Historical', '')}.{field.attname}"
        for model in exported_models()
        for field in exported_fields(model)
        if SMELLS.search(field.attname)
    }
    assert found <= set(HARMLESS), sorted(found - set(HARMLESS))


def test_every_table_comes_after_those_that_it_points_to():
    order = {label: place for place, label in enumerate(labels(exported_models()))}
    late = [
        f"{model._meta.label}.{field.name}"
        for model in exported_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model not in (None, model)
        and order[field.related_model._meta.label] > order[model._meta.label]
    ]
    # Entries and versions point to each other.
    assert late == ["documents.Document.copied_from"]


def test_every_tracked_table_goes_with_its_history_and_the_ledger():
    exported = set(labels(exported_models()))
    for model in apps.get_models():
        if "Historical" in model.__name__ or model._meta.app_label == "ledger":
            assert model._meta.label in exported


def test_what_is_left_out_is_told_with_its_reason():
    told = {row["what"]: row["why"] for row in left_out_list()}
    assert told["accounts.User.password"].startswith("secret")
    assert told["mfa.Authenticator"].startswith("secret")
    assert all(told.values())
