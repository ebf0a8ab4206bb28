"""Keeping slots, and recording what was signed, refused or withdrawn on paper."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max

from register.core import ripple
from register.core.dates import LONDON, now, today, words
from register.core.verdicts import require
from register.directory.models import Post, TierPost
from register.documents import files
from register.documents.models import Part, Party, Version
from register.documents.permissions import may_edit, may_edit_version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met
from register.ledger.acts import act, bulk_create
from register.signing.causes import signature_ends
from register.signing.models import Signature, SignatureKind, Slot
from register.signing.permissions import may_record, may_withdraw


def add_slot(*, by, version: Version, organisation, post: Post, is_required=True) -> Slot:
    """Add the place where a post signs a draft for a party."""
    with act(by=by, verb="slot.added", subject=version):
        version = lock_version(version)
        require(may_edit_version(by, version))
        _check_post(version, organisation, post)
        slot = Slot(
            version=version,
            organisation=organisation,
            post=post,
            is_required=is_required,
            position=_next_position(version),
        )
        slot.full_clean()
        slot.save()
        keep_up([version.document_id])
    return slot


def propose_slots(*, by, version: Version) -> list[Slot]:
    """Add a slot for each party and each post that the partnership expects to sign this tier.

    A party without such a post gets none: the page says which nomination is missing.
    """
    with act(by=by, verb="slots.proposed", subject=version, quiet=True):
        version = lock_version(version)
        require(may_edit_version(by, version))
        held = set(version.slots.standing().values_list("organisation_id", "post_id"))
        made = [
            slot
            for slot in _expected_slots(version)
            if (slot.organisation_id, slot.post_id) not in held
        ]
        first = _next_position(version)
        for place, slot in enumerate(made, start=first):
            slot.position = place
        bulk_create(made)
        keep_up([version.document_id])
    return made


def void_slot(*, by, slot: Slot, reason: str) -> Slot:
    """Void a slot: nobody signs in it any more, and what stands in it stays readable."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why nobody signs here any more."})
    with act(by=by, verb="slot.voided", subject=slot, reason=reason):
        version = lock_version(slot.version)
        require(may_edit(by, version.document))
        slot = _lock(slot, version)
        if slot.voided_at is None:
            slot.voided_at, slot.void_reason = now(), reason.strip()[:300]
            slot.row_version += 1
            slot.save()
        commence_if_met(version, by=by)
        keep_up([version.document_id])
    return slot


def record_signature(
    *, by, slot: Slot, person, signed_on, scan: bytes | None = None, scan_name: str = "",
    on_behalf_of: str = "", text_sha256: str = "",
) -> Signature:  # fmt: skip
    """Record a signature made on paper; the last that is needed brings the version into force.

    `signed_on` is the date on the paper. The person must have held the slot's post on that day.
    `text_sha256` is the hash printed on the paper, where it was compared.
    """
    with act(by=by, verb="version.signed_on_paper", subject=slot):
        version = lock_version(slot.version)
        slot = _lock(slot, version)
        require(may_record(by, slot))
        _check_day(version, signed_on)
        capacity = _capacity(slot, person, signed_on)
        _check_hash(version, text_sha256)
        row = _row(slot, SignatureKind.ON_PAPER, person.name, signed_on, scan, scan_name)
        row.person, row.capacity, row.on_behalf_of = person, capacity, on_behalf_of
        row.save()
        commence_if_met(version, by=by)
        keep_up([version.document_id])
    return row


def record_refusal(
    *, by, slot: Slot, person_name: str, reason_class: str, reason: str, refused_on,
    scan: bytes | None = None, scan_name: str = "",
) -> Signature:  # fmt: skip
    """Record that a signature was refused: on legal, ethical or operational ground, and why."""
    if not reason.strip():
        raise ValidationError({"reason": "Enter the reason that was given."})
    with act(by=by, verb="version.refused", subject=slot, reason=reason):
        version = lock_version(slot.version)
        slot = _lock(slot, version)
        require(may_record(by, slot))
        _check_day(version, refused_on, name="refused_on")
        row = _row(slot, SignatureKind.REFUSED, person_name, refused_on, scan, scan_name)
        row.reason_class, row.reason = reason_class, reason.strip()
        row.full_clean(exclude=["slot"])
        row.save()
        keep_up([version.document_id])
    return row


def record_withdrawal(
    *, by, slot: Slot, reason: str, withdrawn_on, scan: bytes | None = None, scan_name: str = ""
) -> Signature:
    """Record that a signature was withdrawn on paper: the row stays, and the slot is open again."""
    if not reason.strip():
        raise ValidationError({"reason": "Enter why it was withdrawn."})
    with act(by=by, verb="version.signature_withdrawn", subject=slot, reason=reason):
        version = lock_version(slot.version)
        slot = _lock(slot, version)
        require(may_withdraw(by, slot))
        signed = slot.newest_row
        if withdrawn_on < signed.signed_on:
            raise ValidationError(
                {"withdrawn_on": f"Enter a day that is not before {words(signed.signed_on)}, "
                 "when it was signed."}
            )  # fmt: skip
        _check_day(version, withdrawn_on, name="withdrawn_on")
        row = _row(slot, SignatureKind.WITHDRAWN, signed.person_name, withdrawn_on, scan, scan_name)
        row.person, row.reason = signed.person, reason.strip()
        row.save()
        keep_up([version.document_id])
        for cause in signature_ends(slot):
            ripple.happened(cause, by=by)
    return row


def _expected_slots(version: Version) -> list[Slot]:
    document = version.document
    expected = TierPost.objects.filter(partnership=document.partnership, tier=document.tier)
    kinds = list(expected.order_by("position", "pk"))
    parties = Party.objects.filter(version=version, part=Part.PARTY)
    bodies = [party.organisation_id for party in parties]
    posts: dict[tuple[int, str], Post] = {}
    for post in Post.objects.current(today()).filter(organisation_id__in=bodies).order_by("-pk"):
        posts[post.organisation_id, post.kind] = post
    return [
        Slot(
            version=version,
            organisation_id=body,
            post=posts[body, kind.post_kind],
            is_required=kind.is_required,
        )
        for body in bodies
        for kind in kinds
        if (body, kind.post_kind) in posts
    ]


def _check_post(version: Version, organisation, post: Post) -> None:
    if post.organisation_id != organisation.pk:
        raise ValidationError({"post": f"{post.title} is not a post of {organisation}."})
    parties = Party.objects.filter(version=version, part=Part.PARTY, organisation=organisation)
    if not parties.exists():
        raise ValidationError({"organisation": f"{organisation} is not a party to this version."})
    if not organisation.may_hold_slot:
        raise ValidationError(
            {"organisation": f"{organisation} cannot be bound, so it cannot sign."}
        )


def _check_day(version: Version, day, name: str = "signed_on") -> None:
    if day > today():
        raise ValidationError({name: "Enter a day that is not after today."})
    issued = version.issued_at and version.issued_at.astimezone(LONDON).date()
    if issued and day < issued:
        since = f"{words(issued)}, when this version was issued"
        raise ValidationError({name: f"Enter a day that is not before {since}."})


def _check_hash(version: Version, on_paper: str) -> None:
    digits = "".join(on_paper.split()).lower()
    if digits and len(digits) < 8:
        raise ValidationError({"text_sha256": "Enter at least eight characters of the hash."})
    if not version.body_sha256.startswith(digits):
        raise ValidationError(
            {
                "text_sha256": "The hash on the paper is not that of this version: check which "
                "version was signed."
            }
        )


def _capacity(slot: Slot, person, day) -> str:
    if slot.post is None:
        raise ValidationError("Choose the post that signs here first.")
    held = slot.post.appointments.current(day).filter(person=person).first()
    if held is None:
        raise ValidationError(
            {"person": f"{person} did not hold the post {slot.post} on {words(day)}. "
             "Record the appointment first, or choose who held it."}
        )  # fmt: skip
    return held.capacity


def _row(slot: Slot, kind: str, name: str, day, scan: bytes | None, scan_name: str) -> Signature:
    if not name.strip():
        raise ValidationError({"person_name": "Enter the name."})
    return Signature(
        slot=slot,
        kind=kind,
        person_name=name.strip(),
        post_title=slot.post.title if slot.post else slot.post_words,
        body_name=slot.organisation.legal_name,
        signed_on=day,
        recorded_at=now(),
        body_sha256=slot.version.body_sha256,
        scan=files.store(scan, scan_name) if scan else None,
        scan_name=files.safe_name(scan_name) if scan else "",
    )


def _lock(slot: Slot, version: Version) -> Slot:
    slot = (
        Slot.objects.select_for_update(of=("self",))
        .select_related("organisation", "post")
        .get(pk=slot.pk)
    )
    slot.version = version
    return slot


def _next_position(version: Version) -> int:
    return (version.slots.aggregate(last=Max("position"))["last"] or 0) + 1
