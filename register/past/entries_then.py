"""Entries as rows of a list, as the register knew them at a moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from register.core.dates import today
from register.directory.models import Organisation
from register.documents.index import bodies_of, rows_of
from register.documents.lifecycle import GOVERNING
from register.documents.material import Material, material_of
from register.documents.permissions import drafts_read
from register.past.moments import Moment
from register.past.reading import as_at
from register.past.seeing import known
from register.search.models import NO_REVIEW, Row


@dataclass(frozen=True)
class RowThen:
    """An entry as it stood, with what a list or a file says of it."""

    row: Row
    status: str
    review: date | None
    parent: str
    bodies: list[str] = field(default_factory=list)

    @property
    def tenths(self) -> int:
        """How many tenths of the places to sign were signed."""
        return round(self.row.signed / self.row.slots * 10) if self.row.slots else 0


def rows_then(user, document_ids: list[int], moment: Moment) -> list[RowThen]:
    """Up to 500 entries at a moment, in the order given; constant statements for any number of them.

    What a reader of today may not know of is left out, and so is a draft that they may not read.
    """
    drafts = drafts_read(user, document_ids)
    with as_at(moment.instant):
        material = _readable(material_of(document_ids), drafts)
        rows = {row.document_id: row for row in rows_of(material)}
        names = _names(bodies_of(material))
        day = today()
    may_know = known(user, {row.parent_id for row in rows.values() if row.parent_id})
    ordered = [rows[pk] for pk in document_ids if pk in rows]
    return [_then(row, day, may_know, names.get(row.document_id, [])) for row in ordered]


def _then(row: Row, day: date, may_know: set[int], bodies: list[str]) -> RowThen:
    is_overdue = row.state in GOVERNING and row.review_on < day
    return RowThen(
        row=row,
        status="overdue" if is_overdue and row.status == row.state else row.status,
        review=None if row.review_on == NO_REVIEW else row.review_on,
        parent=row.parent_reference if row.parent_id in may_know else "",
        bodies=bodies,
    )


def _readable(material: Material, drafts: set[int]) -> Material:
    """The material without drafts of documents whose drafts are not read; without those that are nothing else."""
    versions = {
        pk: [v for v in some if pk in drafts or v.was_issued]
        for pk, some in material.versions.items()
    }
    versions = {pk: some for pk, some in versions.items() if some}
    documents = {pk: each for pk, each in material.documents.items() if pk in versions}
    return replace(material, documents=documents, versions=versions)


def _names(bodies: dict[int, set[int]]) -> dict[int, list[str]]:
    ids = {pk for some in bodies.values() for pk in some}
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "legal_name"))
    return {
        pk: sorted(names[body] for body in some if body in names) for pk, some in bodies.items()
    }
