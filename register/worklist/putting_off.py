"""What a reader put off, as conditions: it stands in no part of their work until its day."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from register.core.dates import today
from register.directory.reach import reach_of
from register.documents.models import Document
from register.worklist.models import PutOff


@dataclass(frozen=True)
class Hidden:
    """The entries and bodies (by key) that somebody put off."""

    rows: list[PutOff] = field(default_factory=list)

    @property
    def documents(self) -> list[int]:
        """The keys of the entries."""
        return [row.document_id for row in self.rows if row.document_id]

    @property
    def bodies(self) -> list[int]:
        """The keys of the bodies."""
        return [row.organisation_id for row in self.rows if row.organisation_id]

    def without(self, rows: QuerySet, document: str = "", body: str = "") -> QuerySet:
        """Rows without what was put off; the words name the columns of entry and body."""
        if document and self.documents:
            rows = rows.exclude(**{f"{document}__in": self.documents})
        if body and self.bodies:
            rows = rows.exclude(**{f"{body}__in": self.bodies})
        return rows


def shown_to(user, hidden: Hidden) -> list[PutOff]:
    """What a login put off, without entries that it may no longer know of; one statement at most."""
    keys = hidden.documents
    if not keys:
        return hidden.rows
    known = set(Document.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in hidden.rows if not row.document_id or row.document_id in known]


def hidden_from(user) -> Hidden:
    """What a login put off and is still put off today; one statement."""
    person_id = reach_of(user).person_id
    if person_id is None:
        return Hidden()
    rows = PutOff.objects.of(person_id).standing(today())
    return Hidden(list(rows.select_related("document__partnership", "organisation")))
