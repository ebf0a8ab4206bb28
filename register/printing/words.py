"""The words that a printed page says about a version: its state, its mark, its dates."""

from datetime import date, datetime

from register.core import dates

STATUSES = {
    "draft": "Draft",
    "consultation": "In consultation",
    "signing": "Out for signature",
    "in_force": "In force",
    "under_review": "Under review",
    "superseded": "Superseded",
    "ended": "Ended",
}
MARKS = {
    "DRAFT": "This text has not been agreed.",
    "OUT FOR SIGNATURE": "This text is agreed but not yet in force.",
    "SUPERSEDED": "A later version has taken the place of this one.",
    "ENDED": "This document is no longer in force.",
    "AS RECORDED, UNCONFIRMED": "Taken over from an earlier register; not yet confirmed.",
}
PARTS = {"party": "Party", "observer": "Observer", "drafting_partner": "Drafting partner"}
SIGNED = {
    "signed": "Signed",
    "refused": "Refused to sign",
    "withdrawn": "Signature withdrawn",
}


def status_words(status: str) -> str:
    """ "In force" for "in_force"."""
    return STATUSES.get(status, status.replace("_", " ").capitalize())


def day_words(value: str | None) -> str:
    """“21 November 2026” for "2026-11-21"; what is not a date is returned as it is."""
    try:
        return dates.words(date.fromisoformat((value or "")[:10]))
    except ValueError:
        return value or ""


def moment_words(value: str | None) -> str:
    """“21 November 2026 at 9:32am” in London for an ISO 8601 instant."""
    try:
        return dates.time_words(datetime.fromisoformat(value or ""))
    except ValueError:
        return value or ""


def commencement_words(commencement: dict | None) -> str:
    """ "When every slot is signed, and not before 1 December 2026"."""
    words = (commencement or {}).get("words") or ""
    day = day_words((commencement or {}).get("on"))
    if words and day:
        return f"{words[0].upper()}{words[1:]}, and not before {day}"
    return f"{words[0].upper()}{words[1:]}" if words else day


def size_words(size: int | None) -> str:
    """ "1.4 MB" for 1,400,000 bytes."""
    if not size:
        return ""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def shortened(text: str, most: int) -> str:
    """The text, cut at a word and ended by "…" where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.-") + "…"
