"""What somebody who is asked may take away: the text as a PDF, its file, the day of the review."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from register.approval.here import Here
from register.approval.review_day import event_of
from register.approval.sittings import OWN_ANSWERS
from register.approval.views.conversation import asked_page, refusal, refused
from register.documents.models import Version
from register.documents.views.files import file_answer
from register.evidence.models import Seal
from register.printing.bounded import render_version
from register.printing.framing import content_of, frame_of
from register.printing.refusals import PrintFailed
from register.printing.services import name_of
from register.signing.emails import about
from register.signing.models import SigningRequest
from register.signing.permissions import may_answer

AWAY = 503


@asked_page("GET")
def text(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """The version as a PDF: the sealed one where there is one, else made now for whoever is asked."""
    if no := _closed(request, here, asked):
        return no
    version = asked.slot.version
    seal = Seal.objects.filter(version=version, taken_away_at__isnull=True).first()
    if seal is not None:
        return file_answer(seal.file, seal.name)
    pair = content_of(version), frame_of(version, printed_by=here.person.name)
    try:
        pdf = render_version(*pair)
    except PrintFailed as failed:
        return refused(request, failed.sentence, AWAY, **about(version))
    return _file(pdf, name_of(pair), "application/pdf")


@asked_page("GET")
def file(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """The file that is the text, where the text is on somebody else's paper."""
    if no := _closed(request, here, asked):
        return no
    version: Version = asked.slot.version
    if version.governing_file is None:
        raise Http404("Its text is no file.")
    return file_answer(version.governing_file, version.governing_file_name)


@asked_page("GET")
def day(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """The day of the review, for a calendar."""
    if no := _closed(request, here, asked):
        return no
    version = asked.slot.version
    if version.document.review_on is None:
        raise Http404("No day of review was set.")
    name = f"review-{version.document.reference}.ics"
    return _file(event_of(version).encode(), name, "text/calendar; charset=utf-8")


def _closed(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse | None:
    """A request that ended otherwise than by its person's answer shows its text no more."""
    if asked.closed_as in OWN_ANSWERS:
        return None
    verdict = may_answer(here.signer, asked)
    return None if verdict else refusal(request, here, asked, verdict.reason)


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
