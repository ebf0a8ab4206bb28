"""The digest comes by choice, once a day or week, says nothing when nothing waits, and is stopped by a link."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from register.core.dates import today
from register.notices.messages import message_of
from register.notices.models import Notice
from register.notices.secrets import NotNeeded
from register.worklist.models import MailChoice, Often
from register.worklist.services.digests import key_for, send_digests
from register.worklist.services.mail_choices import (
    choose_digest,
    digest_of,
    unsubscribe_address,
    whose,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def monday():
    """Nine in the morning of a Monday that is a working day."""
    with time_machine.travel(MONDAY, tick=False) as travelling:
        yield travelling


@pytest.fixture
def work(people, fill):
    """One overdue review, which the office looks after."""
    return fill(people.partnership, 1, review_on=MONDAY.date() - DAY, title="Hearth checks")


def digests() -> list[Notice]:
    return list(Notice.objects.filter(key__startswith="digest:").order_by("pk"))


def test_nobody_gets_a_digest_until_they_choose_one(people, monday, work):
    assert send_digests() == 0
    assert digests() == []


def test_a_daily_digest_comes_once_a_day_and_names_what_waits(people, monday, work):
    choose_digest(user=people.office, digest=Often.DAILY)

    assert [send_digests(), send_digests()] == [1, 0]

    (notice,) = digests()
    assert notice.subject == "Your work in the register: review overdue (1)"
    assert "Hearth checks" in notice.text
    assert "Hearth checks" in notice.html
    assert len(notice.html) < 30_000


def test_a_weekly_digest_comes_once_a_week_by_iso_weeks(people, monday, work):
    choose_digest(user=people.office, digest=Often.WEEKLY)
    sent = 0
    for _ in range(14):
        sent += send_digests()
        monday.shift(DAY)

    assert sent == 2
    assert key_for(Often.WEEKLY, datetime(2027, 1, 1, tzinfo=UTC).date()) == "2026-W53"


def test_after_days_of_silence_there_is_one_digest(people, monday, work):
    choose_digest(user=people.office, digest=Often.DAILY)
    send_digests()
    monday.shift(3 * DAY)

    assert [send_digests(), send_digests()] == [1, 0]


def test_nothing_is_said_when_nothing_waits_and_no_second_look_is_taken(people, monday, fill):
    choose_digest(user=people.office, digest=Often.DAILY)
    assert send_digests() == 0

    fill(people.partnership, 1, review_on=today() - DAY)

    assert send_digests() == 0
    monday.shift(DAY)
    assert send_digests() == 1


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)]
)
def test_no_digest_comes_on_a_sunday_or_in_the_night(people, monday, work, at):
    choose_digest(user=people.office, digest=Often.DAILY)
    monday.move_to(at)

    assert send_digests() == 0


def test_a_digest_of_one_who_may_read_nothing_more_is_not_written(people, monday, work):
    choose_digest(user=people.office, digest=Often.DAILY)
    people.office.is_active = False
    people.office.save(update_fields=["is_active"])

    assert send_digests() == 0


def test_the_message_carries_a_button_to_stop_it_and_the_link(people, monday, work):
    choose_digest(user=people.office, digest=Often.DAILY)
    send_digests()

    message = message_of(digests()[0], None)

    address = unsubscribe_address(people.office)
    assert message.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    assert "[[secret]]" not in message.body


def test_a_digest_that_was_stopped_before_it_went_is_not_sent(people, monday, work):
    choose_digest(user=people.office, digest=Often.DAILY)
    send_digests()
    choose_digest(user=people.office, digest=Often.OFF)

    with pytest.raises(NotNeeded):
        message_of(digests()[0], None)


def test_the_link_stops_it_without_signing_in_and_opening_it_changes_nothing(people, browser):
    choose_digest(user=people.office, digest=Often.WEEKLY)
    path = "/my/" + unsubscribe_address(people.office).partition("/my/")[2]

    assert "Stop the digest" in browser().get(path).content.decode()
    assert digest_of(people.office) == Often.WEEKLY
    # As a mail program presses it, with no cookie and no token of a form.
    assert browser().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert digest_of(people.office) == Often.OFF


def test_a_link_that_was_altered_stops_nothing(people, browser):
    choose_digest(user=people.office, digest=Often.WEEKLY)
    token = unsubscribe_address(people.office).rstrip("/").rpartition("/")[2]

    assert browser().post(f"/my/mails/stop/{token[:-2]}xx/").status_code == 410
    assert whose("nonsense") is None
    assert digest_of(people.office) == Often.WEEKLY


def test_the_page_saves_the_choice_and_refuses_what_is_none(people, browser):
    client = browser(people.mgr_a)

    assert "Each working day" in client.get("/my/mails/").content.decode()
    assert client.post("/my/mails/", {"digest": "hourly"}).status_code == 422
    assert client.post("/my/mails/", {"digest": "daily"}).status_code == 302
    assert MailChoice.objects.get(user=people.mgr_a).digest == Often.DAILY
