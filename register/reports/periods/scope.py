"""Whose figures a reader may have: entries by the rule of documents, bodies for themselves and the office."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from register.accounts.roles import ADMINISTER, EDIT_ALL
from register.directory.reach import reach_of
from register.documents.models import Reader


@dataclass
class Scope:
    """A reader, and the one partnership that the report is about, where it is about one."""

    user: object
    partnership: int | None = None

    def entries(self, path: str = "") -> Q:
        """The condition on rows whose document stands at the end of a path; "" is the document itself.

        It is that of `Document.objects.visible_to`, asked of each row, so that a month of a large
        register looks at the rows of that month only.
        """
        at = f"{path}__" if path else ""
        wanted = Q(**{f"{at}partnership_id": self.partnership}) if self.partnership else Q()
        reach = reach_of(self.user)
        if reach.reads_every_partnership:
            return wanted
        known = Q(**{f"{at}partnership_id__in": reach.whole})
        if partly := reach.partnerships - reach.whole:
            known |= Q(**{f"{at}open_to_partners": True, f"{at}partnership_id__in": partly})
        if reach.memberships or reach.person_id:
            named = Reader.objects.filter(
                reach.as_reader(), document_id=OuterRef(f"{path}_id" if path else "pk")
            )
            known |= Q(Exists(named))
        return wanted & known

    @cached_property
    def office_of(self) -> set[int] | None:
        """The partnerships whose office the reader belongs to; None for all of them."""
        reach = reach_of(self.user)
        if reach.sees_everything:
            return None
        held = reach.by_partnership
        return held.get(EDIT_ALL, set()) | held.get(ADMINISTER, set())

    @cached_property
    def bodies(self) -> set[int]:
        """The reader's own bodies."""
        return set(reach_of(self.user).membership_bodies.values())

    def bodies_told(self, document: str, body: str) -> Q:
        """The condition on rows whose body may be named to the reader: figures by body are blame-free.

        `document` and `body` are the paths to the document and to the key of the body.
        """
        if self.office_of is None:
            return Q()
        in_office = Q(**{f"{document}__partnership_id__in": self.office_of})
        return in_office | Q(**{f"{body}__in": self.bodies})

    def may_name(self, partnership: int, body: int | None) -> bool:
        """Whether figures of a body in a partnership may be told to the reader."""
        return self.office_of is None or partnership in self.office_of or body in self.bodies

    @property
    def is_whole_office(self) -> bool:
        """Whether every body's figures are the reader's to see."""
        if self.office_of is None:
            return True
        if self.partnership:
            return self.partnership in self.office_of
        reach = reach_of(self.user)
        return bool(self.office_of) and (reach.whole | reach.partnerships) <= self.office_of
