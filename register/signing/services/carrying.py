"""Carrying signatures over to a new version, for the parties whose part is materially unchanged."""

from __future__ import annotations

from datetime import date, timedelta

from register.core.dates import now, today
from register.documents.comparing import compare
from register.documents.models import Version
from register.jobs.items import each
from register.ledger.acts import act
from register.signing.models import (
    COUNTS_AS_SIGNED,
    Closed,
    Method,
    Signature,
    SignatureKind,
    SigningRequest,
    Slot,
)
from register.signing.services.closing import close_requests

OBJECT_DAYS = 28


def carry_over(version: Version, *, by) -> list[Signature]:
    """Carry over what stands in the governing version, where a party's part is materially unchanged.

    Each is told with the difference and may object for four weeks. Call it inside the act that
    sends the version out, with the version locked.
    """
    older = version.document.governing
    if older is None or older.frozen_at is None or older.pk == version.pk:
        return []
    before = _standing_signatures(older)
    if not before:
        return []
    difference = compare(older, version, signed={row.body_name for row in before.values()})
    carried = []
    for slot in version.slots.open().select_related("organisation", "post"):
        old = before.get((slot.organisation_id, slot.post_id))
        if old is None or difference.class_for(old.body_name) == "material":
            continue
        slot.version = version
        carried.append(_carry(slot, old, by))
    return carried


def accept_told() -> int:
    """Close what people were told of and did not object to, when the day has passed. How many."""
    rows = SigningRequest.objects.open().filter(is_notice=True, object_by__lt=today())

    def accept(pk: int) -> int:
        with act(by="system:accept_told", verb="signatures.accepted", quiet=True):
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            return close_requests([row], Closed.ACCEPTED) if row else 0

    keys = rows.order_by("pk").values_list("pk", flat=True)
    return each("accept_told", keys, accept, key=lambda pk: f"request {pk}")


def names_signed(version: Version) -> set[str]:
    """The names of the bodies with a signature that stands under a version."""
    return {row.body_name for row in _standing_signatures(version).values()}


def _standing_signatures(older: Version) -> dict[tuple[int, int | None], Signature]:
    slots = (
        Slot.objects.standing().with_last().filter(version=older, last_kind__in=COUNTS_AS_SIGNED)
    )
    keys = {slot.pk: (slot.organisation_id, slot.post_id) for slot in slots}
    rows = Signature.objects.filter(slot__in=list(keys), kind__in=COUNTS_AS_SIGNED)
    return {keys[row.slot_id]: row for row in rows.select_related("person").order_by("pk")}


def _carry(slot: Slot, old: Signature, by) -> Signature:
    with act(by=by, verb="version.signature_carried_over", subject=slot):
        row = Signature(
            slot=slot, kind=SignatureKind.CARRIED_OVER, person=old.person,
            person_name=old.person_name, post_title=slot.post_called,
            body_name=slot.organisation.legal_name, capacity=old.capacity,
            on_behalf_of=old.on_behalf_of, method=Method.CARRIED, signed_on=old.signed_on,
            strength=f"signed {old.slot.version if old.slot_id else ''}".strip()[:80],
            recorded_at=now(), body_sha256=slot.version.body_sha256,
        )  # fmt: skip
        row.save()
        _tell(slot, old)
    return row


def _tell(slot: Slot, old: Signature) -> None:
    person = _whom_to_tell(slot) or old.person
    if person is None or slot.requests.open().filter(person=person).exists():
        return
    SigningRequest(
        slot=slot, person=person, is_notice=True, object_by=objects_until(today())
    ).save()


def objects_until(day: date) -> date:
    """The last day on which somebody who was told on a day may object."""
    return day + timedelta(days=OBJECT_DAYS)


def _whom_to_tell(slot: Slot):
    holders = slot.post.holders(today()) if slot.post else []
    return holders[0].person if holders else None
