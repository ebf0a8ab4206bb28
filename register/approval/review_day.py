"""The day of a review as a calendar's event (RFC 5545), for somebody's own calendar."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from register.core.dates import now
from register.documents.models import Version


def event_of(version: Version) -> str:
    """One event that lasts the day on which a version's document is looked at again."""
    document = version.document
    day = document.review_on
    if day is None:
        raise ValueError(f"{document} has no day of review.")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Data sharing register//EN",
        "BEGIN:VEVENT",
        f"UID:review-{document.reference}@{urlsplit(settings.BASE_URL).hostname}",
        f"DTSTAMP:{now():%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'Review of {document.reference}: {version.title}')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """A line of 75 octets at most, the rest on lines that begin with a blank."""
    parts: list[str] = []
    rest = ""
    for char in line:
        if len((rest + char).encode()) > (75 if not parts else 74):
            parts.append(rest)
            rest = ""
        rest += char
    return "\r\n ".join([*parts, rest])
