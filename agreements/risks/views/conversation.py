"""What every page of this room does: find the record or say 404, and show its history."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.risks.models import Dpia, ProcessorContract
from register.core.verdicts import require
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of
from register.documents.forms.titles import titled
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.views.files import file_answer
from register.documents.views.finding import document_or_404
from register.ledger.models import Change, Entry
from register.ledger.sentences import lines
from register.ui.listing import page_of, size_of

AGREEMENT = 3


def dpia_or_404(request: HttpRequest, ref: str) -> Dpia:
    """A DPIA that the reader may know of."""
    rows = Dpia.objects.visible_to(request.user).select_related("owner", "partnership", "file")
    return get_object_or_404(rows, reference=ref)


def contract_or_404(request: HttpRequest, ref: str) -> ProcessorContract:
    """A processor contract that the reader may know of."""
    rows = ProcessorContract.objects.visible_to(request.user)
    rows = rows.select_related("processor", "partnership", "file")
    return get_object_or_404(rows, reference=ref)


def agreement_to_link(request: HttpRequest, ref: str) -> Document:
    """An agreement to which the reader may link records; 404 for the other tiers."""
    document = document_or_404(request, ref)
    if document.tier != AGREEMENT:
        raise Http404("Records are linked to agreements.")
    require(may_edit(request.user, document))
    return document


def places_of(request: HttpRequest) -> QuerySet:
    """The partnerships in which the reader may make a record: those of their office or body."""
    reach = reach_of(request.user)
    known = visible_partnerships(request.user)
    if reach.sees_everything:
        return known
    mine = {pk for pk in known.values_list("pk", flat=True) if reach.may_edit_all(pk)}
    return known.filter(pk__in=mine | reach.partnerships).order_by("name")


def linked_documents(request: HttpRequest, record, *, keeps) -> list[dict]:
    """The entries that a record serves, as far as the reader may know of them, with their links.

    `keeps` is the verdict on changing the record: who keeps it may take links away as well.
    """
    links = {link.document_id: link for link in record.links.all()}
    documents = titled(Document.objects.visible_to(request.user)).filter(pk__in=links)
    return [
        {
            "link": links[document.pk],
            "document": document,
            "may_unlink": bool(keeps or may_edit(request.user, document)),
        }
        for document in documents.select_related("lead", "partnership")
    ]


def history_page(request: HttpRequest, record, title: str) -> HttpResponse:
    """The acts on a record, without those on entries that the reader may not know of."""
    entries = Entry.objects.about(record).exclude(number__in=_hidden(request, record))
    asked = request.GET.dict()
    page = page_of(entries, order=["-number"], asked=asked, size=size_of(asked))
    context = {
        "title": title,
        "back": record.get_absolute_url(),
        "page": page,
        "lines": lines(page.rows),
    }
    return render(request, "directory/history.html", context)


def download_of(record) -> HttpResponse:
    """The bytes of a record's file; 404 where it has none."""
    if record.file is None:
        raise Http404("No file is kept with it.")
    return file_answer(record.file, record.file_name)


def facts_of(row, names) -> dict:
    """What a form of a row begins with: its facts and the row version that it was opened with."""
    return {**{name: getattr(row, name) for name in names}, "row_version": row.row_version}


def _hidden(request: HttpRequest, record) -> QuerySet:
    label = Document._meta.label_lower
    known = Document.objects.visible_to(request.user).values_list("pk", flat=True)
    own = Entry.objects.about(record).order_by().values("number")
    about = Change.objects.filter(about_model=label, entry_id__in=own)
    named = {int(pk) for pk in about.values_list("about_pk", flat=True).distinct()}
    hidden = named - set(known.filter(pk__in=named))
    return about.filter(about_pk__in=[str(pk) for pk in hidden]).values("entry_id")
