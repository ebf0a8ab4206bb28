"""A calendar feed shows what its holder may read on the day, by a secret address that can be revoked."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from icalendar import Calendar

from register.core.dates import today
from register.directory.models import MembershipUserObjectPermission
from register.search.models import Row
from register.worklist.models import Feed, FeedKind
from register.worklist.services.feeds import make_feed, regenerate, revoke
from tests import worlds

SOON = timedelta(days=20)
HOST = urlsplit(settings.BASE_URL).hostname


@worlds.shared
def feed(people) -> tuple[Feed, str]:
    """The dates of the council, for its manager."""
    body = people.council.organisation
    return make_feed(user=people.mgr_a, kind=FeedKind.BODY, organisation=body)


@pytest.fixture
def entry(people, fill) -> Row:
    """An agreement of the council that is reviewed soon, and ends some time after."""
    return fill(
        people.partnership, 1, bodies=[people.council], review_on=today() + SOON,
        ends_on=today() + 2 * SOON, title="Hearth; checks, and\\or more\nBEGIN:VEVENT",
    )  # fmt: skip


def read(browser, secret: str) -> Calendar:
    answer = browser().get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def events(calendar: Calendar) -> dict[str, object]:
    return {str(each["uid"]): each for each in calendar.walk("VEVENT")}


def test_reviews_and_ends_are_all_day_events_with_names_that_stay(feed, entry, browser):
    calendar = read(browser, feed[1])
    found = events(calendar)

    review = found[f"review-{entry.reference}@{HOST}"]
    assert review.decoded("dtstart") == today() + SOON
    assert review.decoded("dtend") == today() + SOON + timedelta(days=1)
    assert b"VALUE=DATE:" in calendar.to_ical()
    assert set(found) == {f"{kind}-{entry.reference}@{HOST}" for kind in ("review", "end")}


def test_the_calendar_has_a_name_and_says_when_to_read_it_again(feed, entry, browser):
    text = browser().get(f"/calendar/{feed[1]}.ics").content.decode()

    assert "X-WR-CALNAME:Dates of Wyrefordshire County Council in the register\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_title_that_looks_like_a_calendar_is_only_words(feed, entry, browser):
    found = events(read(browser, feed[1]))

    assert len(found) == 2
    summary = found[f"review-{entry.reference}@{HOST}"]["summary"]
    assert summary == f"Review of {entry.reference}: Hearth; checks, and\\or more BEGIN:VEVENT"


def test_a_moved_date_moves_its_event(feed, entry, browser):
    before = set(events(read(browser, feed[1])))
    Row.objects.update(review_on=today() + 3 * SOON)

    found = events(read(browser, feed[1]))

    assert set(found) == before
    assert found[f"review-{entry.reference}@{HOST}"].decoded("dtstart") == today() + 3 * SOON


def test_the_same_dates_give_the_same_bytes(feed, entry, browser):
    address = f"/calendar/{feed[1]}.ics"

    assert browser().get(address).content == browser().get(address).content


def test_restricted_entries_leave_no_trace(feed, entry, browser):
    Row.objects.update(is_restricted=True)

    text = browser().get(f"/calendar/{feed[1]}.ics").content.decode()

    assert "BEGIN:VEVENT" not in text
    assert entry.reference not in text


def test_entries_of_other_bodies_and_of_other_partnerships_stand_in_none(
    people, feed, fill, browser
):
    fill(people.partnership, 7, bodies=[people.police], review_on=today() + SOON)

    assert events(read(browser, feed[1])) == {}


def test_a_new_address_kills_the_old_one(people, feed, browser):
    row, old = feed

    new = regenerate(user=people.mgr_a, feed=row)

    assert browser().get(f"/calendar/{old}.ics").status_code == 404
    assert browser().get(f"/calendar/{new}.ics").status_code == 200


def test_a_revoked_feed_is_dead_and_gets_no_new_address(people, feed, browser):
    row, secret = feed
    revoke(user=people.mgr_a, feed=row)

    assert browser().get(f"/calendar/{secret}.ics").status_code == 404
    with pytest.raises(ValidationError, match="This feed is revoked"):
        regenerate(user=people.mgr_a, feed=row)


def test_a_holder_whose_login_is_off_has_no_feed(people, feed, entry, browser):
    people.mgr_a.is_active = False
    people.mgr_a.save(update_fields=["is_active"])

    assert browser().get(f"/calendar/{feed[1]}.ics").status_code == 404


def test_a_holder_who_lost_the_role_gets_an_empty_calendar(people, feed, entry, browser):
    MembershipUserObjectPermission.objects.filter(user=people.mgr_a).delete()

    assert events(read(browser, feed[1])) == {}


def test_nobody_makes_a_feed_of_a_body_that_they_may_not_know_of(people, feed):
    with pytest.raises(ValidationError, match="Choose the body"):
        make_feed(
            user=people.outsider, kind=FeedKind.BODY, organisation=people.council.organisation
        )


def test_only_the_digest_of_an_address_is_kept(feed):
    row, secret = feed

    assert secret not in str(vars(Feed.objects.get(pk=row.pk)))


def test_the_page_makes_shows_once_renews_and_revokes(people, feed, browser):
    client = browser(people.off_a)
    page = client.post("/my/calendars/", {"kind": "me"})
    secret = page.context["address"].rpartition("/")[2]
    row = Feed.objects.get(user=people.off_a)

    assert client.get(f"/calendar/{secret}").status_code == 200
    assert secret not in client.get("/my/calendars/").content.decode()
    assert client.post(f"/my/calendars/{row.pk}/renew/").context["address"]
    assert client.post(f"/my/calendars/{row.pk}/revoke/").status_code == 302
    assert client.get(f"/calendar/{secret}").status_code == 404
    assert client.post("/my/calendars/", {"kind": "body"}).status_code == 422


def test_nobody_revokes_or_renews_the_feed_of_somebody_else(people, feed, browser):
    client = browser(people.off_b)

    assert client.post(f"/my/calendars/{feed[0].pk}/revoke/").status_code == 404
    assert client.post(f"/my/calendars/{feed[0].pk}/renew/").status_code == 404
    assert Feed.objects.get(pk=feed[0].pk).revoked_at is None
