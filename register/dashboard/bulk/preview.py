"""What an act on many entries would do, said before it is done: the number, and the first ten."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.verdicts import no
from register.dashboard.bulk.choosing import matching_rows
from register.dashboard.bulk.kind import batch_of
from register.dashboard.bulk.kinds import KINDS
from register.dashboard.bulk.models import BulkTask
from register.dashboard.cells import may_keep
from register.dashboard.reading import visible_rows
from register.directory.reach import reach_of
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.search.models import Row

FIRST = 10


@dataclass(frozen=True)
class Line:
    """One entry before and after, or why it will be left out."""

    reference: str
    title: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True)
class Preview:
    """How many entries an act is for, how many of them are left out for whatever reason, and the first ten."""

    count: int
    refused: int
    left_out: int
    lost: int
    lines: list[Line]

    @property
    def will_be(self) -> int:
        """How many entries the act is for in the end."""
        return self.count - self.refused - self.left_out


def preview_of(by, task: BulkTask) -> Preview:
    """What a task would do now, counted again; nothing is written."""
    found = matching_rows(by, task.query) if task.is_all else visible_rows(by)
    columns = ("pk", "partnership_id", "lead_id")
    rows = {row.pk: row for row in found.filter(pk__in=task.keys).order_by().only(*columns)}
    keys = [pk for pk in task.keys if pk in rows]
    reach = reach_of(by)
    refused = {pk for pk, row in rows.items() if not may_keep(reach, row)}
    left_out = KINDS[task.act].left_out(keys) - refused
    lines = _lines(by, task, keys[:FIRST], left_out)
    return Preview(len(keys), len(refused), len(left_out), task.listed - len(keys), lines)


def _lines(by, task: BulkTask, keys: list[int], left_out: set[int]) -> list[Line]:
    kind = KINDS[task.act]
    found = Document.objects.filter(pk__in=keys).select_related("partnership", "lead", "owner")
    documents = {document.pk: document for document in found.prefetch_related("tags")}
    titles = dict(Row.objects.filter(pk__in=keys).values_list("pk", "title"))
    batch = batch_of(list(documents.values()), task)
    lines = []
    for document in (documents[pk] for pk in keys if pk in documents):
        verdict = may_edit(by, document)
        if document.pk in left_out:
            verdict = no(f"{kind.why[:1].upper()}{kind.why[1:]}.")
        lines.append(
            Line(
                document.reference,
                titles.get(document.pk, ""),
                kind.before(batch, document),
                kind.after(batch, document) if verdict else "",
                verdict.reason,
            )
        )
    return lines
