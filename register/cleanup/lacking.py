"""The clean-up lists: what an entry of an old register may lack, each as a condition on the read table.

Entries that have ended, and those in the archive, need nothing. Every list is the register's own list,
narrowed; so it is paged, counted, exported and mended in bulk like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.cleanup.alike import alike_to
from register.core.dates import today
from register.directory.models import Organisation
from register.documents.lifecycle import GOVERNING, PAST
from register.documents.models import Attachment, Document, Provenance, Version
from register.exchange.vocabulary import FIELDS
from register.search.models import Row, RowBody

# The headings under which an import keeps a date in the words of the file; see `exchange.facts`.
WRITTEN = {"start": FIELDS["start"], "end": FIELDS["end"]}


@dataclass(frozen=True)
class Lack:
    """One list: its code in addresses, its words, what is wrong there, and the act that mends it first."""

    code: str
    words: str
    says: str
    fix: str
    narrow: Callable[[object, QuerySet[Row]], QuerySet[Row]]


def came_in(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of some rows of the read table those that came in with a file and have neither ended nor gone."""
    file = Document.objects.filter(pk=OuterRef("pk")).exclude(source="")
    return rows.filter(Exists(file), is_archived=False).exclude(state__in=PAST)


def lacking(user, rows: QuerySet[Row], code: str) -> QuerySet[Row]:
    """Of some rows those of one list."""
    return LACKS[code].narrow(user, came_in(rows))


def unreleased(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of some rows those about which nothing is mailed by itself before an officer releases them."""
    held = Q(provenance=Provenance.IMPORTED, released_at__isnull=True)
    return came_in(rows).filter(_document(held))


def _plain(condition: Callable[[], Q | Exists]):
    return lambda user, rows: rows.filter(condition())


def _document(condition: Q) -> Exists:
    return Exists(Document.objects.filter(condition, pk=OuterRef("pk")))


def _no_file() -> Q:
    attached = Attachment.objects.filter(document_id=OuterRef("pk"), removed_at__isnull=True)
    governing = Version.objects.filter(pk=OuterRef("version_id"), governing_file__isnull=False)
    return ~Exists(attached) & ~Exists(governing)


def _unconfirmed_body() -> Exists:
    bodies = Organisation.objects.unconfirmed().filter(ends_on__isnull=True).order_by()
    named = RowBody.objects.filter(row_id=OuterRef("pk"), organisation_id__in=bodies.values("pk"))
    return Exists(named)


def _unclear_date() -> Exists:
    written = ~Q(review_words="")
    for heading in WRITTEN.values():
        written |= Q(extras__contains=f'"{heading}": ')
    return _document(written)


LACKS = {
    lack.code: lack
    for lack in (
        Lack("owner", "No owner", "Nobody answers for them.", "owner",
             _plain(lambda: Q(owner_id__isnull=True))),
        Lack("body", "A body that nobody has confirmed",
             "They name a body that the import added because it knew none of that name.", "bodies",
             _plain(_unconfirmed_body)),
        Lack("entry", "Not confirmed", "They count as recorded in the old register, and as no more.",
             "confirm", _plain(lambda: Q(is_unconfirmed=True))),
        Lack("review", "Past the review date", "Their review was due before today.", "spread",
             _plain(lambda: Q(state__in=GOVERNING, review_on__lt=today()))),
        Lack("file", "No file", "No signed copy or other file is attached.", "files",
             _plain(_no_file)),
        Lack("duplicate", "Possible duplicates",
             "Another entry has a title like theirs, and shares a body or a community.", "not_alike",
             lambda user, rows: rows.filter(Exists(alike_to(user, OuterRef("pk"))))),
        Lack("date", "Dates to be made clear",
             "The file gave a date in words, a month alone, or one that reads two ways.", "dates",
             _plain(_unclear_date)),
        Lack("protocol", "Agreements without a protocol",
             "No protocol stands above them, and no reason says why.", "protocol",
             _plain(lambda: Q(tier=3, parent_id__isnull=True, is_outside=False))),
        Lack("parties", "No parties", "They name no body that shares under them.", "party",
             _plain(lambda: Q(parties=0))),
    )
}  # fmt: skip
TO_MEND = tuple(LACKS)
