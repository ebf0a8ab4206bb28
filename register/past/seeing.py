"""Who sees what of the past: a question of today, always asked before the past is read."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.directory.reach import reach_of
from register.documents.models import Document, Reader
from register.past.models import Span
from register.search.visible import visible_rows


def visible_spans(user) -> QuerySet[Span]:
    """The spans of entries that a login may know of today; before an issue only where it reads drafts."""
    reach = reach_of(user)
    if reach.sees_everything:
        return Span.objects.all()
    visible = Q(Exists(visible_rows(user).filter(pk=OuterRef("document_id"))), is_issued=True)
    drafts = Reader.objects.filter(reach.as_reader(), reads_drafts=True)
    seen = visible | Q(Exists(drafts.filter(document_id=OuterRef("document_id"))))
    return Span.objects.filter(seen | Q(partnership_id__in=reach.whole) if reach.whole else seen)


def known(user, document_ids) -> set[int]:
    """Of some documents, those that a login may know of today."""
    found = Document.objects.visible_to(user).filter(pk__in=list(document_ids))
    return set(found.values_list("pk", flat=True))
