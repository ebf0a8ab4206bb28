"""Messages are written in the act, said once, and sent whatever happens to one of them."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from register.core.dates import now
from register.notices import jobs
from register.notices.models import Notice
from register.notices.services import write

pytestmark = pytest.mark.django_db


class Choosy(EmailBackend):
    """A mail server that puts some addresses off, and one address ends the connection."""

    def send_messages(self, messages) -> int:
        for message in messages:
            if "refused" in message.to[0]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (451, b"Come back later")})
            if "ends" in message.to[0]:
                raise smtplib.SMTPServerDisconnected("gone")
        return super().send_messages(messages)


@pytest.fixture
def choosy(settings):
    settings.EMAIL_BACKEND = "tests.register.notices.test_outbox.Choosy"


def notice(key="one", to="a@example.org", **facts) -> Notice:
    return write(to=to, subject=facts.pop("subject", "Hello"), text="Hello", key=key, **facts)


def test_a_message_is_sent_once():
    notice()

    assert jobs.send() == 1
    assert jobs.send() == 0
    assert [message.subject for message in mail.outbox] == ["Hello"]
    assert Notice.objects.get().sent_at is not None


def test_the_same_thing_is_said_once():
    assert notice("asked:7") is not None
    assert notice("asked:7") is None

    jobs.send()
    assert len(mail.outbox) == 1


def test_an_act_that_fails_takes_its_message_with_it():
    def act_that_fails():
        with transaction.atomic():
            notice()
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        act_that_fails()

    assert not Notice.objects.exists()


def test_a_subject_is_always_one_line():
    notice(subject="Approve\r\nBcc: everybody@example.org\x00 it")

    jobs.send()
    assert mail.outbox[0].subject == "Approve Bcc: everybody@example.org it"


def test_both_parts_are_sent():
    notice(html="<p>Hello</p>")

    jobs.send()
    assert mail.outbox[0].body == "Hello"
    assert mail.outbox[0].alternatives[0][0] == "<p>Hello</p>"


def test_a_message_that_fails_eight_times_is_given_up(choosy):
    notice(to="refused@example.org")
    for _ in range(jobs.TRIES):
        Notice.objects.update(due_at=now())
        jobs.send()

    bad = Notice.objects.get()
    assert bad.given_up_at is not None
    assert bad.tries == jobs.TRIES
    Notice.objects.update(due_at=now())
    assert jobs.send() == 0


def test_each_try_waits_longer_than_the_one_before(choosy):
    notice(to="refused@example.org")
    waits = []
    for _ in range(jobs.TRIES - 1):
        Notice.objects.update(due_at=now())
        jobs.send()
        waits.append(Notice.objects.get().due_at - now())

    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=2)


def test_a_message_that_ends_the_connection_holds_up_no_other(choosy):
    notice("first", to="ends@example.org")
    notice("second")

    assert jobs.send() == 1
    first = Notice.objects.get(key="first")
    assert (first.tries, first.claimed_at) == (1, None)
    assert first.due_at > now()


def test_a_message_in_another_workers_hand_is_left_to_it():
    one = notice()
    Notice.objects.update(claimed_at=now())
    one.claimed_at = now() - timedelta(minutes=20)

    assert jobs._still_mine(one) is False


def test_what_can_no_longer_be_made_is_no_bounce():
    kept = Notice(given_up_at=now(), failure=Notice.NOT_NEEDED)

    assert not kept.is_bounced


def test_a_message_without_a_key_is_refused():
    with pytest.raises(ValueError, match="key"):
        notice(key="")
