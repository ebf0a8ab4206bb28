"""The privacy notice of the register itself, and the details that it is made from."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.directory.models import Partnership
from register.ledger.retention import rules
from register.records.forms import PrivacyForm
from register.records.papers import NAMES, Paper
from register.records.papers import paper as paper_of
from register.records.permissions import may_keep_records, may_read_records
from register.records.services.privacy import details_of, save_details
from register.records.views.finding import asks, partnership_or_404
from register.ui.pages import form_page

FACTS = ("controller", "controller_address", "controller_email", "ico_number", "dpo_name",
         "dpo_email", "dpo_phone", "more")  # fmt: skip


@login_not_required
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What the register does with the personal data of those who use it, for everybody to read."""
    places = Partnership.objects.select_related("privacy").order_by("name")
    context = {
        "title": "Privacy notice",
        "places": [
            {"place": place, "details": getattr(place, "privacy", None)} for place in places
        ],
        "rules": rules(),
    }
    return render(request, "records/privacy.html", context)


@require_safe
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """A paper that the register ships on its own use of personal data: record of processing, assessment."""
    found = _paper_or_404(request, paper)
    return render(
        request, "records/paper.html", {"title": found.title, "paper": found, "name": paper}
    )


@require_safe
def paper_file(request: HttpRequest, paper: str) -> HttpResponse:
    """The same as a file, to be filled in."""
    found = _paper_or_404(request, paper)
    answer = HttpResponse(found.source, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return answer


@asks
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change who is controller and how to reach the data protection officer."""
    partnership = partnership_or_404(request, slug)
    require(may_keep_records(request.user, partnership))
    row = details_of(partnership)
    initial = {name: getattr(row, name) for name in FACTS} | {"row_version": row.row_version}
    if row.pk is None:
        initial["controller"] = partnership.office_name
        initial["controller_email"] = partnership.office_email
    return form_page(
        request, PrivacyForm,
        act=partial(save_details, by=request.user, partnership=partnership),
        title=f"Privacy details of {partnership}", initial=initial, button="Save the details",
        done="The details are saved.", to=reverse("records:privacy"),
        back=reverse("records:records"),
    )  # fmt: skip


def _paper_or_404(request: HttpRequest, name: str) -> Paper:
    require(may_read_records(request.user))
    if name not in NAMES:
        raise Http404("There is no such paper.")
    return paper_of(name)
