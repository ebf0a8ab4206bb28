"""Acts: all of it with its entry, or nothing."""

import json
import threading

import pytest
from django.db import transaction

from register.ledger.actors import ActorRequired
from register.ledger.acts import act, current_act, keep
from register.ledger.models import Change, Columns, Entry, Head, RetentionRule
from register.ledger.open_acts import request_id
from register.ledger.verify import verify
from tests.register.ledger.sample import ADA, BO, body

pytestmark = pytest.mark.django_db


def rule(kind="ended agreement", months=72) -> RetentionRule:
    return RetentionRule(kind=kind, months=months, after="the end")


def fail_after(row):
    row.save()
    raise ZeroDivisionError


def fail_after_an_act(row, inner):
    with act(by=ADA, verb="deep.done"):
        inner.save()
    fail_after(row)


def test_an_act_leaves_one_entry_that_says_who_did_what_and_why():
    row = rule()
    with act(by=ADA, verb="rule.made", subject=row, reason=" The law ", detail={"b": 1, "a": 2}):
        row.save()
    entry = Entry.objects.get()
    assert (entry.number, entry.actor_kind, entry.actor_id) == (1, "person", "1")
    assert (entry.actor_name, entry.verb, entry.reason) == ("Ada Moss", "rule.made", "The law")
    assert (entry.subject_model, entry.subject_pk) == ("ledger.retentionrule", str(row.pk))
    assert entry.subject_label == "Retention of ended agreement"
    assert entry.detail == '{"a":2,"b":1}'
    assert entry.changes_count == 1


def test_an_error_leaves_neither_change_nor_entry():
    with pytest.raises(ZeroDivisionError), act(by=ADA, verb="rule.made"):
        fail_after(rule())
    assert not RetentionRule.objects.exists()
    assert not RetentionRule.history.exists()
    assert not Entry.objects.exists()
    assert current_act() is None


def test_acts_inside_an_act_are_entries_in_the_order_they_began():
    with act(by=ADA, verb="outer.done"):
        with act(by=BO, verb="first.done"):
            rule("a").save()
            with act(by="system:job", verb="deep.done"):
                rule("b").save()
        rule("c").save()
        with act(by=BO, verb="second.done"):
            assert current_act().verb == "second.done"
    verbs = list(Entry.objects.values_list("number", "verb", "changes_count"))
    assert verbs == [
        (1, "outer.done", 1),
        (2, "first.done", 1),
        (3, "deep.done", 1),
        (4, "second.done", 0),
    ]
    assert verify().entries == 4


def test_an_inner_act_that_fails_and_is_survived_leaves_nothing():
    with act(by=ADA, verb="outer.done"):
        rule("a").save()
        with pytest.raises(ZeroDivisionError), act(by=ADA, verb="inner.done"):
            fail_after_an_act(rule("b"), rule("c"))
        rule("d").save()
    assert list(Entry.objects.values_list("verb", "changes_count")) == [("outer.done", 2)]
    assert verify().rows == 2


def test_what_a_savepoint_rolled_back_is_in_no_entry():
    with act(by=ADA, verb="outer.done"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail_after(rule("a"))
        rule("b").save()
    assert Change.objects.get().history_id == RetentionRule.history.get().history_id
    assert verify().changes == 1


def test_an_act_needs_somebody_and_a_verb():
    with pytest.raises(ActorRequired), act(by=None, verb="rule.made"):
        pass
    with pytest.raises(ValueError, match=r"version\.signed"), act(by=ADA, verb="made"):
        pass
    assert not Entry.objects.exists()


def test_an_act_of_meaning_without_a_change_is_an_entry_and_a_quiet_one_is_not():
    with act(by=ADA, verb="register.exported", detail={"rows": 3}):
        pass
    with act(by=ADA, verb="rule.changed", quiet=True):
        pass
    assert [entry.verb for entry in Entry.objects.all()] == ["register.exported"]


def test_saving_without_a_change_writes_nothing():
    row = rule()
    with act(by=ADA, verb="rule.made", subject=row):
        assert keep(row)
    row.months = "72"
    with act(by=ADA, verb="rule.changed", subject=row, quiet=True):
        assert not keep(row)
    assert (Entry.objects.count(), RetentionRule.history.count()) == (1, 1)
    row.months = 60
    with act(by=ADA, verb="rule.changed", subject=row, quiet=True):
        assert keep(row)
    assert (Entry.objects.count(), RetentionRule.history.count()) == (2, 2)


def test_subject_and_detail_may_be_completed_in_the_act():
    with act(by=ADA, verb="rule.made") as this:
        row = this.subject = rule()
        row.save()
        this.detail["counted"] = 5
    entry = Entry.objects.get()
    assert entry.subject_pk == str(row.pk)
    assert json.loads(entry.detail) == {"counted": 5}


def test_a_deleted_subject_keeps_its_key_in_the_entry():
    row = rule()
    with act(by=ADA, verb="rule.made", subject=row):
        row.save()
    key = str(row.pk)
    with act(by=ADA, verb="rule.removed", subject=row):
        row.delete()
    assert Entry.objects.get(verb="rule.removed").subject_pk == key
    assert verify().rows == 0


def test_the_request_is_kept_with_the_entry():
    token = request_id.set("abcd-1234")
    try:
        with act(by=ADA, verb="register.exported"):
            pass
    finally:
        request_id.reset(token)
    assert Entry.objects.get().request_id == "abcd-1234"


def test_the_digest_rests_on_the_stored_row_not_on_what_was_held():
    with act(by=ADA, verb="rule.made"):
        rule(months="72").save()
    assert verify().changes == 1


def test_the_columns_are_kept_once():
    for name in "abc":
        body(name)
    assert Columns.objects.count() == 1
    assert Head.objects.get().number == 3


def test_an_act_is_open_for_its_own_thread_only():
    seen = []
    with act(by=ADA, verb="rule.made"):
        thread = threading.Thread(target=lambda: seen.append(current_act()))
        thread.start()
        thread.join()
    assert seen == [None]
