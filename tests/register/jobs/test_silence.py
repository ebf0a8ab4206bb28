"""After days without a worker or a mail server people get one message that says what is so, not a heap."""

from datetime import datetime

import pytest
from django.core import mail

from register.core.dates import LONDON, now, pretend
from register.notices.jobs import send
from register.notices.models import Notice
from register.notices.services import is_replaced, write
from register.worklist.services.digests import send_digests
from register.worklist.services.mail_choices import choose_digest
from tests import make_documents as make
from tests import people as casts
from tests import worlds


@worlds.shared
def reader():
    """Somebody with a draft, who wants a digest."""
    cast = casts.cast()
    make.agreement(
        cast.partnership, cast.police.organisation, lead=cast.council.organisation,
        owner=cast.off_a.person, by=cast.off_a,
    )  # fmt: skip
    Notice.objects.update(sent_at=now())
    return cast.off_a


def digest_on(*days: str) -> None:
    """The job of digests, at eight in the morning of some days, without a mail server."""
    for day in days:
        with pretend(datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=LONDON)):
            send_digests()


def mail_leaves(at: str) -> list[str]:
    with pretend(datetime.fromisoformat(at).replace(tzinfo=LONDON)):
        send()
    return [message.subject for message in mail.outbox]


def test_digests_of_days_that_are_over_are_not_sent(reader):
    choose_digest(user=reader, digest="daily")
    digest_on("2027-03-01", "2027-03-02", "2027-03-03")
    assert Notice.objects.filter(sent_at=None).count() == 3

    assert len(mail_leaves("2027-03-03T09:00")) == 1
    assert Notice.objects.filter(failure=Notice.NOT_NEEDED).count() == 2


def test_a_digest_does_not_go_in_the_night_after_its_day(reader):
    choose_digest(user=reader, digest="daily")
    digest_on("2027-03-01")

    assert mail_leaves("2027-03-02T03:00") == []


def test_three_days_without_a_worker_give_one_digest(reader):
    choose_digest(user=reader, digest="daily")
    digest_on("2027-03-01", "2027-03-05", "2027-03-05")

    assert len(mail_leaves("2027-03-05T09:00")) == 1


def test_a_weekly_digest_that_is_late_still_goes_in_its_week_also_in_week_53(reader):
    choose_digest(user=reader, digest="weekly")
    digest_on("2026-12-29")

    assert len(mail_leaves("2027-01-02T09:00")) == 1
    assert Notice.objects.filter(key__endswith=":2026-W53").count() == 1


def test_a_weekly_digest_of_a_week_that_is_over_is_not_sent(reader):
    choose_digest(user=reader, digest="weekly")
    digest_on("2026-12-29", "2027-01-04")

    assert len(mail_leaves("2027-01-04T09:00")) == 1


@pytest.mark.django_db
def test_a_newer_message_to_the_same_person_replaces_one_that_waits():
    older, newer, other = [
        write(to="a@example.org", subject="Hello", text="Hello", key=key)
        for key in ("remind:7:2027-03-01", "remind:7:2027-03-02", "remind:71:2027-03-03")
    ]

    assert is_replaced(older)
    assert not is_replaced(newer)
    assert not is_replaced(other)
