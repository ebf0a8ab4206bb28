"""Reads the places to sign of many documents at once, and says what follows for each body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from register.core.dates import LONDON
from register.directory.models import Membership, Organisation
from register.directory.survivors import StandIns
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Part, Party, Version
from register.signing.models import Signature, SignatureKind, Slot
from register.signing.standing_words import (
    ASKED,
    ENDED,
    LAPSED,
    OBSERVER,
    REFUSED,
    SIGNED,
    SUPERSEDED,
    UNCONFIRMED,
    WITHDRAWN,
    Standing,
)


class ReadVersion(NamedTuple):
    """What is read of a version."""

    pk: int
    document: int
    state: str
    issued_at: datetime | None
    in_force_on: date | None
    ended_on: date | None
    is_admitted: bool


class ReadSlot(NamedTuple):
    """What is read of a place to sign."""

    pk: int
    version: int
    organisation: int
    is_required: bool
    old_words: str
    old_on: date | None
    post_title: str | None
    post_words: str


class ReadRow(NamedTuple):
    """What is read of the newest row in a place."""

    slot: int
    kind: str
    signed_on: date
    post_title: str


@dataclass
class _Places:
    """What one version holds of one body."""

    slots: list[ReadSlot] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)


class Reading:
    """What is read of some documents, once, and what follows from it."""

    def __init__(
        self, ids: list[int], day: date, merged: dict[int, int], stands: StandIns,
        records: set[int] | None,
    ) -> None:  # fmt: skip
        self.day, self.merged, self.stands = day, merged, stands
        self.records = Q() if records is None else Q(organisation_id__in=records)
        rows = Document.objects.filter(pk__in=ids).values_list(
            "pk", "partnership_id", "is_confirmed"
        )
        self.documents = {pk: (place, confirmed) for pk, place, confirmed in rows}
        self.versions: dict[int, list[ReadVersion]] = defaultdict(list)
        versions = Version.objects.not_drafts().filter(document_id__in=ids).order_by("number")
        for row in versions.values_list(
            "pk", "document_id", "state", "issued_at", "in_force_on", "ended_on", "is_admitted"
        ):
            self.versions[row[1]].append(ReadVersion(*row))
        self.places: dict[tuple[int, int], _Places] = defaultdict(_Places)
        self.newest: dict[int, ReadRow] = {}
        self.document_of = {v.pk: v.document for rows in self.versions.values() for v in rows}
        self._read_places(list(self.document_of))
        self.left = self._left()

    def standings(self, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], Standing]:
        """The standing of every pair wanted, and of every body that the documents name."""
        named = defaultdict(set)
        for version, body in self.places:
            named[version].add(body)
        pairs = set(wanted)
        for document, versions in self.versions.items():
            pairs |= {(document, body) for v in versions for body in named[v.pk]}
        return {
            (document, body): self._standing(document, body)
            for document, body in pairs
            if document in self.documents
        }

    def _standing(self, document: int, body: int) -> Standing:
        partnership, is_confirmed = self.documents[document]
        versions = self.versions[document]
        current = next((v for v in reversed(versions) if _governs(v, self.day)), None)
        signing = next((v for v in reversed(versions) if _is_signed_on(v, self.day)), None)
        found = self._in_version(current, body) or self._next(signing, current, body)
        if found is None:
            return self._without_place(versions, current, body)
        if found.code == SIGNED and not is_confirmed:
            return Standing(UNCONFIRMED, found.on, found.post, found.slot_id)
        if found.code == SIGNED and (left := self.left.get((partnership, body))):
            return Standing(LAPSED, left, found.post, found.slot_id)
        return found

    def _in_version(self, version: ReadVersion | None, body: int) -> Standing | None:
        """How a body stands by its places in one version; nothing where it has none."""
        if version is None or (version.pk, body) not in self.places:
            return None
        place = self.places[version.pk, body]
        slots = [slot for slot in place.slots if slot.is_required] or place.slots
        if slots:
            return self._of_slots(slots)
        is_observer = Part.OBSERVER in place.parts and Part.PARTY not in place.parts
        return Standing(OBSERVER) if is_observer else None

    def _next(
        self, signing: ReadVersion | None, current: ReadVersion | None, body: int
    ) -> Standing | None:
        """How a body stands by the version out for signature, while another governs or none does."""
        found = self._in_version(signing, body)
        if found is not None and found.code == SIGNED and current is not None:
            # It signed what does not govern yet.
            return Standing(ASKED, None, found.post, found.slot_id)
        return found

    def _without_place(self, versions: list[ReadVersion], current, body: int) -> Standing:
        """How a body stands that has no place in what governs or is being signed."""
        governed = [v for v in versions if _has_governed(v, self.day)]
        for version in reversed([v for v in governed if v is not current]):
            earlier = self._in_version(version, body)
            if current is None and (version.pk, body) in self.places:
                if earlier is not None and earlier.code == OBSERVER:
                    return earlier
                post, slot = (earlier.post, earlier.slot_id) if earlier else ("", None)
                return Standing(ENDED, version.ended_on, post, slot)
            if earlier is not None and earlier.code == SIGNED:
                return Standing(SUPERSEDED, earlier.on, earlier.post, earlier.slot_id)
        return Standing()

    def _of_slots(self, slots: list[ReadSlot]) -> Standing:
        """The standing that some places give together: the worst that happened, else signed."""
        each = [self._of_slot(slot) for slot in slots]
        for code in (WITHDRAWN, REFUSED, ASKED):
            if found := [one for one in each if one.code == code]:
                return max(found, key=_day_of)
        return max(each, key=_day_of)

    def _of_slot(self, slot: ReadSlot) -> Standing:
        post = slot.post_title or slot.post_words
        newest = self.newest.get(slot.pk)
        if newest is not None:
            code = _CODES.get(newest.kind, SIGNED)
            return Standing(code, newest.signed_on, newest.post_title or post, slot.pk)
        if slot.old_words:
            return Standing(SIGNED, slot.old_on, post, slot.pk)
        return Standing(ASKED, None, post, slot.pk)

    def _read_places(self, version_ids: list[int]) -> None:
        rows = Slot.objects.filter(
            self.records, version_id__in=version_ids, voided_at__isnull=True
        ).order_by("position", "pk")
        columns = (
            "pk", "version_id", "organisation_id", "is_required", "old_register_words",
            "old_register_on", "post__title", "post_words",
        )  # fmt: skip
        for slot in map(ReadSlot._make, rows.values_list(*columns)):
            self.places[slot.version, self._in_place(slot.version, slot.organisation)].slots.append(
                slot
            )
        signatures = Signature.objects.filter(slot__in=rows.order_by(), signed_on__lte=self.day)
        names = ("slot_id", "kind", "signed_on", "post_title")
        for row in map(ReadRow._make, signatures.order_by("pk").values_list(*names)):
            self.newest[row.slot] = row
        parties = Party.objects.filter(self.records, version_id__in=version_ids)
        for version, body, part in parties.values_list("version_id", "organisation_id", "part"):
            self.places[version, self._in_place(version, body)].parts.add(part)

    def _in_place(self, version: int, body: int) -> int:
        """Who stands in a version's entry for a body that it names."""
        return self.stands.of(self.document_of[version], body)

    def _body(self, pk: int) -> int:
        return self.merged.get(pk, pk)

    def _left(self) -> dict[tuple[int, int], date]:
        """The bodies whose last membership of a partnership, or which themselves, ended before the day."""
        partnerships = {place for place, _ in self.documents.values()}
        bodies = {body for _, body in self.places}
        ends: dict[tuple[int, int], date | None] = {}
        # One that starts later holds nobody in the meantime.
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=self.day)
        rows = Membership.objects.filter(begun, partnership_id__in=partnerships).order_by("pk")
        for place, body, end in rows.values_list("partnership_id", "organisation_id", "ends_on"):
            key = (place, self._body(body))
            held = ends.get(key, date.min)
            ends[key] = None if held is None or end is None else max(held, end)
        gone = Organisation.objects.filter(ends_on__lt=self.day, merged_into__isnull=True)
        for body, end in gone.values_list("pk", "ends_on"):
            ends |= {(place, body): end for place in partnerships if body in bodies}
        return {key: end for key, end in ends.items() if end is not None and end < self.day}


def _has_governed(version: ReadVersion, day: date) -> bool:
    if version.in_force_on is None:
        return version.is_admitted
    return version.in_force_on <= day


def _governs(version: ReadVersion, day: date) -> bool:
    if not _has_governed(version, day):
        return False
    return version.state in GOVERNING or (version.ended_on or date.min) > day


def _is_signed_on(version: ReadVersion, day: date) -> bool:
    """Whether a version is out for signature, or was on a day before it came into force."""
    if version.state == State.SIGNING:
        return True
    was_issued = (
        version.issued_at is not None and version.issued_at.astimezone(LONDON).date() <= day
    )
    return was_issued and version.in_force_on is not None and version.in_force_on > day


def _day_of(standing: Standing) -> date:
    return standing.on or date.min


_CODES: dict[str, str] = {
    SignatureKind.REFUSED.value: REFUSED,
    SignatureKind.WITHDRAWN.value: WITHDRAWN,
}
