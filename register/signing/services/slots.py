"""Keeping the places to sign of a version."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Post, TierPost
from register.documents.bound import parties_today
from register.documents.models import Version
from register.documents.permissions import may_edit, may_edit_version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met
from register.ledger.acts import act, bulk_create
from register.signing.models import Slot
from register.signing.services.rows import lock_slot


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
        slot = lock_slot(slot, version)
        if slot.voided_at is None:
            slot.voided_at, slot.void_reason = now(), reason.strip()[:300]
            slot.row_version += 1
            slot.save()
        commence_if_met(version, by=by)
        keep_up([version.document_id])
    return slot


def _expected_slots(version: Version) -> list[Slot]:
    document = version.document
    expected = TierPost.objects.filter(partnership=document.partnership, tier=document.tier)
    kinds = list(expected.order_by("position", "pk"))
    bodies = list(parties_today(version))
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
    if organisation.pk not in parties_today(version):
        raise ValidationError({"organisation": f"{organisation} is not a party to this version."})
    if not organisation.may_hold_slot:
        raise ValidationError(
            {"organisation": f"{organisation} cannot be bound, so it cannot sign."}
        )


def _next_position(version: Version) -> int:
    return (version.slots.aggregate(last=Max("position"))["last"] or 0) + 1
