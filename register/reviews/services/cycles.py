"""Setting review cycles: of a tier in a partnership, and of one entry."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.conflicts import Conflict
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.services.locks import lock_document
from register.ledger.acts import act
from register.reviews.models import Basis, Cycle, Missed
from register.reviews.permissions import may_set_cycles


def set_cycle(
    *, by, partnership: Partnership, tier: int, months: int, first_months: int | None = None,
    basis: str = Basis.IN_FORCE, missed: str = Missed.FLAGGED, row_version: int = 0,
) -> Cycle:  # fmt: skip
    """Set the review cycle of a tier: months between reviews, from which day they count, what
    happens three months after a review that was not held.

    Dates that are set stay as they are. `row_version` is 0 for a tier that has none yet; raises
    Conflict where somebody else set it meanwhile.
    """
    with act(by=by, verb="cycle.set", subject=partnership, quiet=True):
        Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
        require(may_set_cycles(by, partnership))
        row = Cycle.objects.filter(partnership=partnership, tier=tier, document=None).first()
        row = _expected(row or Cycle(partnership=partnership, tier=tier), row_version)
        row.missed = missed
        return _write(row, months, first_months, basis)


def set_own_cycle(
    *, by, document: Document, months: int, reason: str, first_months: int | None = None,
    basis: str = Basis.IN_FORCE, row_version: int = 0,
) -> Cycle:  # fmt: skip
    """Give an entry a cycle of its own, with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is reviewed at other times."})
    with act(by=by, verb="cycle.set", subject=document, reason=reason, quiet=True):
        document = lock_document(document)
        require(may_edit(by, document))
        row = Cycle.objects.filter(document=document).first()
        new = Cycle(partnership=document.partnership, tier=document.tier, document=document)
        row = _expected(row or new, row_version)
        row.reason = reason.strip()
        return _write(row, months, first_months, basis)


def remove_own_cycle(*, by, document: Document, reason: str = "") -> None:
    """Let an entry follow its tier's cycle again."""
    with act(by=by, verb="cycle.removed", subject=document, reason=reason, quiet=True):
        document = lock_document(document)
        require(may_edit(by, document))
        for row in Cycle.objects.filter(document=document):
            row.delete()


def _expected(row: Cycle, row_version: int) -> Cycle:
    if (row.row_version if row.pk else 0) != row_version:
        raise Conflict(row)
    return row


def _write(row: Cycle, months: int, first_months: int | None, basis: str) -> Cycle:
    before = (
        Cycle.objects.filter(pk=row.pk)
        .values_list("months", "first_months", "basis", "missed", "reason")
        .first()
    )
    row.months, row.first_months, row.basis = months, first_months, basis
    if before == (months, first_months, str(basis), str(row.missed), row.reason):
        return row
    if row.pk:
        row.row_version += 1
    row.full_clean(exclude=["partnership", "document"])
    row.save()
    return row
