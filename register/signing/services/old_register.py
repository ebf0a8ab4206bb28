"""What an old register says of signatures: places to sign that it marks, none of them verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act, bulk_create, bulk_update
from register.signing.models import Slot

# Words that are no signature; the place stays open and says so.
DECLINED, NOT_SIGNED = "declined", "not signed"
_OPEN = {
    DECLINED: "Declined, by the old register",
    NOT_SIGNED: "Not signed yet, by the old register",
}
FROM_THERE = "From the old register"
Mark = tuple[Version, Organisation, str, date | None]


def old_slot(
    version: Version, organisation: Organisation, words: str, day: date | None, place: int
) -> Slot:
    """An unsaved place to sign as an old register marks it: signed (in its words), declined, or open."""
    slot = Slot(version=version, organisation=organisation, is_required=False, position=place)
    _mark(slot, words, day)
    return slot


def mark_from_old_register(*, by, marks: Sequence[Mark], reason: str) -> list[list]:
    """Mark places to sign of entries that came in by import, as the old register has them now.

    Gives for each place what stood there before: its key, words, day and post in words; no words at all
    for one that is new. Raises ValidationError for a version that was revised here.
    """
    if not marks:
        return []
    documents = {version.document_id for version, *_ in marks}
    with act(by=by, verb="slots.marked", subject=marks[0][0].document, reason=reason, quiet=True):
        versions = _locked(by, {version.pk for version, *_ in marks})
        held = _held(versions)
        places = dict(
            Slot.objects.filter(version__in=versions)
            .order_by()
            .values_list("version_id")
            .annotate(last=Max("position"))
        )
        new, changed, before = [], [], []
        for given, organisation, words, day in marks:
            slot = held.get((given.pk, organisation.pk))
            if slot is None:
                places[given.pk] = places.get(given.pk, 0) + 1
                version = versions[given.pk]
                new.append(old_slot(version, organisation, words, day, places[given.pk]))
                continue
            before.append([slot.pk, slot.old_register_words, slot.old_register_on, slot.post_words])
            _mark(slot, words, day)
            slot.row_version += 1
            changed.append(slot)
        _save(changed)
        before += [[slot.pk, None, None, ""] for slot in bulk_create(new)]
        keep_up(documents)
    return before


def unmark(*, by, before: Iterable[Sequence], reason: str) -> None:
    """Put marks of an old register back as they were; a place that is new since is voided."""
    known = {pk: (words, day, post) for pk, words, day, post in before}
    found = Slot.objects.select_for_update(of=("self",)).select_related("version__document")
    slots = list(found.filter(pk__in=known, voided_at__isnull=True).order_by("pk"))
    if not slots:
        return
    with act(by=by, verb="slots.marked", subject=slots[0].version.document, reason=reason):
        _locked(by, {slot.version_id for slot in slots})
        for slot in slots:
            words, day, post = known[slot.pk]
            if words is None:
                slot.voided_at, slot.void_reason = now(), reason[:300]
            else:
                slot.old_register_words, slot.old_register_on, slot.post_words = words, day, post
            slot.row_version += 1
        _save(slots)
        keep_up({slot.version.document_id for slot in slots})


def _mark(slot: Slot, words: str, day: date | None) -> None:
    is_open = words in _OPEN
    slot.post_words = _OPEN.get(words, FROM_THERE)
    slot.old_register_words = "" if is_open else words[:300] or "signed"
    slot.old_register_on = None if is_open else day


def _locked(by, keys: set[int]) -> dict[int, Version]:
    rows = Version.objects.select_for_update(of=("self",)).select_related("document")
    versions = rows.order_by("pk").in_bulk(keys)
    for version in versions.values():
        require(may_edit(by, version.document))
        if version.frozen_at is not None or not version.is_admitted:
            raise ValidationError(
                f"{version.document} was revised here: the old register no longer changes it."
            )
    return versions


def _held(versions: Iterable[int]) -> dict[tuple[int, int], Slot]:
    """The places that an old register made, and nobody has signed since, by version and body."""
    rows = Slot.objects.select_for_update(of=("self",)).filter(
        version_id__in=list(versions), post__isnull=True, voided_at__isnull=True,
        signatures__isnull=True,
    )  # fmt: skip
    ours = [FROM_THERE, *_OPEN.values()]
    found = rows.filter(post_words__in=ours).order_by("-pk")
    return {(slot.version_id, slot.organisation_id): slot for slot in found}


def _save(slots: list[Slot]) -> None:
    columns = ("old_register_words", "old_register_on", "post_words", "voided_at", "void_reason")
    bulk_update(slots, [*columns, "row_version"])
