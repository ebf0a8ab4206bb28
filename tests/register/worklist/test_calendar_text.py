"""A calendar is valid to the letter: names that stay, instants and numbers that rise, lines folded."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from icalendar import Calendar

from register.core.dates import now, today
from register.search.models import Row
from register.signing import services as signing
from register.signing.models import SigningRound
from register.worklist.calendar_text import calendar_of
from register.worklist.dates_ahead import Event, events_of
from register.worklist.models import FeedKind
from register.worklist.services.feeds import make_feed
from tests import signing_world

HOST = urlsplit(settings.BASE_URL).hostname
SOON = timedelta(days=20)


@pytest.fixture
def out(db) -> signing_world.Signing:
    """An agreement of the council that is out for signature."""
    return signing_world.out()


def read(feed) -> Calendar:
    content = calendar_of(events_of(feed), name=str(feed))
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
    return Calendar.from_ical(content)


def test_every_event_has_what_the_standard_asks_for(people, fill):
    fill(people.partnership, 1, bodies=[people.council], review_on=today() + SOON,
         ends_on=today() + 2 * SOON, title="Tŷ’r plant: " + "Llŷn, ‘early help’; " * 9)  # fmt: skip
    body = people.council.organisation
    feed, _ = make_feed(user=people.mgr_a, kind=FeedKind.BODY, organisation=body)

    calendar = read(feed)

    assert {str(calendar["prodid"]), str(calendar["version"])} > {"2.0"}
    events = calendar.walk("VEVENT")
    assert len(events) == 2
    assert calendar.errors == []
    for event in events:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "URL"} <= set(event)
        assert event.decoded("dtstamp").utcoffset() == timedelta(0)
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert "‘early help’; Llŷn" in event["summary"]
        assert 0 <= event["sequence"] < 2**31
    assert len({str(event["uid"]) for event in events}) == 2


def test_more_time_to_sign_moves_the_event_and_is_newer_than_before(out):
    office, version = out.county.users["office"], out.version
    feed, _ = make_feed(user=office, kind=FeedKind.BODY, organisation=out.county.council)
    Row.objects.filter(pk=version.document_id).update(review_on=today() + SOON)
    round_ = SigningRound.objects.get(version=version)
    first = today() + SOON
    signing.extend(by=office, version=version, sign_by=first, row_version=round_.row_version)
    before = the_day_to_sign(read(feed))

    with time_machine.travel(now() + timedelta(hours=2)):
        round_.refresh_from_db()
        later = first + SOON
        signing.extend(by=office, version=version, sign_by=later, row_version=round_.row_version)
        after = the_day_to_sign(read(feed))

    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == before.decoded("dtstart") + SOON
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") > before.decoded("last-modified")


def the_day_to_sign(calendar: Calendar):
    (event,) = [each for each in calendar.walk("VEVENT") if str(each["uid"]).startswith("sign-")]
    return event


@pytest.mark.parametrize("title", ["a" * 400, "🏠" * 120, "x\r\nATTACH:https://evil.example/"])
def test_no_title_breaks_a_line_or_adds_one(title):
    event = Event("review-WY-A-1", today(), f"Review of WY-A-1: {title}", "WY-A-1", now())

    content = calendar_of([event], name="My dates")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (read_back,) = Calendar.from_ical(content).walk("VEVENT")
    assert "attach" not in read_back
    assert read_back["summary"] == " ".join(event.words.split())
