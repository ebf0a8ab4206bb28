"""Disposals: what is due, a list that somebody proposes, a second administrator's decision, the result."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.records.due import due_in
from register.records.forms import ReasonForm, RemarkForm
from register.records.models import DisposalRun
from register.records.permissions import (
    may_decide_disposal,
    may_keep_records,
    may_read_records,
)
from register.records.services import disposal as services
from register.records.views.finding import asks, partnership_or_404, partnerships_for, run_or_404
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every disposal, the newest first."""
    require(may_read_records(request.user))
    places = partnerships_for(request)
    rows = DisposalRun.objects.filter(partnership__in=places)
    rows = rows.select_related("partnership", "proposed_by", "decided_by")
    asked = request.GET.dict()
    context = {
        "title": "Disposals",
        "page": page_of(rows, order=["-pk"], asked=asked, size=size_of(asked)),
        "places": [place for place in places if may_keep_records(request.user, place)],
    }
    return render(request, "records/disposals.html", context)


@asks
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """What is due in a partnership, with what is kept and why; proposing it makes the list."""
    partnership = partnership_or_404(request, slug)
    require(may_keep_records(request.user, partnership))
    rows = due_in(partnership, services.LIMIT)
    counts: dict[tuple[str, bool], int] = {}
    for row in rows:
        key = (row.kind, bool(row.why_kept))
        counts[key] = counts.get(key, 0) + 1
    context = {
        "rows": rows, "limit": services.LIMIT, "is_cut": len(rows) == services.LIMIT,
        "counts": [
            {"kind": kind, "outcome": "Kept" if kept else "Would go", "count": count}
            for (kind, kept), count in sorted(counts.items())
        ],
    }  # fmt: skip
    return form_page(
        request, ReasonForm,
        act=partial(services.propose, by=request.user, partnership=partnership),
        title=f"What is due in {partnership}", button="Propose the disposal",
        done="The disposal is proposed. Another administrator confirms or refuses it.",
        to=lambda run: run.get_absolute_url(), back=reverse("records:disposal"),
        template="records/propose.html", context=context,
    )  # fmt: skip


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One disposal: its list, who decided, and what became of each record."""
    row = run_or_404(request, pk)
    asked = request.GET.dict()
    page = page_of(row.items.all(), order=["pk"], asked=asked, size=size_of(asked))
    context = {
        "title": f"Disposal {row.pk} of {row.partnership}", "run": row, "page": page,
        "counts": services.counts_of(row), "verdict": may_decide_disposal(request.user, row),
    }  # fmt: skip
    return render(request, "records/run.html", context)


@asks
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a disposal as the second administrator."""
    return _decide(
        request, pk, services.confirm, RemarkForm, title="Confirm disposal {0.pk}?",
        button="Confirm the disposal", done="The disposal is confirmed. The worker carries it out.",
        danger=True, intro="What is disposed of cannot be brought back. Of an agreement its "
        "reference, dates and hash remain.",
    )  # fmt: skip


@asks
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a disposal as the second administrator."""
    return _decide(
        request, pk, services.refuse, ReasonForm, title="Refuse disposal {0.pk}?",
        button="Refuse the disposal", done="The disposal is refused. Nothing was touched.",
    )  # fmt: skip


def _decide(request: HttpRequest, pk: int, act, form, *, title, button, done, **context):
    row = run_or_404(request, pk)
    require(may_decide_disposal(request.user, row))
    return form_page(
        request, form, act=partial(act, by=request.user, run=row), title=title.format(row),
        button=button, done=done, to=row.get_absolute_url(), back=row.get_absolute_url(),
        context=context,
    )  # fmt: skip
