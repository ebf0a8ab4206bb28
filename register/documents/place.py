"""Where a document stands in the three tiers: the ways above it and the documents under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.documents.forms.titles import titled
from register.documents.models import Document
from register.documents.tiers import TIERS, parents

SHOWN = 50


@dataclass
class Place:
    """The documents above and under one, each with title and status, as far as a reader may know of them."""

    above: list[Document] = field(default_factory=list)
    further: list[Document] = field(default_factory=list)
    under: list[Document] = field(default_factory=list)
    outside: str = ""
    community: object | None = None
    is_more_under: bool = False

    @property
    def trail(self) -> list[Document]:
        """The way down from the charter, without the document itself."""
        return self.above


def place_of(user, document: Document) -> Place:
    """The place of a document; the same statements for any number of documents round it."""
    tier = TIERS[document.tier]
    above = parents(document)
    main = next((parent for parent, is_main in above if is_main), None)
    ids = [parent.pk for parent, _ in above]
    grand = _main_parent(main)
    if grand is not None:
        ids.append(grand.pk)
    known = {row.pk: row for row in _visible(user).filter(pk__in=ids)}
    under = _under(user, document)
    return Place(
        above=[known[row.pk] for row in (grand, main) if row is not None and row.pk in known],
        further=[known[row.pk] for row, is_main in above if not is_main and row.pk in known],
        under=under[:SHOWN],
        outside=tier.outside(document),
        community=tier.community(document),
        is_more_under=len(under) > SHOWN,
    )


def _main_parent(document: Document | None) -> Document | None:
    if document is None or document.tier == 1:
        return None
    return next((row for row, is_main in parents(document) if is_main), None)


def _under(user, document: Document) -> list[Document]:
    below = TIERS.get(document.tier + 1)
    if below is None:
        return []
    return list(_visible(user).filter(below.under(document)).distinct()[: SHOWN + 1])


def _visible(user):
    return titled(Document.objects.visible_to(user)).select_related("partnership")
