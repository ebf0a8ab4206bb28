"""Legal holds: the list, setting one, releasing one."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.ledger.models import Hold
from register.records.forms import HoldForm, ReasonForm
from register.records.holds import lines_of, subject_of
from register.records.permissions import may_keep_records, may_read_records, may_release
from register.records.services import holds as services
from register.records.views.finding import asks, hold_or_404, known_holds
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page


@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, the newest first, released ones included."""
    require(may_read_records(request.user))
    asked = request.GET.dict()
    page = page_of(known_holds(request), order=["-pk"], asked=asked, size=size_of(asked))
    context = {
        "title": "Legal holds", "page": page, "lines": lines_of(page.rows),
        "may_keep": may_keep_records(request.user),
    }  # fmt: skip
    return render(request, "records/holds.html", context)


@asks
def set_hold(request: HttpRequest) -> HttpResponse:
    """Put an entry, a body or a person on hold."""
    require(may_read_records(request.user))
    require(may_keep_records(request.user))

    def act(*, subject, until, reason, **asked) -> Hold:
        return services.set_hold(by=request.user, subject=subject, until=until, reason=reason)

    initial = {"which": request.GET.get("entry", "")[:30]}
    return form_page(
        request, partial(HoldForm, user=request.user), act=act, title="Set a legal hold",
        button="Set the hold", done="The hold is set.", to=reverse("records:holds"),
        back=reverse("records:holds"), initial=initial,
    )  # fmt: skip


@asks
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a hold."""
    row = hold_or_404(request, pk)
    if (subject := subject_of(row)) is None:
        raise Http404("What was on hold is not known any more.")
    require(may_release(request.user, row, subject))
    return form_page(
        request, ReasonForm, act=partial(services.release_hold, by=request.user, hold=row),
        title=f"Release the hold on {subject}?", button="Release the hold",
        done="The hold is released.", to=reverse("records:holds"), back=reverse("records:holds"),
        context={"intro": f"It was set because: {row.reason}"},
    )  # fmt: skip
