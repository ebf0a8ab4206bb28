"""What stands round a version's body on paper: its mark, document control and signatures."""

from __future__ import annotations

from django.conf import settings

from register.core import dates
from register.core.codes import short_code
from register.documents.body import body_of, canonical
from register.documents.lifecycle import EDITABLE, GOVERNING, State
from register.documents.models import Version
from register.printing.certifying import certificate_of
from register.printing.signed import places_of, signatures_of

DRAFT, OUT, OLD, OVER = "DRAFT", "OUT FOR SIGNATURE", "SUPERSEDED", "ENDED"
UNCONFIRMED = "AS RECORDED, UNCONFIRMED"


def content_of(version: Version) -> bytes:
    """The canonical bytes to print: those that were frozen, or of a draft as it stands now."""
    if version.frozen_at is not None:
        return bytes(version.body.content)
    return canonical(body_of(version))[0]


def frame_of(
    version: Version, *, printed_by: str, headings_only: bool = False, is_sealed: bool = False
) -> dict:
    """The frame of a version for the layout; dates as ISO 8601, times in UTC.

    `is_sealed` is for the one print that is sealed and kept: it says "sealed" instead of who prints,
    and ends with the certificate of completion.
    """
    places = places_of(version)
    code = short_code(version.body_sha256)
    return {
        "status": version.state,
        "mark": mark_of(version),
        "control": _control(version),
        "signatures": signatures_of(places),
        "text_sha256": version.body_sha256,
        "code": code,
        "verify_url": verify_url(code),
        "certificate": certificate_of(version, places) if is_sealed else None,
        "printed_at": dates.now().isoformat(),
        "printed_by": printed_by,
        "is_sealed": is_sealed,
        "headings_only": headings_only,
    }


def verify_url(code: str) -> str:
    """The address where anyone checks the text with a short code; nothing for a draft."""
    return f"{settings.BASE_URL}/verify/{code}/" if code else ""


def mark_of(version: Version) -> str:
    """The mark on every page: nothing for a version that governs and is confirmed."""
    if version.state in EDITABLE:
        return DRAFT
    if version.state in GOVERNING:
        return "" if version.document.is_confirmed else UNCONFIRMED
    return {State.SIGNING: OUT, State.SUPERSEDED: OLD, State.ENDED: OVER}[State(version.state)]


def _control(version: Version) -> dict:
    document = version.document
    owner, lead, office = document.owner, document.lead, document.partnership
    versions = document.versions.order_by("-number")
    first = version.transitions.order_by("at").first()
    return {
        "owner": owner.name if owner else "",
        "lead": lead.legal_name if lead else "",
        "contact": " ".join(filter(None, [office.office_email, office.office_phone])),
        "drawn_up_by": first.by_name if first else "",
        "review_on": _iso(document.review_on),
        "in_force_on": _iso(version.in_force_on),
        "ends_on": _iso(version.ended_on or version.ends_on),
        "versions": [_told(each) for each in versions if _is_told(each, version)],
    }


def _is_told(each: Version, printed: Version) -> bool:
    """Drafts of others do not stand in the table of versions of what is printed."""
    return each.pk == printed.pk or each.state not in EDITABLE


def _told(version: Version) -> dict:
    days = []
    if version.in_force_on:
        days.append(f"in force from {dates.words(version.in_force_on)}")
    if version.ended_on:
        days.append(f"until {dates.words(version.ended_on)}")
    return {
        "number": version.number,
        "label": version.label,
        "state": version.state,
        "dates": " ".join(days),
        "changes": version.changes,
    }


def _iso(day) -> str:
    return day.isoformat() if day else ""
