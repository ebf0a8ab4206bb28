"""What stands in the places to sign of a version, as plain values for the layout."""

from __future__ import annotations

from register.core import dates
from register.documents.models import Version
from register.signing.models import Signature, SignatureKind, Slot

# How a row in a slot is told to the layout; every other kind counts as signed.
TOLD = {
    SignatureKind.REFUSED: "refused",
    SignatureKind.RETURNED: "returned",
    SignatureKind.WITHDRAWN: "withdrawn",
}
HOW = {
    SignatureKind.SIGNED: "Signed online",
    SignatureKind.ON_PAPER: "Signed on paper",
    SignatureKind.ON_BEHALF: "Signed on behalf of a senior officer",
    SignatureKind.CARRIED_OVER: "Carried over from the version before",
    SignatureKind.REFUSED: "Refused to sign",
    SignatureKind.RETURNED: "Returned for changes, with comments",
    SignatureKind.WITHDRAWN: "Signature withdrawn",
}
CAPACITIES = {
    "holder": "Holds the post",
    "acting": "Acts in the post",
    "shared": "Shares the post",
    "deputy": "Deputy for the post",
    "delegate": "Signs for the holder of the post, by a recorded delegation",
}
BY_HAND = (SignatureKind.ON_PAPER, SignatureKind.CARRIED_OVER)


def places_of(version: Version) -> list[tuple[Slot, list[Signature]]]:
    """Each place to sign with its rows, oldest first: those that stand, then those taken out in which
    somebody had signed or answered.
    """
    slots = version.slots.select_related("organisation", "post").order_by("position", "pk")
    rows: dict[int, list[Signature]] = {}
    for row in Signature.objects.filter(slot__version=version).order_by("pk"):
        rows.setdefault(row.slot_id, []).append(row)
    places = [(slot, rows.get(slot.pk, [])) for slot in slots]
    told = [(slot, found) for slot, found in places if found or slot.voided_at is None]
    return sorted(told, key=lambda place: place[0].voided_at is not None)


def signatures_of(places: list[tuple[Slot, list[Signature]]]) -> list[dict]:
    """How each place stands for the signature page: its newest row, and under `earlier` those before."""
    return [_place(slot, rows) for slot, rows in places]


def how_words(row: Signature) -> str:
    """ "Signed online"; who signs for somebody is told by name beside it."""
    return HOW.get(SignatureKind(row.kind), row.get_kind_display())


def capacity_words(row: Signature) -> str:
    """ "Deputy for the post"."""
    return CAPACITIES.get(row.capacity, row.capacity)


def _place(slot: Slot, rows: list[Signature]) -> dict:
    place = {
        "organisation": slot.organisation.legal_name,
        "post": slot.post.title if slot.post else slot.post_words,
        "required": slot.is_required,
        "is_accession": slot.is_accession,
        "voided_on": _day(slot.voided_at),
    }
    if not rows:
        return {**place, "state": "open", "how": _old_register(slot)}
    *earlier, newest = rows
    return {**place, **_row(newest), "earlier": [_row(row) for row in reversed(earlier)]}


def _row(row: Signature) -> dict:
    return {
        "organisation": row.body_name,
        "post": row.post_title,
        "person": row.person_name,
        "capacity": capacity_words(row),
        "on_behalf_of": row.on_behalf_of,
        "on": row.signed_on.isoformat(),
        # Of what is signed by hand the register knows the day only.
        "at": "" if row.kind in BY_HAND else row.recorded_at.isoformat(),
        "how": how_words(row),
        "state": TOLD.get(SignatureKind(row.kind), "signed"),
    }


def _old_register(slot: Slot) -> str:
    if not slot.old_register_words:
        return ""
    day = f", {dates.words(slot.old_register_on)}" if slot.old_register_on else ""
    return f"{slot.old_register_words}{day} (from the old register, unverified)"


def _day(instant) -> str:
    return instant.astimezone(dates.LONDON).date().isoformat() if instant else ""
