"""Which agreements in force were checked, and which are due: one row for each that somebody may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from register.concerns.models import AdherenceCheck
from register.core.dates import today
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.documents.permissions import may_edit

SOON = timedelta(days=90)
STANDINGS = {
    "": "Due", "never": "Never checked", "planned": "Planned", "all": "All"
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """An agreement, with its last check and when the next is due."""

    document: Document
    title: str
    last: AdherenceCheck | None
    is_overdue: bool
    may_check: bool

    @property
    def next_on(self) -> date | None:
        """When the next check is due."""
        return self.last.next_on if self.last else None


def agreements_to_check(user, standing: str = "") -> QuerySet:
    """The agreements in force whose checks somebody may read, as asked: due within 90 days (and
    overdue), never checked, planned (later), or all of them.
    """
    checks = AdherenceCheck.objects.visible_to(user).filter(document_id=OuterRef("pk"))
    versions = Version.objects.filter(document_id=OuterRef("pk"), state__in=GOVERNING)
    rows = Document.objects.visible_to(user).filter(Exists(versions), tier=3)
    rows = rows.filter(archived_on__isnull=True)
    newest = checks.order_by("-checked_on", "-pk").values("next_on")[:1]
    rows = rows.annotate(next_on=Subquery(newest), was_checked=Exists(checks))
    day = today() + SOON
    return {
        "never": rows.filter(was_checked=False),
        "planned": rows.filter(was_checked=True).exclude(next_on__lte=day),
        "all": rows,
    }.get(standing, rows.filter(next_on__lte=day))


def ordered(rows: QuerySet) -> QuerySet:
    """The first due first, those never checked last."""
    return rows.order_by(F("next_on").asc(nulls_last=True), "reference")


def lines_of(user, documents: list[Document]) -> list[Line]:
    """Agreements as the report shows them; three statements for any number."""
    keys = [document.pk for document in documents]
    checks = AdherenceCheck.objects.visible_to(user).filter(document_id__in=keys)
    last = {row.document_id: row for row in checks.order_by("checked_on", "pk")}
    versions = Version.objects.filter(document_id__in=keys, state__in=GOVERNING)
    titles = dict(versions.values_list("document_id", "title"))
    return [
        Line(
            document=document,
            title=titles.get(document.pk, ""),
            last=last.get(document.pk),
            is_overdue=bool(last.get(document.pk) and last[document.pk].is_next_overdue),
            may_check=bool(may_edit(user, document)),
        )
        for document in documents
    ]
