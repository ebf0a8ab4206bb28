"""What an entry needs of advice and decisions, and asking for it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.advice.emails import address_of
from register.advice.forms import (
    AskForm,
    CancelForm,
    DueForm,
    PaperForm,
    ReplaceForm,
    said_in,
    usual_day,
)
from register.advice.kinds import Kind, kind_of, kinds
from register.advice.models import ReviewRequest
from register.advice.permissions import may_ask, may_record
from register.advice.progress import lines_of
from register.advice.proposals import offer_of
from register.advice.rules import OFFICE
from register.advice.services import answering
from register.advice.services import asking as services
from register.advice.standing import advice_on, whose
from register.advice.views.answering import points_of
from register.advice.wording import wording_sha256
from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.forms.life import ConfirmForm
from register.documents.models import Part, Version
from register.documents.permissions import may_edit
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import document_or_404, standing_of


@require_safe
def entry(request: HttpRequest, ref: str) -> HttpResponse:
    """What is needed, asked and answered on the version in preparation, else on the one in force."""
    version = _version(request, ref)
    lines, answers = lines_of(version), advice_on(version)
    wording = wording_sha256(version) if any(row.wording_sha256 for row in answers) else ""
    context = {
        "title": "Advice and decisions",
        "document": version.document,
        "version": version,
        "lines": lines,
        "answers": [(row, kind_of(row.request.kind)) for row in reversed(answers)],
        "wording": wording,
        "may_ask": may_ask(request.user, version),
        "at_once": sum(line.may_be_asked_at_once for line in lines),
        "unknown": [line for line in lines if _has_nobody(line)],
        "kinds": kinds(),
        "bodies": _bodies(version),
        "today": today(),
    }
    return render(request, "advice/entry.html", context)


@asks
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for one kind of advice or decision of one body."""
    version = _version(request, ref)
    if not (verdict := may_ask(request.user, version)):
        return refused(request, verdict.reason, status=409)
    kind, body = _asked(request, version)
    key = (kind.code, body.pk if body else None)
    offered = offer_of(version.document, [body.pk] if body else []).choices(key)
    whom = body.called if body else OFFICE
    return _page(
        request, version,
        partial(AskForm, offered=offered, is_office=body is None),
        act=partial(services.ask, by=request.user, version=version, kind=kind.code,
                    organisation=body),
        title=f"Ask {whom}: {kind.name}", button="Ask for it", done=f"{whom} is asked.",
        template="advice/ask.html", initial={"due_on": usual_day()},
        context={"kind": kind, "body": body, "has_nobody": body is not None and not offered},
    )  # fmt: skip


@asks
def ask_all(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for everything that is needed and not asked for yet."""
    version = _version(request, ref)
    if not (verdict := may_ask(request.user, version)):
        return refused(request, verdict.reason, status=409)
    lines = lines_of(version)
    at_once = [line for line in lines if line.may_be_asked_at_once]
    context = {"at_once": at_once, "unknown": [line for line in lines if _has_nobody(line)]}
    return _page(
        request, version, DueForm,
        act=partial(services.ask_all, by=request.user, version=version),
        title="Ask for all that is needed", button=f"Ask {len(at_once)} at once",
        done="They are asked.", template="advice/ask_all.html",
        initial={"due_on": usual_day()}, context=context,
    )  # fmt: skip


@asks
def remind(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Remind whoever is asked."""
    found = _request(request, ref, pk)
    return _page(
        request, found.version, ConfirmForm,
        act=lambda: services.remind(by=request.user, request=found),
        title=f"Remind {whose(found)}?", button="Send the reminder", done="The reminder is sent.",
        context={"intro": f"A mail goes to {address_of(found) or 'nobody: no address is known'}."},
    )  # fmt: skip


@asks
def replace(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask somebody else instead."""
    found = _request(request, ref, pk)
    if found.organisation is None:
        raise Http404("The office is asked as a whole.")
    offer = offer_of(found.version.document, [found.organisation_id])
    offered = offer.choices((found.kind, found.organisation_id))
    return _page(
        request, found.version, partial(ReplaceForm, offered=offered),
        act=partial(services.replace, by=request.user, request=found),
        title=f"Ask somebody else: {kind_of(found.kind).name}", button="Ask them instead",
        done="Somebody else is asked.",
        initial={"row_version": found.row_version, "question": found.question,
                 "due_on": found.due_on or usual_day()},
    )  # fmt: skip


@asks
def cancel(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask no more."""
    found = _request(request, ref, pk)
    return _page(
        request, found.version, CancelForm,
        act=partial(services.cancel, by=request.user, request=found),
        title=f"Stop asking {whose(found)}?", button="Stop asking", done="It is not asked any more.",
        initial={"row_version": found.row_version}, context={"danger": True},
    )  # fmt: skip


@asks
def record(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Record an answer that was given on paper or by mail."""
    found = _request(request, ref, pk)
    require(may_record(request.user, found))
    kind = kind_of(found.kind)
    initial = {
        "row_version": found.row_version,
        "person_name": found.person.name if found.person else "",
        "post_title": found.post.title if found.post else "",
    }
    return _page(
        request, found.version, partial(PaperForm, kind=kind, points=points_of(kind)),
        act=partial(_record, request, found),
        title=f"Record the answer of {whose(found)}", button="Record the answer",
        done="The answer is recorded.", initial=initial,
        context={"intro": "You record what somebody else has said, with the paper that shows it.",
                 "unsaved_page": ""},
    )  # fmt: skip


def _record(request: HttpRequest, found: ReviewRequest, row_version: int, file, **typed):
    return answering.record_answer(
        by=request.user, request=found, row_version=row_version, said=said_in(typed),
        person_name=typed["person_name"], post_title=typed["post_title"],
        given_on=typed["given_on"], content=file.read() if file else None,
        name=file.name if file else "",
    )  # fmt: skip


def _version(request: HttpRequest, ref: str) -> Version:
    """The version that advice is about, for those who keep the entry."""
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    standing = standing_of(request, document)
    version = standing.preparing or standing.shown
    if version is None:
        raise Http404("It has no version that you may read.")
    return version


def _request(request: HttpRequest, ref: str, pk: int) -> ReviewRequest:
    document = document_or_404(request, ref)
    require(may_edit(request.user, document))
    rows = ReviewRequest.objects.select_related("organisation", "post", "person", "version")
    found = get_object_or_404(rows, pk=pk, version__document=document)
    found.version.document = document
    return found


def _asked(request: HttpRequest, version: Version) -> tuple[Kind, Organisation | None]:
    kind = next((each for each in kinds() if each.code == request.GET.get("kind")), None)
    if kind is None:
        raise Http404("There is no such kind of advice.")
    if kind.is_of_office:
        return kind, None
    body = next((b for b in _bodies(version) if str(b.pk) == request.GET.get("body")), None)
    if body is None:
        raise Http404("That body is not named in the entry.")
    return kind, body


def _bodies(version: Version) -> list[Organisation]:
    rows = version.party_rows.exclude(part=Part.OBSERVER).select_related("organisation")
    found = {row.organisation_id: row.organisation for row in rows.order_by("position", "pk")}
    if (lead := version.document.lead) is not None:
        found.setdefault(lead.pk, lead)
    return list(found.values())


def _has_nobody(line) -> bool:
    return (
        line.is_needed
        and not line.is_given
        and line.request is None
        and line.organisation is not None
        and line.proposed is None
    )


def _page(request: HttpRequest, version: Version, make, *, context=None, **words) -> HttpResponse:
    to = reverse("advice:entry", args=[version.document.reference])
    context = {
        "document": version.document,
        "version": version,
        "caption": f"{version.document.reference} · version {version.number}",
        **(context or {}),
    }
    return edit_page(request, make, to=to, back=to, context=context, **words)
