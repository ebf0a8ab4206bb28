"""The page of an entry as at a moment, and its PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from register.accounts.noting import is_about_restricted
from register.core.dates import today
from register.documents.models import Document
from register.past.printing import pdf_then
from register.past.restoring import restorable
from register.past.then import then
from register.past.views.listing import day_form, moment_or_404, pdf_answer
from register.printing.refusals import PrintFailed


@require_safe
def entry(request: HttpRequest, when: str, ref: str) -> HttpResponse:
    """An entry as the register knew it."""
    moment, document = moment_or_404(when), document_or_404(request, ref)
    context = {
        "title": f"{document.reference} as at {moment.words}",
        "moment": moment,
        "reference": document.reference,
        "form": day_form(moment, document.reference),
    }
    found = then(request.user, document, moment, _number(request))
    if found is None:
        return render(request, "past/not_yet.html", context)
    context |= {
        "then": found,
        "is_past": moment.day < today(),
        "document": found.document,
        "version": found.version,
        "body": found.body,
        "puts_back": restorable(request.user, document, found),
    }
    return render(request, "past/entry.html", context)


@require_POST
def pdf(request: HttpRequest, when: str, ref: str) -> HttpResponse:
    """The PDF of an entry as at a moment: its foot says so on every page."""
    moment, document = moment_or_404(when), document_or_404(request, ref)
    try:
        made = pdf_then(request.user, document, moment, _number(request))
    except PrintFailed as refusal:
        words = {"sentence": refusal.sentence, "title": "The PDF could not be made"}
        return render(request, "printing/nothing.html", words, status=422)
    if made is None:
        raise Http404("It was not in the register yet.")
    return pdf_answer(*made)


def document_or_404(request: HttpRequest, ref: str) -> Document:
    """The entry of a reference; 404 where the reader may not know of it today."""
    documents = Document.objects.visible_to(request.user).select_related("partnership")
    document = get_object_or_404(documents, reference=ref)
    if document.is_restricted:
        is_about_restricted(request)
    return document


def _number(request: HttpRequest) -> int | None:
    typed = request.GET.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
