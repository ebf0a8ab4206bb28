"""The living facts of a document, its named readers and what others call it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from register.core.verdicts import require
from register.documents.forms.drafting import values_of
from register.documents.forms.facts import FactsForm, ReadersForm, ReferenceForm
from register.documents.forms.life import ConfirmForm
from register.documents.models import Document, Reader
from register.documents.permissions import may_edit
from register.documents.services import facts as services
from register.documents.steps import READ_FOR_NOW
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404

FIELDS = (
    "owner",
    "lead",
    "review_on",
    "visibility",
    "is_restricted",
    "marking",
    "provenance",
    "kept_by",
)


@asks
def facts(request: HttpRequest, ref: str) -> HttpResponse:
    """Owner, lead, review date, who may read it, marking, tags."""
    document = _kept(request, ref)
    initial = values_of(document, FIELDS)
    initial["tags"] = ", ".join(document.tags.order_by("word").values_list("word", flat=True))
    to = document.get_absolute_url()
    if request.GET.get("from") == "check":
        to = reverse("documents:check", args=[ref])
    return _page(
        request, document, partial(FactsForm, document=document), "Owner, review date and readers",
        initial=initial, to=to, back=to, button="Save",
        act=partial(services.change_facts, by=request.user, document=document),
    )  # fmt: skip


@asks
def readers(request: HttpRequest, ref: str) -> HttpResponse:
    """The people who may read it where only named people do."""
    document = _kept(request, ref)
    named = Reader.objects.filter(document=document, person__isnull=False)
    named = named.exclude(person_id__in={pk for ask in READ_FOR_NOW for pk in ask(document.pk)})
    return _page(
        request, document, partial(ReadersForm, document=document), "Named readers",
        initial={"people": list(named.values_list("person_id", flat=True))}, button="Save",
        act=partial(services.name_readers, by=request.user, document=document),
        context={"intro": "They may read it besides the partnership office and the lead body."},
    )  # fmt: skip


@asks
def add_reference(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what somebody else calls it."""
    document = _kept(request, ref)
    return _page(
        request, document, ReferenceForm, "Add another body's reference", button="Add reference",
        act=partial(services.add_external_reference, by=request.user, document=document),
    )  # fmt: skip


@asks
def remove_reference(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a reference of somebody else off."""
    document = _kept(request, ref)
    row = get_object_or_404(document.external_references, pk=pk)
    return _page(
        request, document, ConfirmForm, f"Remove the reference {row.value}?",
        button="Remove reference",
        act=lambda: services.remove_external_reference(by=request.user, row=row),
        context={"danger": True},
    )  # fmt: skip


def _kept(request: HttpRequest, ref: str) -> Document:
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    return document


def _page(request: HttpRequest, document: Document, make, title: str, **words) -> HttpResponse:
    words.setdefault("to", document.get_absolute_url())
    words.setdefault("back", document.get_absolute_url())
    words["context"] = {"document": document, "caption": str(document), **words.get("context", {})}
    return edit_page(request, make, title=title, **words)
