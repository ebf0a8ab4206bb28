"""Slots and what happened in them on paper."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.ripple import touched_for
from register.core.verdicts import Verdict, require
from register.directory.models import TierPost
from register.documents.models import Document, Version
from register.documents.permissions import may_edit, readable_versions
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.files import file_answer
from register.documents.views.finding import document_or_404, draft_or_refusal
from register.lists.labels import labels
from register.signing import services
from register.signing.causes import signature_ends
from register.signing.forms.paper import (
    RefusalForm,
    SignatureForm,
    SlotForm,
    VoidForm,
    WithdrawalForm,
)
from register.signing.models import Slot
from register.signing.panels import places_of, slots_task
from register.signing.permissions import may_record, may_withdraw


@require_safe
def slots(request: HttpRequest, ref: str) -> HttpResponse:
    """Who shall sign a draft."""
    version = draft_or_refusal(request, ref)
    context = {
        "title": "Who signs",
        "version": version,
        "document": version.document,
        "places": [place for place in places_of(version) if not place.slot.voided_at],
        "problems": slots_task(version).problems,
        "expected": _expected(version),
    }
    return render(request, "signing/slots.html", context)


@asks
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a slot for each party and each post that the partnership expects."""
    version = draft_or_refusal(request, ref)
    if request.method == "POST":
        services.propose_slots(by=request.user, version=version)
    return redirect("signing:slots", ref)


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Add the place where a post signs for a party."""
    version = draft_or_refusal(request, ref)
    back = reverse("signing:slots", args=[ref])

    def act(post, is_required):
        return services.add_slot(
            by=request.user, version=version, organisation=post.organisation, post=post,
            is_required=is_required,
        )  # fmt: skip

    return edit_page(
        request, partial(SlotForm, version=version), act=act, title="Add a place to sign",
        button="Add place to sign", to=back, back=back, context=_words(version),
    )  # fmt: skip


@require_safe
def slot(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """A slot: whose it is, what happened in it, what can be recorded."""
    found = _slot(request, ref, pk)
    place = next(each for each in places_of(found.version) if each.slot.pk == found.pk)
    context = _words(found.version) | {
        "title": f"{found.organisation}: {found.post.title if found.post else found.post_words}",
        "place": place,
        "slot": found,
        "may_edit": may_edit(request.user, found.version.document),
        "may_record": may_record(request.user, found),
        "may_withdraw": may_withdraw(request.user, found),
    }
    return render(request, "signing/slot.html", context)


@asks
def sign(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Record a signature made on paper."""
    found = _slot(request, ref, pk)
    return _record(
        request, found, partial(SignatureForm, slot=found), may_record(request.user, found),
        act=partial(services.record_signature, by=request.user, slot=found),
        title="Record a signature on paper", button="Record signature",
        done="The signature is recorded.",
        intro="The last signature that is needed brings the version into force at once.",
    )  # fmt: skip


@asks
def refuse(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Record that a signature was refused."""
    found = _slot(request, ref, pk)
    return _record(
        request, found, RefusalForm, may_record(request.user, found),
        act=partial(services.record_refusal, by=request.user, slot=found),
        title="Record a refusal", button="Record refusal", done="The refusal is recorded.",
        intro="The place to sign stays open: the body may still sign later.",
    )  # fmt: skip


@asks
def withdraw(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Record that a signature was withdrawn."""
    found = _slot(request, ref, pk)
    return _record(
        request, found, WithdrawalForm, may_withdraw(request.user, found),
        act=partial(services.record_withdrawal, by=request.user, slot=found),
        title="Record a withdrawal", button="Record withdrawal",
        done="The withdrawal is recorded.", danger=True, touches=_touched_by_end(request, found),
        intro="The signature stays in the record, and the place to sign is open again.",
    )  # fmt: skip


@asks
def void(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Void a slot: nobody signs in it any more."""
    found = _slot(request, ref, pk)
    return _record(
        request, found, VoidForm, may_edit(request.user, found.version.document),
        act=partial(services.void_slot, by=request.user, slot=found),
        title="Void this place to sign?", button="Void place to sign",
        done="The place to sign is void.", danger=True,
        intro="What stands in it stays readable. Where it was the last one waited for, the version "
        "comes into force at once.",
    )  # fmt: skip


@require_safe
def scan(request: HttpRequest, ref: str, pk: int, row: int) -> HttpResponse:
    """The scan of the paper that a row was recorded from."""
    found = _slot(request, ref, pk)
    signature = get_object_or_404(found.signatures.select_related("scan"), pk=row)
    if signature.scan is None:
        raise Http404("No scan was kept.")
    return file_answer(signature.scan, signature.scan_name)


def _record(
    request: HttpRequest, slot: Slot, make, verdict: Verdict, *, intro: str, danger=False,
    touches=None, **words,
) -> HttpResponse:  # fmt: skip
    require(may_edit(request.user, slot.version.document))
    if not verdict:
        return refused(request, verdict.reason, status=409)
    document = slot.version.document
    to = document.get_absolute_url()
    if slot.version.is_editable:
        to = reverse("signing:slots", args=[document.reference])
    context = _words(slot.version) | {"intro": intro, "danger": danger, "slot": slot}
    context["touches"] = touches
    context["caption"] = f"{slot.organisation} · {slot.post or slot.post_words}"
    return edit_page(request, make, to=to, back=slot.get_absolute_url(), context=context, **words)


def _touched_by_end(request: HttpRequest, slot: Slot) -> list | None:
    touches = [t for cause in signature_ends(slot) for t in touched_for(cause, request.user)]
    return touches if signature_ends(slot) else None


def _slot(request: HttpRequest, ref: str, pk: int) -> Slot:
    document = document_or_404(request, ref)
    slots = Slot.objects.select_related("organisation", "post__organisation", "version")
    found = get_object_or_404(slots, pk=pk, version__in=_readable(request, document))
    found.version.document = document
    return found


def _readable(request: HttpRequest, document: Document):
    return readable_versions(request.user, document).order_by().values("pk")


def _words(version: Version) -> dict:
    document = version.document
    return {
        "document": document,
        "version": version,
        "caption": f"{document.reference} · version {version.number}",
    }


def _expected(version: Version) -> list[str]:
    document = version.document
    rows = TierPost.objects.filter(partnership=document.partnership_id, tier=document.tier)
    words = labels("post_kind")
    return [words.get(row.post_kind, row.post_kind) for row in rows.order_by("position", "pk")]
