"""The words that a printed page says about a version: its state, its mark, its dates."""

from datetime import UTC, date, datetime

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
    "returned": "Returned for changes",
    "withdrawn": "Signature withdrawn",
}
# What the register claims for a signature, and no more than that.
CLAIMS = (
    "Each signature made online is a simple electronic signature with an evidence record that meets "
    "the four advanced-signature criteria as far as a password/MFA or mailbox-verified session can.",
    "Such a signature is admissible in evidence under section 7 of the Electronic Communications "
    "Act 2000. What it proves is for a court to weigh.",
    "Deeds are not supported: nothing here was executed as a deed.",
    "A signature on paper is recorded as it was shown to the register.",
)
NO_CODE = {
    "draft": "No text code: a draft",
    "consultation": "No text code: a draft",
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


def utc_words(value: str | None) -> str:
    """ "2026-11-21 09:32:05 UTC" for an ISO 8601 instant."""
    try:
        return f"{datetime.fromisoformat(value or '').astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return value or ""


def code_words(code: str, status: str) -> str:
    """ "Text code 7QK2M-0ZX4B"; a text that was never frozen has none and says so."""
    return f"Text code {code}" if code else NO_CODE.get(status, "No text code: not frozen")


def place_words(verify_url: str | None) -> str:
    """ "register.example.org/verify" for the address of one text, as people type it."""
    return (verify_url or "").rsplit("/", 2)[0].split("://", 1)[-1]


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
