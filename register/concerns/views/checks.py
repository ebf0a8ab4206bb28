"""Pages of adherence checks: one of them, recording, correcting."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from register.concerns import permissions, reading
from register.concerns.forms.checks import CheckEditForm, CheckForm
from register.concerns.models import AdherenceCheck
from register.concerns.services import checks as services
from register.core.dates import today
from register.core.verdicts import require
from register.directory.views.conversation import facts_of, history_page
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404
from register.ledger.models import Entry


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """A check with its answers and findings."""
    found = check_or_404(request, pk)
    context = {
        "title": f"Adherence check of {found.document.reference}",
        "row": found,
        "facts": reading.check_of(found),
        "answers": list(found.answers.order_by("pk")),
        "may_correct": permissions.may_correct_check(request.user, found),
    }
    return render(request, "concerns/check.html", context)


@asks
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a check of an agreement."""
    document = document_or_404(request, ref)
    if document.tier != permissions.AGREEMENT:
        raise Http404("Adherence checks are recorded on agreements.")
    require(permissions.may_check(request.user, document))
    person = getattr(request.user, "person", None)
    return edit_page(
        request, CheckForm, act=partial(services.record_check, by=request.user, document=document),
        title="Record an adherence check", button="Record the check",
        done="The check is recorded.", to=lambda made: made.get_absolute_url(),
        back=document.get_absolute_url(), template="concerns/record_check.html",
        initial={
            "checked_on": today(), "next_on": services.next_check(today()),
            "checker_name": person.name if person else "",
        },
        context={"caption": document.reference},
    )  # fmt: skip


@asks
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a check says of itself."""
    found = check_or_404(request, pk)
    require(permissions.may_correct_check(request.user, found))
    return edit_page(
        request, CheckEditForm, act=partial(services.correct_check, by=request.user, check=found),
        title="Correct the adherence check", button="Save the check", done="The check is saved.",
        to=found.get_absolute_url(), back=found.get_absolute_url(),
        initial=facts_of(found, services.FACTS), context={"caption": found.document.reference},
    )  # fmt: skip


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who did what to a check."""
    found = check_or_404(request, pk)
    title = f"History of the adherence check of {found.document.reference}"
    entries = Entry.objects.about(found)
    return history_page(request, entries, title=title, back=found.get_absolute_url())


def check_or_404(request: HttpRequest, pk: int) -> AdherenceCheck:
    """A check that the reader may know of."""
    rows = AdherenceCheck.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("document__partnership", "version"), pk=pk)
