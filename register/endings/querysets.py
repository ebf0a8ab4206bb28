"""Which proofs a login may know of; asked in a bounded number of statements."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q

from register.accounts.roles import READ_FOR
from register.directory.reach import reach_of
from register.documents.models import Document
from register.ledger.tracked import TrackedQuerySet


class ProofQuerySet(TrackedQuerySet):
    """Questions about proofs."""

    def visible_to(self, user) -> Self:
        """The proofs that a login may read, of entries that it may know of.

        The partnership office and the lead body read every one, another body its own.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        mine = reach.bodies(READ_FOR)
        # Asked of each row: a list of all entries would be made even where there is no proof.
        known = Document.objects.visible_to(user).filter(pk=OuterRef("ending__document_id"))
        known = known.order_by()
        lead = Q(lead_id__in=mine) | Q(lead__merged_into_id__in=mine)
        kept = known.filter(Q(partnership_id__in=reach.whole) | lead)
        own = Q(organisation_id__in=mine) | Q(organisation__merged_into_id__in=mine)
        return self.filter(Exists(kept) | (Exists(known) & own))

    def outstanding(self) -> Self:
        """Those that nobody has given, and that are still needed."""
        return self.filter(fate="", not_needed_because="")

    def overdue(self, day: date) -> Self:
        """Those that were due before a day."""
        return self.outstanding().filter(due_on__lt=day)
