"""Bodies that join what is in force, bodies that leave it, and who lets a body's requests go."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import document_or_404
from register.signing import services
from register.signing.forms.bodies import DesignateForm, JoinForm, LeaveForm
from register.signing.models import DesignatedOfficer
from register.signing.permissions import may_designate


@asks
def join(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask a body to join what is in force, without everybody signing again."""
    document = document_or_404(request, ref)
    if answer := _not_in_force(request, document):
        return answer
    address = document.get_absolute_url()
    return edit_page(
        request, partial(JoinForm, document=document),
        act=partial(services.accede, by=request.user, document=document),
        title="Let a body join", button="Ask it to sign", done="The body is asked to sign.",
        to=address, back=address, context=_words(document, "It is bound from its own signature on. "
        "Nobody else signs again; the next version names it among the parties."),
    )  # fmt: skip


@asks
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that a body leaves, from a day on."""
    document = document_or_404(request, ref)
    if answer := _not_in_force(request, document):
        return answer
    address = document.get_absolute_url()
    return edit_page(
        request, partial(LeaveForm, document=document),
        act=partial(services.leave, by=request.user, document=document),
        title="Record that a body leaves", button="Record that it leaves", to=address, back=address,
        done="The body has left. What rested on its signature is among the tasks.",
        context=_words(document, "Its signatures stay in the record and count no more from that "
        "day. What rests on them becomes a task for whoever keeps it, and an agreement is reviewed "
        "early.", danger=True),
    )  # fmt: skip


@asks
def designate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say to which post of a body requests to sign go first."""
    body = get_object_or_404(Organisation, pk=pk)
    require(may_designate(request.user, body))
    found = DesignatedOfficer.objects.filter(organisation=body).first()
    back = body.get_absolute_url()
    return edit_page(
        request, partial(DesignateForm, organisation=body),
        initial={"post": found.post_id if found else None},
        act=partial(services.designate, by=request.user, organisation=body),
        title="Who lets requests to sign go", button="Save", to=back, back=back,
        context={"caption": body.legal_name},
    )  # fmt: skip


def _not_in_force(request: HttpRequest, document: Document) -> HttpResponse | None:
    require(may_edit(request.user, document))
    version = document.governing
    if version is None or version.frozen_at is None:
        return refused(request, f"{document} has no signed version in force.", status=409)
    return None


def _words(document: Document, intro: str, *, danger: bool = False) -> dict:
    return {
        "document": document,
        "version": document.governing,
        "caption": f"{document.reference} · {document.governing.title}",
        "intro": intro,
        "danger": danger,
    }
