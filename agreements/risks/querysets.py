"""Questions about the records that stand beside agreements: impact assessments and processor contracts."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.accounts.roles import READ_FOR
from register.directory.models.dated import DatedQuerySet
from register.directory.reach import Reach, reach_of
from register.documents.models import Document
from register.ledger.tracked import TrackedQuerySet


class BesideQuerySet(TrackedQuerySet):
    """Records that serve agreements and name bodies."""

    # The foreign key that links and named bodies have to the record.
    link = ""

    def visible_to(self, user) -> Self:
        """The records that a login may know of.

        A partnership-wide role sees all of its partnership; others see the records that name one
        of their bodies, and those that serve an entry which they may know of.
        """
        reach = reach_of(user)
        if reach.sees_everything:
            return self
        documents = Document.objects.visible_to(user).values("pk")
        serving = self._rows_of("links").filter(document_id__in=documents)
        return self.filter(
            Q(partnership_id__in=reach.whole)
            | Q(partnership_id__in=reach.partnerships) & self._names_one_of(reach)
            | Exists(serving)
        )

    def naming(self, organisation_id: int) -> Self:
        """The records in which a body plays any part."""
        return self.filter(self._names({organisation_id}))

    def worded(self, words: str) -> Self:
        """The records whose reference or title holds some words."""
        return self.filter(Q(reference__icontains=words) | Q(title__icontains=words))

    def serving(self, document) -> Self:
        """The records linked to an entry, by reference."""
        return self.filter(links__document=document).order_by("reference")

    def _names_one_of(self, reach: Reach) -> Q:
        return self._names(reach.bodies(READ_FOR))

    def _names(self, bodies: set[int]) -> Q:
        raise NotImplementedError

    def _rows_of(self, relation: str) -> QuerySet:
        model = self.model._meta.get_field(relation).related_model
        return model._default_manager.filter(**{f"{self.link}_id": OuterRef("pk")})


class DpiaQuerySet(BesideQuerySet):
    """Questions about impact assessments."""

    link = "dpia"

    def _names(self, bodies: set[int]) -> Q:
        controllers = self._rows_of("controllers").filter(organisation_id__in=bodies)
        return Q(owner_id__in=bodies) | Q(Exists(controllers))


class ContractQuerySet(BesideQuerySet, DatedQuerySet):  # type: ignore[override]
    """Questions about processor contracts."""

    link = "contract"

    def lacking_points(self) -> Self:
        """The contracts that do not say every point of Article 28(3)."""
        open_ = self._rows_of("points").filter(is_met=False)
        return self.filter(Exists(open_))

    def _names(self, bodies: set[int]) -> Q:
        controllers = self._rows_of("controllers").filter(organisation_id__in=bodies)
        return Q(processor_id__in=bodies) | Q(Exists(controllers))
