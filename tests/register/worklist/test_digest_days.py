"""Digests keep to days and ISO weeks in London, whatever the calendar and the clock do; and to what may be read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from register.core.dates import LONDON, today
from register.notices.messages import message_of
from register.notices.models import Notice
from register.notices.secrets import NotNeeded
from register.search.models import Row, RowReader
from register.worklist.models import Often
from register.worklist.services.digests import send_digests
from register.worklist.services.mail_choices import choose_digest

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def overdue(people, fill):
    """Two overdue reviews of the council."""
    lead = people.council.organisation_id
    return [
        fill(people.partnership, pk, bodies=[people.council], lead_id=lead, title=title,
             review_on=datetime(2026, 1, 1, tzinfo=UTC).date(), open_to_partners=False)
        for pk, title in ((1, "Hearth checks"), (2, "Home visits"))
    ]  # fmt: skip


def written_between(first: datetime, last: datetime) -> list[tuple[str, str]]:
    """The digests of some days, the job run every hour: for which day or week, and when in London."""
    found, at = [], first
    while at <= last:
        with time_machine.travel(at, tick=False):
            if send_digests():
                notice = Notice.objects.filter(key__startswith="digest:").latest("pk")
                local = at.astimezone(LONDON)
                found.append((notice.key.rpartition(":")[2], f"{local:%a %d %H:%M}"))
        at += HOUR
    return found


@pytest.mark.parametrize(
    ("often", "first", "last", "expected"),
    [
        # 53 weeks of 2026: the new year begins within the last of them, after two bank holidays.
        ("weekly", "2026-12-20T00:30", "2027-01-05T12:30",
         [("2026-W52", "Mon 21 07:30"), ("2026-W53", "Tue 29 07:30"), ("2027-W01", "Mon 04 07:30")]),
        # A leap day is a day like others.
        ("daily", "2028-02-28T00:30", "2028-03-01T12:30",
         [("2028-02-28", "Mon 28 07:30"), ("2028-02-29", "Tue 29 07:30"),
          ("2028-03-01", "Wed 01 07:30")]),
        # Clocks go forward on Easter Sunday, and back on a Sunday: seven in the morning stays seven.
        ("daily", "2027-03-25T00:30", "2027-03-30T12:30",
         [("2027-03-25", "Thu 25 07:30"), ("2027-03-30", "Tue 30 07:30")]),
        ("weekly", "2027-10-25T00:30", "2027-11-01T12:30",
         [("2027-W43", "Mon 25 07:30"), ("2027-W44", "Mon 01 07:30")]),
    ],
)  # fmt: skip
def test_each_day_or_week_has_one_digest_at_the_same_hour(
    people, overdue, often, first, last, expected
):
    choose_digest(user=people.off_a, digest=often)
    begin, end = (datetime.fromisoformat(f"{at}+00:00") for at in (first, last))

    assert written_between(begin, end) == expected


@pytest.fixture
def waiting(people, overdue):
    """A digest of the two that waits for its mail server."""
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False):
        choose_digest(user=people.off_a, digest=Often.DAILY)
        assert send_digests() == 1
        notice = Notice.objects.get(key__startswith="digest:")
        assert "Hearth checks" in notice.text
        assert today().isoformat() in notice.key
        yield notice


def test_a_digest_says_what_its_reader_may_read_when_it_is_sent(waiting):
    RowReader.objects.filter(row_id=1).delete()

    message = message_of(waiting, None)

    said = message.body + message.alternatives[0][0]
    assert "Hearth checks" not in said
    assert "Home visits" in said


def test_a_digest_is_not_sent_when_nothing_waits_any_more(waiting):
    Row.objects.update(is_archived=True)

    with pytest.raises(NotNeeded):
        message_of(waiting, None)
