"""What signing shows on the pages of a document: who signed, who is waited for, who shall sign."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from register.directory.survivors import stand_ins
from register.documents.bound import parties_today
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.panels import NextStep, Panel, TaskLine
from register.documents.permissions import may_edit
from register.signing.models import Signature, Slot

NAMES_SHOWN = 5


@dataclass
class Place:
    """A slot with everything that happened in it, oldest first."""

    slot: Slot
    rows: list[Signature] = field(default_factory=list)

    @property
    def newest(self) -> Signature | None:
        """The row that says how the slot stands today."""
        return self.rows[-1] if self.rows else None

    @property
    def is_signed(self) -> bool:
        """Whether a signature counts here today."""
        return bool(self.newest and self.newest.counts)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody could still sign here."""
        return not self.slot.voided_at and not self.is_signed

    @property
    def status(self) -> str:
        """How the slot stands, in a word or two."""
        if self.slot.voided_at:
            return "Voided"
        if self.newest is None:
            return "Waiting"
        return "Signed" if self.newest.counts else self.newest.get_kind_display()

    @property
    def earlier(self) -> list[Signature]:
        """What happened before the newest row, newest first."""
        return self.rows[-2::-1]


def places_of(version: Version) -> list[Place]:
    """The slots of a version with their rows, in two statements for any number of them."""
    slots = version.slots.select_related("organisation", "post__organisation", "version__document")
    places = {slot.pk: Place(slot) for slot in slots}
    rows = Signature.objects.filter(slot__in=list(places)).select_related("scan", "person")
    for row in rows.order_by("pk"):
        places[row.slot_id].rows.append(row)
    return sorted(places.values(), key=lambda place: bool(place.slot.voided_at))


def signatures_panel(user, version: Version) -> Panel | None:
    """Who signed, when and how; who refused and why; who is waited for."""
    places = places_of(version)
    if not places:
        return None
    standing = [place for place in places if not place.slot.voided_at]
    signed = sum(place.is_signed for place in standing)
    verdict = may_edit(user, version.document)
    return Panel(
        heading="Signatures",
        template="signing/_signatures.html",
        context={
            "places": places,
            "signed": signed,
            "slots": len(standing),
            "may_edit": verdict,
            "is_issued": version.frozen_at is not None,
            "is_governed": version.frozen_at is not None and version.is_governing,
        },
        sentence=_sentence(version, standing, signed),
        next_step=_next_step(version, standing, verdict),
    )


def slots_task(version: Version) -> TaskLine:
    """How far the places to sign of a draft are, and what is missing before it is sent."""
    url = reverse("signing:slots", args=[version.document.reference])
    slots = version.slots.standing().select_related("organisation", "post")
    stands = stand_ins([version.document_id], [slot.organisation for slot in slots])
    today = {slot.pk: stands.of(version.document_id, slot.organisation_id) for slot in slots}
    signing = {today[slot.pk] for slot in slots if slot.post_id}
    bodies = parties_today(version)
    missing = [body for pk, body in bodies.items() if pk not in signing]
    problems = [f"Add a place to sign for {body}." for body in missing]
    problems += [
        f"{slot.organisation} has a place to sign but is no party: void it."
        for slot in slots
        if today[slot.pk] not in bodies
    ]
    if slots and not any(slot.is_required for slot in slots):
        problems.append("Mark at least one place to sign as needed for coming into force.")
    status = "Not started" if not slots else "In progress" if problems else "Complete"
    hint = "The post that signs for each party"
    return TaskLine("slots", "Who signs", url, status, hint, tuple(problems))


def _sentence(version: Version, standing: list[Place], signed: int) -> str:
    if version.frozen_at is None and not version.is_admitted:
        return ""
    said = f"{signed} of {len(standing)} signed."
    refused = [place for place in standing if place.newest and place.newest.kind == "refused"]
    waiting = [place for place in standing if place.is_waiting and place not in refused]
    if waiting and version.state in {State.SIGNING, State.IN_FORCE, State.UNDER_REVIEW}:
        said += f" Waiting for {_names(waiting)}."
    if refused:
        said += f" Refused by {_names(refused)}."
    return said


def _names(places: list[Place]) -> str:
    names = list(dict.fromkeys(place.slot.organisation.called for place in places))
    more = len(names) - NAMES_SHOWN
    names = names[:NAMES_SHOWN] + ([f"{more} more"] if more > 0 else [])
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _next_step(version: Version, standing: list[Place], verdict) -> NextStep | None:
    if version.state != State.SIGNING:
        return None
    waiting = next((place for place in standing if place.is_waiting), None)
    if waiting is None:
        return None
    return NextStep("Record a signature", waiting.slot.get_absolute_url(), verdict)
