"""Putting a successor into a draft in the place of the body that it follows."""

from __future__ import annotations

from agreements.flows.models import FlowParty
from register.core.dates import now
from register.directory.models import Organisation, Post
from register.directory.survivors import stand_ins
from register.documents.models import Party, Version
from register.ledger.acts import bulk_update
from register.signing.models import Slot


def name_successors(new: Version, old: Version) -> None:
    """Name in a revision the bodies that stand today for those of the version that it was copied from."""
    rows = list(Party.objects.filter(version=new).select_related("organisation"))
    named = {row.organisation_id: row.organisation for row in rows}
    ends = FlowParty.objects.filter(version=new, organisation__isnull=False)
    for end in ends.select_related("organisation"):
        if end.organisation is not None:
            named[end.organisation.pk] = end.organisation
    stands = stand_ins([new.document_id], named.values())
    for pk in named:
        if (successor := stands.of(new.document_id, pk)) != pk:
            rewrite(new, {pk}, Organisation.objects.get(pk=successor))


def rewrite(version: Version, records: set[int], successor: Organisation) -> bool:
    """Put a successor in the place of a body (by its records) in a draft; whether anything changed.

    Call it inside an act, with the version locked. Where the successor is named already, the body is
    taken out; its places to sign are voided, and the same posts of the successor get one.
    """
    changed = _parties(version, records, successor)
    changed |= _ends(version, records, successor)
    return _slots(version, records, successor) or changed


def _parties(version: Version, records: set[int], successor: Organisation) -> bool:
    rows = Party.objects.select_for_update(of=("self",)).filter(version=version)
    held = {row.part for row in rows if row.organisation_id == successor.pk}
    mine = [row for row in rows if row.organisation_id in records]
    kept = []
    for row in mine:
        if row.part in held:
            row.delete()
            continue
        held.add(row.part)
        row.organisation = successor
        row.row_version += 1
        kept.append(row)
    bulk_update(kept, ["organisation", "row_version"])
    return bool(mine)


def _ends(version: Version, records: set[int], successor: Organisation) -> bool:
    rows = list(FlowParty.objects.select_for_update(of=("self",)).filter(version=version))
    held = {(row.flow_id, row.side) for row in rows if row.organisation_id == successor.pk}
    mine = [row for row in rows if row.organisation_id in records]
    kept = []
    for row in mine:
        if (row.flow_id, row.side) in held:
            row.delete()
            continue
        held.add((row.flow_id, row.side))
        row.organisation = successor
        row.row_version += 1
        kept.append(row)
    bulk_update(kept, ["organisation", "row_version"])
    return bool(mine)


def _slots(version: Version, records: set[int], successor: Organisation) -> bool:
    standing = version.slots.standing().select_related("post")
    mine = list(standing.filter(organisation_id__in=records))
    held = set(standing.filter(organisation=successor).values_list("post_id", flat=True))
    for slot in mine:
        void(slot, f"{successor} takes the place of {slot.organisation}.")
        post = post_of(successor, slot)
        if post is not None and post.pk not in held:
            held.add(post.pk)
            Slot(version=version, organisation=successor, post=post, step=slot.step,
                 is_required=slot.is_required, position=slot.position).save()  # fmt: skip
    return bool(mine)


def void(slot: Slot, why: str) -> None:
    """Void a place to sign: nobody signs there any more, and what stands in it stays readable."""
    slot.voided_at, slot.void_reason = now(), why[:300]
    slot.row_version += 1
    slot.save()


def post_of(successor: Organisation, slot: Slot) -> Post | None:
    """The post that signs for a successor where the same kind of post signed before; None where it
    has none.
    """
    if slot.post is None:
        return None
    posts = Post.objects.filter(organisation=successor, kind=slot.post.kind, ends_on__isnull=True)
    own = posts.order_by("pk").first()
    # The posts of a record that was merged go on; those of a body that is gone have ended.
    return own or (slot.post if slot.post.ends_on is None else None)
