"""Many rows at once, history and all."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from register.documents.models import Clause
from register.ledger.acts import act, bulk_create, bulk_delete, bulk_update
from register.ledger.models import Change, Entry, RetentionRule
from register.ledger.open_acts import ActRequired
from register.ledger.verify import verify
from tests.register.ledger.sample import ADA, body, clause, freeze, refused_by_database

pytestmark = pytest.mark.django_db


def rules(count, start=0):
    return [
        RetentionRule(kind=f"kind {number}", months=number + 1, after="the end")
        for number in range(start, start + count)
    ]


def test_many_rows_come_back_with_keys_history_and_changes():
    with act(by=ADA, verb="rules.made", reason="All at once"):
        made = bulk_create(rules(7), batch=3)
    assert all(row.pk for row in made)
    assert Entry.objects.get().changes_count == Change.objects.count() == 7
    history = RetentionRule.history.get(kind="kind 6")
    assert (history.history_type, history.history_user) == ("+", ADA)
    assert (history.history_change_reason, history.months) == ("All at once", 7)
    assert verify().rows == 7


def test_changing_many_rows_leaves_alone_what_says_the_same():
    with act(by=ADA, verb="rules.made"):
        made = bulk_create(rules(6))
    for row in made[:2]:
        row.months = 99
    for row in made[2:]:
        row.months = str(row.months)
    with act(by=ADA, verb="rules.changed"):
        changed = bulk_update(made, ["months"], batch=4)
    assert changed == made[:2]
    assert RetentionRule.history.filter(history_type="~").count() == 2
    assert RetentionRule.history.filter(history_type="~").first().months == 99
    assert verify().changes == 8


def test_many_rows_need_an_act_and_one_tracked_model():
    with pytest.raises(ActRequired, match="Adding many records needs an act"):
        bulk_create(rules(1))
    with pytest.raises(ActRequired):
        bulk_update([], ["months"])
    with act(by=ADA, verb="rules.made"), pytest.raises(TypeError, match="one tracked model"):
        bulk_create([*rules(1), Entry()])
    with act(by=ADA, verb="rules.made"):
        assert bulk_create([]) == []


def test_many_rows_go_at_once_and_their_history_says_how_they_stood():
    with act(by=ADA, verb="rules.made"):
        made = bulk_create(rules(6))
    with (
        act(by=ADA, verb="rules.removed", reason="Not ours"),
        CaptureQueriesContext(connection) as few,
    ):
        assert bulk_delete(made[:2]) == 2
    with act(by=ADA, verb="rules.removed"), CaptureQueriesContext(connection) as many:
        assert bulk_delete(made[2:5]) == 3
    assert len(few) == len(many)
    assert list(RetentionRule.objects.values_list("kind", flat=True)) == ["kind 5"]
    last = RetentionRule.history.get(kind="kind 1", history_type="-")
    assert (last.history_user, last.history_change_reason, last.months) == (ADA, "Not ours", 2)
    assert verify().changes == 11
    with pytest.raises(ActRequired, match="Deleting many records needs an act"):
        bulk_delete([])


def statements(count, start):
    with CaptureQueriesContext(connection) as queries:
        with act(by=ADA, verb="rules.made"):
            made = bulk_create(rules(count, start))
        for row in made:
            row.months += 1
        with act(by=ADA, verb="rules.changed"):
            bulk_update(made, ["months"])
    return len(queries)


def test_a_batch_takes_as_many_statements_for_ten_rows_as_for_sixty():
    statements(1, 0)
    assert statements(10, 100) == statements(60, 200)


def test_rows_that_belong_to_another_are_shown_with_it_without_more_statements(monkeypatch):
    monkeypatch.setattr(Clause, "ledger_path", "version__document")
    old = clause()
    rows = [Clause(version_id=old.version_id, heading=str(number)) for number in range(20)]
    queries = CaptureQueriesContext(connection)
    with act(by=ADA, verb="clauses.copied", subject=old.version), queries:
        bulk_create(rows)
    assert len(queries) < 8
    document = old.version.document
    about = Change.objects.filter(about_model="documents.document", about_pk=str(document.pk))
    assert about.filter(row_model="documents.clause").count() == 21


def test_the_frozen_refuse_many_rows_too():
    old = clause()
    freeze(old.version)
    with refused_by_database(IntegrityError), act(by=ADA, verb="clauses.copied"):
        bulk_create([Clause(version=old.version)])


def test_derived_columns_are_filled_in_bulk():
    row = body("The Ambry  Council")
    assert row.normal_name
    assert verify().rows == 1
