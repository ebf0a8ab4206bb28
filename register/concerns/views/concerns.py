"""Pages of breaches and concerns: the list, one of them, and what is recorded of it."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from register.concerns import permissions, reading
from register.concerns.forms.concerns import (
    CloseForm,
    ConcernEditForm,
    RecordForm,
    ReopenForm,
    ToldForm,
)
from register.concerns.models import Concern, ConcernBody
from register.concerns.services import concerns as services
from register.concerns.services import telling
from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.views.conversation import belongs, facts_of, history_page
from register.documents.models import Document
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404
from register.ledger.models import Entry
from register.ui.listing import page_of, size_of
from register.ui.typed_times import typed_instant

RELATED = ("document__partnership", "document__lead", "lead_body", "lead")
TYPED = set(services.FACTS) - {"found_at", "ico_notified_at"}
STANDINGS = (("", "Open"), ("closed", "Closed"), ("all", "All"))


@require_safe
@belongs
def listing(request: HttpRequest) -> HttpResponse:
    """The breaches and concerns that the reader may know of, the newest found first."""
    asked = request.GET.dict()
    standing = asked.get("standing", "")
    mine = Concern.objects.visible_to(request.user).select_related(*RELATED)
    rows = {"closed": mine.closed(), "all": mine}.get(standing, mine.open())
    context = {
        "title": "Breaches and concerns",
        "page": page_of(rows, order=["-found_at", "-pk"], asked=asked, size=size_of(asked)),
        "standing": standing,
        "standings": STANDINGS,
    }
    return render(request, "concerns/concerns.html", context)


@require_safe
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """A breach or concern: what happened, who was told, what came of it."""
    found, user = concern_or_404(request, pk), request.user
    context = {
        "title": found.title,
        "row": found,
        "document": found.document,
        "happened": reading.happened_of(found),
        "duties": reading.duties_of(found),
        "outcome": reading.outcome_of(found),
        "bodies": found.bodies.select_related("organisation").order_by("organisation__legal_name"),
        "may_change": permissions.may_change(user, found),
        "may_reopen": permissions.may_reopen(user, found),
    }
    return render(request, "concerns/concern.html", context)


@asks
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a breach or concern on an agreement."""
    document = _agreement(request, ref)
    require(permissions.may_record(request.user, document))
    return edit_page(
        request,
        partial(RecordForm, document=document),
        act=partial(services.record, by=request.user, document=document),
        title="Record a breach or concern",
        button="Record it",
        done="It is recorded. An early review of the agreement is asked for.",
        to=lambda made: made.get_absolute_url(),
        back=document.get_absolute_url(),
        template="concerns/record.html",
        initial={"found_on": today(), "lead_body": document.lead_id},
        context={"caption": document.reference, "document": document},
    )


@asks
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a breach or concern, or write on in it."""
    found = concern_or_404(request, pk)
    require(permissions.may_change(request.user, found))
    held = [row.organisation for row in found.bodies.select_related("organisation")]
    initial = facts_of(found, TYPED) | {
        "bodies": [body.pk for body in held],
        "lead_body": found.lead_body_id,
        **typed_instant(found.found_at, "found"),
        **typed_instant(found.ico_notified_at, "ico"),
    }
    return _page(
        request, found, services.correct,
        partial(ConcernEditForm, document=found.document, held=[*held, found.lead_body]),
        title=f"Correct {found.reference}", button="Save the record", done="The record is saved.",
        template="concerns/record.html", initial=initial,
    )  # fmt: skip


@asks
def told(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Record that a body was told."""
    found = concern_or_404(request, pk)
    require(permissions.may_change(request.user, found))
    rows = ConcernBody.objects.filter(concern=found).select_related("organisation")
    named = get_object_or_404(rows, pk=row)
    named.concern = found
    at = named.told_at or now()
    return edit_page(
        request, ToldForm,
        act=partial(telling.note_told, by=request.user, row=named),
        title=f"{named.organisation.called} was told", button="Record that it was told",
        done=f"It is recorded that {named.organisation.called} was told.",
        to=found.get_absolute_url(), back=found.get_absolute_url(),
        initial={
            "row_version": named.row_version, "told_how": named.told_how,
            "told_whom": named.told_whom, **typed_instant(at, "told"),
        },
        context={"caption": found.reference},
    )  # fmt: skip


@asks
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a breach or concern with its outcome and what is learnt."""
    found = concern_or_404(request, pk)
    require(permissions.may_change(request.user, found))
    return _page(
        request, found, services.close, CloseForm,
        title=f"Close {found.reference}", button="Close the record", done="The record is closed.",
        initial=facts_of(found, ("outcome", "lessons")),
    )  # fmt: skip


@asks
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed record again."""
    found = concern_or_404(request, pk)
    require(permissions.may_reopen(request.user, found))
    return _page(
        request, found, services.reopen, ReopenForm,
        title=f"Open {found.reference} again", button="Open the record again",
        done="The record is open again.", initial=facts_of(found, ()),
    )  # fmt: skip


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who did what to a breach or concern."""
    found = concern_or_404(request, pk)
    entries = Entry.objects.about(found)
    title = f"History of {found.reference}"
    return history_page(request, entries, title=title, back=found.get_absolute_url())


def concern_or_404(request: HttpRequest, pk: int) -> Concern:
    """A breach or concern that the reader may know of."""
    rows = Concern.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _agreement(request: HttpRequest, ref: str) -> Document:
    document = document_or_404(request, ref)
    if document.tier != permissions.AGREEMENT:
        raise Http404("Breaches and concerns are recorded on agreements.")
    return document


def _page(request, found: Concern, act, form_class, **words) -> HttpResponse:
    return edit_page(
        request, form_class, act=partial(act, by=request.user, concern=found),
        to=found.get_absolute_url(), back=found.get_absolute_url(),
        context={"caption": found.reference, "document": found.document}, **words,
    )  # fmt: skip
