"""A restored copy sends nothing old and does nothing by itself until somebody releases it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.dates import now
from register.dashboard.wellbeing import worker_words
from register.everything import services
from register.everything.holding import hold
from register.jobs.models import RestoredCopy
from register.jobs.registry import Job
from register.jobs.worker import go_round
from register.ledger.models import Entry
from register.notices.jobs import send
from register.notices.models import Notice
from register.notices.services import write

BY = "system:test"


@pytest.fixture
def copy(office, settings):
    """The office, restored a moment ago; one message waited in the backup."""
    settings.EMAIL_URL = "memory:"
    Notice.objects.update(written_at=now() - timedelta(hours=1))
    Notice.objects.exclude(key="old:1").update(sent_at=now())
    hold("default", name="register.backup", head="ab" * 32)
    mail.outbox.clear()
    return RestoredCopy.objects.get()


def done():
    return [message.subject for message in mail.outbox]


def test_what_was_written_before_waits_and_what_is_written_after_goes(copy):
    write(to="new@example.org", subject="New", text="New", key="new:1")
    send()
    assert done() == ["New"]
    assert Notice.objects.get(key="old:1").sent_at is None


def test_only_work_that_readers_wait_for_runs(copy):
    ran = []
    jobs = [
        Job("reminders", 1, lambda: ran.append("reminders") or 1),
        Job("prints", 1, lambda: ran.append("prints") or 1, while_held=True),
    ]
    go_round(jobs, every=True)
    assert ran == ["prints"]
    assert "until an administrator releases it" in worker_words()
    services.release(by=BY)
    go_round(jobs, every=True)
    assert ran == ["prints", "reminders", "prints"]


def test_released_the_old_messages_are_left_out_for_good(office, copy):
    services.release(by=BY)
    send()
    assert done() == []
    old = Notice.objects.get(key="old:1")
    assert old.given_up_at
    assert not old.is_bounced


def test_the_old_messages_go_where_that_is_asked_for(copy):
    services.release(by=BY, is_old_mail_sent=True)
    send()
    assert done() == ["Old"]


def test_the_release_stands_in_the_ledger_and_happens_once(copy):
    services.release(by=BY)
    entry = Entry.objects.get(verb="restored.released")
    assert "register.backup" in entry.detail
    with pytest.raises(ValidationError, match="already"):
        services.release(by=BY)


def test_everybody_with_a_role_is_invited_again_once(office, copy):
    services.release(by=BY, is_inviting=True)
    invited = Notice.objects.filter(sent_at__isnull=True, given_up_at__isnull=True)
    addresses = list(invited.values_list("to", flat=True))
    assert office.cast.office.email in addresses
    assert len(addresses) == len(set(addresses))
    assert office.cast.nobody.email not in addresses


def test_nobody_but_an_administrator_of_every_partnership_releases_it(office, copy):
    for who in (office.cast.office, office.cast.auditor, office.cast.admin):
        with pytest.raises(PermissionDenied, match="every partnership"):
            services.release(by=who)
    assert RestoredCopy.objects.get().released_at is None
