"""Linking records to an agreement, and taking links away."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.risks.forms.dpias import ReasonForm
from agreements.risks.forms.links import link_form
from agreements.risks.models import Dpia, ProcessorContract
from agreements.risks.permissions import may_unlink
from agreements.risks.services import links as services
from agreements.risks.views.conversation import agreement_to_link, contract_or_404, dpia_or_404
from register.core.verdicts import require
from register.documents.models import Document
from register.documents.views.conversation import asks, edit_page


@asks
def link_dpia(request: HttpRequest, ref: str) -> HttpResponse:
    """Link a DPIA to an agreement."""
    return _link(
        request, ref, Dpia, "dpia", services.link_dpia, "Link an impact assessment",
        "Link the DPIA", "The DPIA is linked.",
    )  # fmt: skip


@asks
def link_contract(request: HttpRequest, ref: str) -> HttpResponse:
    """Link a processor contract to an agreement."""
    return _link(
        request, ref, ProcessorContract, "contract", services.link_contract,
        "Link a processor contract", "Link the contract", "The contract is linked.",
    )  # fmt: skip


@asks
def unlink_dpia(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take the link of a DPIA to an entry away."""
    return _unlink(request, dpia_or_404(request, ref), pk, services.unlink_dpia)


@asks
def unlink_contract(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take the link of a processor contract to an entry away."""
    return _unlink(request, contract_or_404(request, ref), pk, services.unlink_contract)


def _link(request, ref: str, model, name: str, service, title, button, done) -> HttpResponse:
    document = agreement_to_link(request, ref)
    offered = model.objects.visible_to(request.user).filter(partnership=document.partnership)
    offered = offered.exclude(links__document=document).order_by("reference")
    address = f"{document.get_absolute_url()}#records"
    return edit_page(
        request, link_form(name, offered),
        act=partial(service, by=request.user, document=document),
        title=title, button=button, done=done, to=address, back=address,
        context={"caption": document.reference, "unsaved_page": ""},
    )  # fmt: skip


def _unlink(request: HttpRequest, record, pk: int, service) -> HttpResponse:
    rows = record.links.select_related("document__partnership", "document__lead")
    link = get_object_or_404(rows, pk=pk)
    if not Document.objects.visible_to(request.user).filter(pk=link.document_id).exists():
        raise Http404("There is no such link.")
    require(may_unlink(request.user, record, link.document))
    address = record.get_absolute_url()
    return edit_page(
        request, ReasonForm, act=partial(service, by=request.user, link=link),
        title=f"{record.reference} no longer serves {link.document.reference}?",
        button="Take the link away", done="The link is gone.", to=address, back=address,
        context={"caption": str(record), "danger": True, "unsaved_page": ""},
    )  # fmt: skip
