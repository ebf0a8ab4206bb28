"""What stands round a version's body on paper: its mark, document control and signatures."""

from __future__ import annotations

from register.core import dates
from register.documents.body import body_of, canonical
from register.documents.lifecycle import EDITABLE, GOVERNING, State
from register.documents.models import Version
from register.signing.models import Signature, SignatureKind

DRAFT, OUT, OLD, OVER = "DRAFT", "OUT FOR SIGNATURE", "SUPERSEDED", "ENDED"
UNCONFIRMED = "AS RECORDED, UNCONFIRMED"
# How a row in a slot is told to the layout.
TOLD = {
    SignatureKind.REFUSED: "refused",
    SignatureKind.WITHDRAWN: "withdrawn",
}


def content_of(version: Version) -> bytes:
    """The canonical bytes to print: those that were frozen, or of a draft as it stands now."""
    if version.frozen_at is not None:
        return bytes(version.body.content)
    return canonical(body_of(version))[0]


def frame_of(version: Version, *, printed_by: str, headings_only: bool = False) -> dict:
    """The frame of a version for the layout; dates as ISO 8601, times in UTC."""
    return {
        "status": version.state,
        "mark": mark_of(version),
        "control": _control(version),
        "signatures": _signatures(version),
        "text_sha256": version.body_sha256,
        "printed_at": dates.now().isoformat(),
        "printed_by": printed_by,
        "headings_only": headings_only,
    }


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


def _signatures(version: Version) -> list[dict]:
    slots = version.slots.standing().select_related("organisation", "post")
    rows: dict[int, Signature] = {}
    for row in Signature.objects.filter(slot__in=slots).order_by("pk"):
        rows[row.slot_id] = row
    return [_signature(slot, rows.get(slot.pk)) for slot in slots]


def _signature(slot, row: Signature | None) -> dict:
    place = {
        "organisation": slot.organisation.legal_name,
        "post": slot.post.title if slot.post else slot.post_words,
        "required": slot.is_required,
    }
    if row is None:
        return {**place, "state": "open", "how": _old_register(slot)}
    return {
        **place,
        "organisation": row.body_name,
        "post": row.post_title,
        "person": row.person_name,
        "on": _iso(row.signed_on),
        "how": row.get_kind_display(),
        "on_behalf_of": row.on_behalf_of,
        "state": TOLD.get(SignatureKind(row.kind), "signed"),
    }


def _old_register(slot) -> str:
    if not slot.old_register_words:
        return ""
    day = f", {dates.words(slot.old_register_on)}" if slot.old_register_on else ""
    return f"{slot.old_register_words}{day} (from the old register, unverified)"


def _iso(day) -> str:
    return day.isoformat() if day else ""
