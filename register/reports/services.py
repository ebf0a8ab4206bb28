"""Settling what the reports find."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError

from register.core.verdicts import require
from register.documents.models import Document
from register.ledger.acts import act
from register.reports.models import DuplicateDismissal
from register.reports.permissions import may_settle_likeness


def dismiss_duplicate(
    *, by, first: Document, second: Document, first_flow: UUID | None = None,
    second_flow: UUID | None = None, reason: str,
) -> DuplicateDismissal:  # fmt: skip
    """Say that two agreements, or two of their flows, are no duplicates; the reports leave them out.

    Raises ValidationError where the reason is missing or somebody has said so already.
    """
    ends = sorted([(first.pk, str(first_flow or "")), (second.pk, str(second_flow or ""))])
    documents = {first.pk: first, second.pk: second}
    row = DuplicateDismissal(
        first=documents[ends[0][0]],
        second=documents[ends[1][0]],
        first_flow=UUID(ends[0][1]) if ends[0][1] else None,
        second_flow=UUID(ends[1][1]) if ends[1][1] else None,
        reason=reason.strip(),
    )
    with act(by=by, verb="duplicate.dismissed", subject=row.first, reason=row.reason):
        require(may_settle_likeness(by, row.first, row.second))
        if not row.reason:
            raise ValidationError({"reason": "Enter why these are not duplicates."})
        row.full_clean()
        row.save()
    return row


def take_back_dismissal(*, by, dismissal: DuplicateDismissal) -> None:
    """Let the reports compare the two again."""
    with act(by=by, verb="duplicate.reopened", subject=dismissal.first):
        row = DuplicateDismissal.objects.select_for_update().get(pk=dismissal.pk)
        require(may_settle_likeness(by, row.first, row.second))
        row.delete()
