"""Questions about release copies."""

from __future__ import annotations

from typing import Self

from django.db.models import Q

from register.accounts.roles import AUDIT, EDIT_ALL, EDIT_FOR
from register.directory.reach import reach_of
from register.ledger.tracked import TrackedQuerySet


class ReleaseQuerySet(TrackedQuerySet):
    """Questions about release copies."""

    def visible_to(self, user) -> Self:
        """The release copies that a login may know of: who keeps the entry, and who audits.

        Why a part is withheld may say what stands in it.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        whole = {pk for each in (EDIT_ALL, AUDIT) for pk in reach.by_partnership.get(each, set())}
        document = "version__document"
        return self.filter(
            Q(**{f"{document}__partnership_id__in": whole})
            | Q(**{f"{document}__lead_id__in": reach.bodies(EDIT_FOR)})
        )
