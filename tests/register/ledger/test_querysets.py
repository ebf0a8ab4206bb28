"""Questions about the ledger that hang on an index, and the acts that not everybody may read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from register.core import dates
from register.ledger import private, triggers
from register.ledger.acts import act
from register.ledger.models import Entry, RetentionRule
from register.ledger.retention import change_rule
from tests.register.ledger.sample import ADA

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(instant: datetime) -> int:
    with dates.pretend(instant), act(by=ADA, verb="test.done"):
        pass
    return Entry.objects.order_by("-number")[0].number


def test_entries_between_two_instants_whatever_their_numbers():
    # written out of the order of time, as a story that is told is
    late, early, inside = at(NOON + timedelta(days=1)), at(NOON), at(NOON + timedelta(hours=2))
    outside = at(NOON - timedelta(seconds=1))
    found = Entry.objects.between(NOON, NOON + timedelta(days=1))
    assert set(found.values_list("number", flat=True)) == {early, inside}
    assert not {late, outside} & {entry.number for entry in found}


def test_nothing_between_two_instants():
    at(NOON)
    assert not Entry.objects.between(NOON + timedelta(days=2), NOON + timedelta(days=3)).exists()


def test_the_entries_of_a_day_are_found_by_the_index(django_assert_num_queries):
    at(NOON)
    with django_assert_num_queries(2):
        list(Entry.objects.between(NOON, NOON + timedelta(days=1)))
    days = Entry.objects.filter(at__gte=NOON, at__lt=NOON + timedelta(days=1))
    if connection.vendor == "sqlite":
        assert "entry_at" in days.values("number").order_by().explain()


def test_every_trigger_stands_with_the_index():
    assert not triggers.missing(connection)


def test_acts_on_private_records_are_open_to_those_who_may_read_them(monkeypatch):
    rules = [
        change_rule(by=ADA, kind=kind, months=5) for kind in ("ended agreement", "unused draft")
    ]
    other = at(NOON)
    label = RetentionRule._meta.label_lower
    readable = {"ada": [rules[0].pk], "bob": []}
    monkeypatch.setattr(
        private, "READERS", {label: lambda by: RetentionRule.objects.filter(pk__in=readable[by])}
    )
    open_to_ada = private.open_to("ada", Entry.objects.filter(number__gte=1))
    open_to_bob = private.open_to("bob", Entry.objects.filter(number__gte=1))
    shown = open_to_ada.filter(verb="retention.changed")
    assert [entry.subject_pk for entry in shown] == [str(rules[0].pk)]
    assert {entry.number for entry in open_to_bob} == {other}
