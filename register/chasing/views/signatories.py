"""The signatories of an entry: who is asked, how far each is, and the one thing to do next."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.chasing.forms import AskForm, DayForm, ReplaceForm
from register.chasing.reading import with_everything
from register.chasing.statuses import OPEN_STATES, lines_of
from register.core.dates import today, words
from register.core.verdicts import require
from register.documents.models import Document, Version
from register.documents.permissions import may_edit, readable_versions
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import document_or_404, standing_of
from register.signing import services as signing
from register.signing.models import SigningRequest, Slot
from register.signing.permissions import may_ask


@require_safe
def signatories(request: HttpRequest, ref: str) -> HttpResponse:
    """Every place to sign of what is out for signature, else of what governs."""
    document = document_or_404(request, ref)
    version = _version(request, document)
    slots = version.slots.all() if version else Slot.objects.none()
    lines = lines_of(with_everything(slots))
    standing = [line for line in lines if line.slot.voided_at is None]
    context = {
        "title": f"Signatories of {document.reference}",
        "document": document,
        "version": version,
        "round": getattr(version, "round", None) if version else None,
        "lines": sorted(lines, key=lambda line: line.slot.voided_at is not None),
        "signed": sum(line.is_signed for line in standing),
        "count": len(standing),
        "may_edit": may_edit(request.user, document),
        "is_out": version is not None and version.state in OPEN_STATES,
        "any_ticks": any(line.open_ticks for line in lines),
    }
    return render(request, "chasing/signatories.html", context)


@asks
def day(request: HttpRequest, ref: str) -> HttpResponse:
    """Set another day by which what is out is to be signed, also when nobody is asked at the moment."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    version = _version(request, document)
    asked = getattr(version, "round", None) if version else None
    if version is None or asked is None:
        return refused(request, "Nobody has been asked to sign yet.", status=409)
    if not (verdict := may_ask(request.user, version)):
        return refused(request, verdict.reason, status=409)
    back = reverse("chasing:signatories", args=[ref])
    return edit_page(
        request, DayForm, act=partial(signing.extend, by=request.user, version=version),
        title="Change the day to sign by", button="Change the day", to=back, back=back,
        done="The new day to sign by is set. Reminders go by it.",
        initial={"sign_by": asked.sign_by, "row_version": asked.row_version},
        context={"document": document, "version": version, "caption": document.reference},
    )  # fmt: skip


@asks
def ask(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask somebody to sign: again after a refusal or an expiry, or one more who may sign here."""
    slot = _slot(request, ref, pk)
    require(may_edit(request.user, slot.version.document))
    if not (verdict := may_ask(request.user, slot.version)):
        return refused(request, verdict.reason, status=409)
    return _page(
        request, slot, partial(AskForm, slot=slot),
        act=partial(signing.ask_again, by=request.user, slot=slot),
        title="Ask somebody to sign", button="Ask to sign", done="They are asked to sign.",
        intro=_passed(slot),
    )  # fmt: skip


@asks
def replace(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask somebody else in the place of a person who was asked."""
    document = document_or_404(request, ref)
    rows = SigningRequest.objects.filter(slot__version__in=_readable(request, document))
    found = get_object_or_404(rows.select_related("slot", "person"), pk=pk)
    slot = _slot(request, ref, found.slot_id)
    require(may_edit(request.user, document))
    if not found.is_open:
        how = found.get_closed_as_display().lower()
        return refused(request, f"The request to {found.person} is closed: {how}.", status=409)
    return _page(
        request, slot, partial(ReplaceForm, slot=slot),
        act=partial(signing.replace, by=request.user, request=found),
        title=f"Ask somebody else than {found.person}", button="Ask them instead",
        done=f"{found.person} is asked no more.",
        intro=f"The link that {found.person} has stops working at once. The history keeps both names.",
    )  # fmt: skip


def _page(request: HttpRequest, slot: Slot, make, *, act, intro: str = "", **words) -> HttpResponse:
    document = slot.version.document
    back = reverse("chasing:signatories", args=[document.reference])
    context = {
        "document": document,
        "version": slot.version,
        "caption": f"{slot.organisation} · {slot.post_called}",
        "intro": intro,
    }
    return edit_page(request, make, act=act, to=back, back=back, context=context, **words)


def _passed(slot: Slot) -> str:
    asked = getattr(slot.version, "round", None)
    if asked is None or asked.sign_by is None or asked.sign_by >= today():
        return ""
    return f"The day to sign by was {words(asked.sign_by)}. Change it first, so that the message names a new one."


def _version(request: HttpRequest, document: Document) -> Version | None:
    standing = standing_of(request, document)
    preparing = standing.preparing
    if preparing is not None and preparing.frozen_at is not None:
        return preparing
    shown = standing.shown
    return None if shown is not None and shown.is_editable and not shown.is_admitted else shown


def _slot(request: HttpRequest, ref: str, pk: int) -> Slot:
    document = document_or_404(request, ref)
    slots = Slot.objects.select_related("organisation", "post", "version")
    found = slots.filter(pk=pk, version__in=_readable(request, document)).first()
    if found is None:
        raise Http404("That place to sign is not known.")
    found.version.document = document
    return found


def _readable(request: HttpRequest, document: Document):
    return readable_versions(request.user, document).order_by().values("pk")
