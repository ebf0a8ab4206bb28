"""A calendar feed as text (RFC 5545): all-day events whose names stay, so that a moved date moves its event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Component

from register.worklist.dates_ahead import Event
from register.worklist.parts import entry_address

READ_AGAIN = timedelta(hours=12)
# Programs take a moved event for newer when its number is higher: the minutes since this instant.
FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def calendar_of(events: list[Event], *, name: str) -> bytes:
    """The bytes of a calendar of some events; the same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Data sharing register//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", READ_AGAIN)
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event: Event) -> Component:
    component = Component()
    component.add("uid", f"{event.name}@{urlsplit(settings.BASE_URL).hostname}")
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("sequence", _sequence(event))
    component.add("dtstart", event.day)
    component.add("dtend", event.day + timedelta(days=1))
    component.add("summary", " ".join(event.words.split()))
    component.add("url", f"{settings.BASE_URL}{entry_address(event.reference)}")
    component.add("transp", "TRANSPARENT")
    return component


def _sequence(event: Event) -> int:
    return max(0, (event.changed_at - FIRST) // timedelta(minutes=1))
