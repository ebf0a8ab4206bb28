"""Finding what an address names, as far as the reader oversees it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from register.core.verdicts import require
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.ledger.models import Hold
from register.records.access_log import oversees_all
from register.records.holds import KINDS, subject_of, subjects_of
from register.records.models import DisposalRun, RedactionRequest
from register.records.permissions import (
    belonging,
    may_read_records,
    overseen,
    partnerships_of_subject,
)

asks = require_http_methods(["GET", "HEAD", "POST"])


def partnerships_for(request: HttpRequest):
    """The partnerships whose records the reader oversees."""
    if reach_of(request.user).sees_everything:
        return Partnership.objects.order_by("name")
    return Partnership.objects.filter(pk__in=overseen(request.user)).order_by("name")


def partnership_or_404(request: HttpRequest, slug: str) -> Partnership:
    """A partnership whose records the reader oversees."""
    require(may_read_records(request.user))
    return get_object_or_404(partnerships_for(request), slug=slug)


def run_or_404(request: HttpRequest, pk: int) -> DisposalRun:
    """A disposal in a partnership that the reader oversees."""
    require(may_read_records(request.user))
    rows = DisposalRun.objects.filter(partnership__in=partnerships_for(request))
    return get_object_or_404(rows.select_related("partnership", "proposed_by", "decided_by"), pk=pk)


def requests_for(request: HttpRequest):
    """The redactions that the reader may know of: of partnerships they oversee, and their own."""
    mine = Q(document__partnership__in=partnerships_for(request))
    if person := getattr(request.user, "person", None):
        mine |= Q(asked_by=person)
    rows = RedactionRequest.objects.filter(mine)
    return rows.select_related("document__partnership", "asked_by", "decided_by")


def request_or_404(request: HttpRequest, pk: int) -> RedactionRequest:
    """A redaction that the reader may know of."""
    return get_object_or_404(requests_for(request), pk=pk)


def knows_hold(request: HttpRequest, row: Hold) -> bool:
    """Whether the reader oversees a partnership that what is on hold belongs to."""
    subject = subject_of(row)
    return subject is not None and knows_subject(request, subject)


def knows_subject(request: HttpRequest, subject) -> bool:
    """The same of an entry, a body or a person; what belongs nowhere is for everybody here."""
    if reach_of(request.user).sees_everything:
        return True
    belongs = partnerships_of_subject(subject)
    return not belongs or bool(belongs & overseen(request.user))


def known_holds(request: HttpRequest) -> QuerySet[Hold]:
    """The holds that the reader oversees; asked about together, before there are pages of them."""
    rows = Hold.objects.filter(subject_model__in=KINDS)
    on = subjects_of(list(rows))
    known = {pk for pk, subject in on.items() if subject is not None}
    if not oversees_all(request.user):
        seen = overseen(request.user)
        belongs = belonging([on[pk] for pk in known])
        places = {pk: belongs[type(on[pk]), on[pk].pk] for pk in known}
        known = {pk for pk in known if not places[pk] or places[pk] & seen}
    return rows.filter(pk__in=known)


def hold_or_404(request: HttpRequest, pk: int) -> Hold:
    """A hold that the reader oversees."""
    require(may_read_records(request.user))
    known = [row for row in Hold.objects.filter(pk=pk) if knows_hold(request, row)]
    return get_object_or_404(Hold.objects.filter(pk__in=[row.pk for row in known]), pk=pk)
