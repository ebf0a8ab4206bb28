"""Auditors are sent the newest digest of the ledger once a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from register.core.dates import pretend
from register.directory.services.appointments import end_appointment
from register.evidence.models import Visits
from register.evidence.services.digests import mail_digests
from register.evidence.services.visits import forget_visits, may_ask
from register.ledger.models import Entry
from register.notices.models import Notice
from tests import people, worlds

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)


@worlds.shared
def cast():
    return people.cast()


def digests():
    return Notice.objects.filter(key__startswith="ledger-digest:").order_by("pk")


def test_each_auditor_is_sent_the_newest_digest_once_a_week(cast):
    with pretend(MONDAY):
        newest = Entry.objects.order_by("-number").first()
        assert mail_digests() == 1
        assert mail_digests() == 0
    message = digests().get()
    assert message.to == cast.auditor.email
    for part in (message.text, message.html):
        assert newest.sha256 in part
        assert f"verify_ledger --head {newest.sha256}" in part
        assert part.count("/verify/") == 1
    assert message.subject == f"Keep this: digest {newest.number} of the ledger"
    entry = Entry.objects.filter(verb="ledger.digest_mailed").get()
    assert newest.sha256 in entry.detail


def test_the_next_week_brings_the_next_digest(cast):
    for days in (0, 6, 7):
        with pretend(MONDAY + timedelta(days=days)):
            mail_digests()
    assert digests().count() == 2
    assert len(set(digests().values_list("text", flat=True))) == 2


def test_who_is_no_auditor_any_more_is_sent_nothing(cast):
    [row] = cast.auditor.person.appointments.filter(role="auditor")
    with pretend(MONDAY):
        end_appointment(by="system:test", appointment=row, ends_on=date(2026, 11, 22))
        assert mail_digests() == 0


def test_counts_of_visits_are_forgotten_after_a_day(db):
    with pretend(MONDAY):
        assert may_ask("192.0.2.1")
        assert "192.0.2.1" not in str(list(Visits.objects.values()))
        assert forget_visits() == 0
    with pretend(MONDAY + timedelta(hours=26)):
        assert forget_visits() == 1
