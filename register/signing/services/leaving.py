"""Bodies that join a document in force, and bodies that leave it, without everybody signing again."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from register.core import ripple
from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Organisation, Post
from register.documents.bound import bound_bodies
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.documents.permissions import may_edit
from register.documents.ripples import touches_of
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act
from register.signing import emails
from register.signing.causes import party_left, signature_ends
from register.signing.models import (
    COUNTS_AS_SIGNED,
    STRENGTHS,
    Method,
    Signature,
    SignatureKind,
    Slot,
)
from register.signing.services.asking import ask_due
from register.signing.services.closing import close_requests
from register.signing.services.rows import new_row, request_for


def accede(*, by, document: Document, organisation: Organisation, post: Post) -> Slot:
    """Let a body join what is in force: it gets a place to sign, and nobody else signs again.

    It is bound from its own signature on; the next revision names it among the parties.
    """
    with act(by=by, verb="version.acceded", subject=document):
        version = _governing(by, document)
        _check_may_join(version, organisation, post)
        last = version.slots.aggregate(last=Max("position"))["last"] or 0
        slot = Slot(version=version, organisation=organisation, post=post, is_accession=True,
                    is_required=False, position=last + 1)  # fmt: skip
        slot.full_clean(exclude=["version"])
        slot.save()
        for row in post.holders(today())[:1]:
            request_for(slot, row.person).save()
        ask_due(version)
        keep_up([document.pk])
    return slot


def leave(
    *, by, document: Document, organisation: Organisation, on: date, reason: str
) -> list[Signature]:
    """Let a body leave what is in force, from a day on: its signatures are withdrawn and stay readable.

    What rests on them is told, and becomes a task for whoever keeps it.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why it leaves."})
    with act(by=by, verb="version.left", subject=document, reason=reason) as this:
        version = _governing(by, document)
        this.detail["body"] = organisation.legal_name
        _check_day(version, on)
        slots = list(_signed_slots(version, organisation))
        if not slots:
            raise ValidationError({"organisation": f"No signature of {organisation} stands here."})
        rows = [_left(slot, version, on, reason) for slot in slots]
        causes = {cause.key: cause for slot in slots for cause in signature_ends(slot)}
        for cause in causes.values():
            ripple.happened(cause, by=by)
        here = touches_of(Document.objects.filter(pk=document.pk), "A party has left it.")
        for cause in party_left(version, organisation, rows[0]):
            ripple.happened(cause, by=by, touches=here)
        emails.tell_officer(
            version, says=f"{organisation} leaves {document.reference}.", more=reason,
            key=f"left:{rows[0].pk}", is_needed=False,
        )  # fmt: skip
        keep_up([document.pk])
    return rows


def acceded_bodies(version_ids: list[int]) -> dict[int, set[int]]:
    """For versions the bodies that joined after they came into force and have signed."""
    found: dict[int, set[int]] = {}
    slots = Slot.objects.standing().signed().filter(version__in=version_ids, is_accession=True)
    for version_id, body in slots.values_list("version_id", "organisation_id"):
        found.setdefault(version_id, set()).add(body)
    return found


def _governing(by, document: Document) -> Version:
    version = document.governing
    if version is None or version.frozen_at is None:
        raise ValidationError(f"{document} has no signed version in force.")
    version = lock_version(version)
    require(may_edit(by, version.document))
    if version.state not in GOVERNING:
        raise ValidationError(f"{document} has no signed version in force.")
    return version


def _check_may_join(version: Version, organisation: Organisation, post: Post) -> None:
    if post.organisation_id != organisation.pk:
        raise ValidationError({"post": f"{post.title} is not a post of {organisation}."})
    if not organisation.may_hold_slot:
        raise ValidationError(
            {"organisation": f"{organisation} cannot be bound, so it cannot sign."}
        )
    slots = version.slots.standing().filter(organisation=organisation)
    if slots.exists() or organisation in bound_bodies(version):
        raise ValidationError({"organisation": f"{organisation} is a party already."})


def _check_day(version: Version, on: date) -> None:
    if on > today():
        raise ValidationError({"on": "Enter a day that is not after today."})
    if version.in_force_on and on < version.in_force_on:
        raise ValidationError({"on": "Enter a day on which the version was in force."})


def _signed_slots(version: Version, organisation: Organisation):
    slots = version.slots.standing().with_last().select_related("organisation", "post")
    return slots.filter(organisation=organisation, last_kind__in=COUNTS_AS_SIGNED)


def _left(slot: Slot, version: Version, on: date, reason: str) -> Signature:
    slot.version = version
    signed = slot.newest_row
    row = new_row(slot, SignatureKind.WITHDRAWN, signed.person_name, on)
    row.person, row.reason = signed.person, reason.strip()
    row.method, row.strength = Method.PAPER, STRENGTHS[Method.PAPER]
    row.save()
    close_requests(slot.requests.open(), "cancelled", "The body has left.")
    return row
