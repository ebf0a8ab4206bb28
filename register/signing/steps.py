"""What signing adds to the life of a version; plugged into `documents.steps` when the program starts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from register.core.dates import now
from register.directory.survivors import stand_ins
from register.documents.bound import parties_today
from register.documents.models import Commencement, Part, Party, Version
from register.ledger.acts import bulk_create, bulk_update
from register.signing.emails import complete
from register.signing.models import COUNTS_AS_SIGNED, Slot
from register.signing.services.closing import lapse
from register.signing.services.leaving import acceded_bodies
from register.signing.services.old_register import old_slot


def copy_slots(new: Version, old: Version) -> None:
    """Give a revision the standing slots of the version it was copied from."""
    # What was voided only because the old version closed is asked for again.
    lapsed = Q(voided_at__isnull=True) | Q(void_reason=_closing_reason(old))
    slots = old.slots.filter(lapsed, post__isnull=False)
    bulk_create(
        [
            Slot(
                version=new,
                organisation_id=slot.organisation_id,
                post_id=slot.post_id,
                is_required=slot.is_required or slot.is_accession,
                step=slot.step,
                position=slot.position,
            )
            for slot in slots
        ]
    )


def copy_acceded(new: Version, old: Version) -> None:
    """Name in a revision the bodies that joined the version before it after it came into force."""
    bodies = acceded_bodies([old.pk]).get(old.pk, set())
    last = Party.objects.filter(version=new).count()
    bulk_create(
        [
            Party(version=new, organisation_id=pk, part=Part.PARTY, position=place)
            for place, pk in enumerate(sorted(bodies), start=last + 1)
        ]
    )


def require_slots(version: Version) -> None:
    """Refuse to issue a version in which a party has nowhere to sign, or nobody's slot is needed."""
    slots = list(version.slots.standing().select_related("organisation", "post"))
    stands = stand_ins([version.document_id], [slot.organisation for slot in slots])
    today = {slot.pk: stands.of(version.document_id, slot.organisation_id) for slot in slots}
    bodies = parties_today(version)
    for slot in slots:
        if today[slot.pk] not in bodies:
            raise ValidationError(
                f"{slot.organisation} has a place to sign but is no party. Void it."
            )
        if slot.post_id is None:
            raise ValidationError(f"Choose the post that signs for {slot.organisation}.")
    signing = set(today.values())
    if missing := [str(body) for pk, body in bodies.items() if pk not in signing]:
        raise ValidationError(
            f"No post signs for {', '.join(missing)}. Add a place to sign for each."
        )
    if not any(slot.is_required for slot in slots):
        raise ValidationError("Mark at least one place to sign as needed for coming into force.")


def why_not_in_force(version: Version) -> str:
    """Why the commencement condition is not met yet; an empty sentence when it is."""
    standing = version.slots.standing()
    waiting = version.slots.open()
    if version.commencement == Commencement.TWO_PARTIES:
        bodies = set(standing.signed().values_list("organisation_id", flat=True))
        # A party that still has to sign in another place has not signed yet.
        bodies -= set(waiting.filter(is_required=True).values_list("organisation_id", flat=True))
        return "" if len(bodies) >= 2 else f"{version} waits for two parties to sign."
    if version.commencement == Commencement.REQUIRED_SLOTS:
        waiting = waiting.filter(is_required=True)
    if not standing.exists():
        return f"{version} has no place to sign: nobody has signed it."
    names = [str(slot.organisation) for slot in waiting.select_related("organisation")[:5]]
    return f"{version} waits for {', '.join(names)}." if names else ""


def tell_in_force(version: Version, older: Version | None, *, by) -> None:
    """Tell everybody who signed, and those who get copies, that a version is in force."""
    complete(version)


def void_open_slots(version: Version, *, by) -> None:
    """Void what is still open in a version that has ended or was superseded."""
    slots = list(version.slots.open())
    for slot in slots:
        slot.voided_at = now()
        slot.void_reason = _closing_reason(version)
        slot.row_version += 1
    bulk_update(slots, ["voided_at", "void_reason", "row_version"])
    lapse(version, by=by)


def slots_in_body(version: Version) -> list[dict]:
    """The slots as the canonical body has them."""
    slots = version.slots.standing().select_related("organisation", "post")
    return [
        {
            "organisation": slot.organisation.legal_name,
            "post": slot.post.title if slot.post else slot.post_words,
            "required": slot.is_required,
        }
        for slot in slots
    ]


def signed_counts(version_ids: list[int]) -> dict[int, tuple[int, int]]:
    """For each version how many of its standing slots are signed, and how many stand."""
    slots = Slot.objects.standing().with_last().filter(version_id__in=version_ids)
    rows = slots.values("version_id").annotate(
        count=Count("pk"), signed=Count("pk", filter=Q(last_kind__in=COUNTS_AS_SIGNED))
    )
    return {row["version_id"]: (row["signed"], row["count"]) for row in rows.order_by()}


def _closing_reason(version: Version) -> str:
    return f"The version is {version.get_state_display().lower()}."


def admit_slots(pairs: list[tuple[Version, list]]) -> None:
    """Make slots of what an old register says of signatures; none of them counts as signed."""
    bulk_create(
        [
            old_slot(version, organisation, words, day, place)
            for version, signed in pairs
            for place, (organisation, words, day) in enumerate(signed, start=1)
        ]
    )
