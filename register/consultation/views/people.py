"""Who is consulted on a draft and who helps to write it: asked, reminded, taken off."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.consultation.forms import AskForm, EditorForm
from register.consultation.models import Consultee, Editor
from register.consultation.permissions import may_consult, may_read, may_remind
from register.consultation.services import asking, editing
from register.consultation.services.links import email_of, has_account
from register.consultation.standing import figures_of
from register.consultation.views.comments import version_or_404, words_of
from register.core.dates import today
from register.core.verdicts import require
from register.documents.forms.life import ConfirmForm
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import document_or_404, draft_or_refusal, standing_of


@asks
def open_consultation(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a draft for consultation: who is asked, and by when."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    version = standing_of(request, document).preparing
    if version is None or version.state != State.DRAFT:
        return refused(request, "Only a draft is opened for consultation.", status=409)
    return edit_page(
        request, partial(AskForm, version=version),
        act=partial(asking.open_to, by=request.user, version=version),
        title="Open for consultation", button="Open for consultation",
        done="The parties can read the draft. Everybody whom you asked gets a message.",
        to=_address(version), back=document.get_absolute_url(),
        context=words_of(version)
        | {"intro": "The parties named in the draft can read it from now on. Its text can still "
           "change. Each person whom you choose gets a message, and can comment."},
    )  # fmt: skip


@require_safe
def people(request: HttpRequest, ref: str) -> HttpResponse:
    """Everybody who was asked, with their response; and who of another body writes."""
    version = version_or_404(request, ref)
    require(may_read(request.user, version))
    rows = Consultee.objects.filter(version=version).select_related(
        "person__contact", "person__user", "address"
    )
    context = words_of(version) | {
        "title": "Who is consulted",
        "lines": [_line(row, version) for row in rows],
        "editors": list(version.editors.select_related("person")),
        "figures": figures_of(version),
        "may_consult": may_consult(request.user, version),
        "may_remind": may_remind(request.user, version),
        "is_open": version.state == State.CONSULTATION,
        "is_draft": version.state == State.DRAFT,
    }
    return render(request, "consultation/people.html", context)


@asks
def ask_more(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask more people."""
    version = draft_or_refusal(request, ref)
    if not (verdict := may_remind(request.user, version)):
        require(may_consult(request.user, version))
        return refused(request, verdict.reason, status=409)
    return edit_page(
        request, partial(AskForm, version=version),
        act=partial(asking.ask_more, by=request.user, version=version),
        title="Ask more people", button="Ask these people", done="They get a message each.",
        to=_address(version), back=_address(version), context=words_of(version),
    )  # fmt: skip


@asks
def take_off(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask somebody no longer."""
    version = draft_or_refusal(request, ref)
    require(may_consult(request.user, version))
    row = get_object_or_404(Consultee, pk=pk, version=version)
    return edit_page(
        request, ConfirmForm,
        act=lambda: asking.take_off(by=request.user, consultee=row),
        title=f"Take {row.name} off?", button="Take this person off",
        done=f"{row.name} is taken off.", to=_address(version), back=_address(version),
        context=words_of(version)
        | {"intro": "They can no longer read the draft here. What they said stays.",
           "danger": True, "unsaved_page": ""},
    )  # fmt: skip


@asks
def remind(request: HttpRequest, ref: str) -> HttpResponse:
    """Remind everybody who has not responded."""
    version = draft_or_refusal(request, ref)
    require(may_consult(request.user, version))
    if request.method == "POST":
        try:
            waiting = asking.remind(by=request.user, version=version)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            count = len(waiting)
            messages.success(
                request, f"{count} {'person is' if count == 1 else 'people are'} reminded."
            )
    return redirect(_address(version))


@asks
def give(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a named person of another body write in the draft."""
    version = draft_or_refusal(request, ref)
    require(may_consult(request.user, version))
    return edit_page(
        request, partial(EditorForm, version=version),
        act=partial(editing.give, by=request.user, version=version),
        title="Let somebody of another body write", button="Let them write",
        done="They can write in the draft, and get a message.",
        to=_address(version), back=_address(version),
        context=words_of(version)
        | {"intro": "They can change every part of this draft, and answer comments. Sending it for "
           "signature stays with you. The right ends when the draft is sent, or when you take it "
           "back."},
    )  # fmt: skip


@asks
def revoke(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take the right to write back."""
    version = draft_or_refusal(request, ref)
    require(may_consult(request.user, version))
    editor = get_object_or_404(Editor.objects.select_related("person"), pk=pk, version=version)
    return edit_page(
        request, ConfirmForm, act=lambda: editing.revoke(by=request.user, editor=editor),
        title=f"Take the right to write back from {editor.person}?", button="Take the right back",
        done=f"{editor.person} can no longer write in the draft.",
        to=_address(version), back=_address(version),
        context=words_of(version)
        | {"intro": "What they wrote stays. What they are typing now is not saved.",
           "danger": True, "unsaved_page": ""},
    )  # fmt: skip


def _line(row: Consultee, version: Version) -> dict:
    row.version = version
    is_late = bool(not row.responded_at and row.due_on and row.due_on < today())
    return {
        "row": row,
        "is_late": is_late and row.is_open,
        "has_account": has_account(row),
        "is_reached": row.person_id is None or bool(email_of(row)),
    }


def _address(version: Version) -> str:
    return reverse("consultation:people", args=[version.document.reference])
