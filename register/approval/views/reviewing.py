"""Reading what is to be signed, and the page after it was answered."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from register.advice.standing import advice_for
from register.approval.here import Here
from register.approval.others import places_of, still_to_sign
from register.approval.sittings import OWN_ANSWERS
from register.approval.summary import summary_of
from register.approval.views.conversation import asked_page, moved_on, refusal
from register.core.codes import short_code
from register.core.dates import today
from register.documents.comparing import compare
from register.signing.earlier import last_signed
from register.signing.emails import about
from register.signing.models import SigningRequest
from register.signing.permissions import may_answer, may_sign
from register.signing.services import note_opened


@asked_page("GET", "HEAD")
def review(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """The summary, what changed, the whole text, and the way on to sign."""
    if asked.closed_as in OWN_ANSWERS:
        return redirect("approval:done", asked.pk)
    verdict = may_answer(here.signer, asked)
    if not verdict:
        return refusal(request, here, asked, verdict.reason)
    if request.method == "GET":
        note_opened(asked)
    return render(request, "approval/review.html", words_of(asked, here))


@asked_page("GET", "HEAD")
def done(request: HttpRequest, here: Here, asked: SigningRequest) -> HttpResponse:
    """What was answered, when, and what happens next; loading it again does nothing."""
    if asked.is_open:
        return redirect("approval:review", asked.pk)
    if asked.closed_as not in OWN_ANSWERS:
        reason = f"This request is closed: {asked.get_closed_as_display().lower()}."
        return moved_on(request, here, asked, reason)
    version = asked.slot.version
    waiting = list(SigningRequest.objects.of(here.person).select_related("slot__version")[:20])
    words = {
        "title": "Done",
        "asked": asked,
        "here": here,
        "row": asked.signatures.order_by("-pk").first(),
        "code": short_code(version.body_sha256),
        "still": still_to_sign(version),
        "waiting": waiting,
        "next": waiting[0] if waiting else None,
        "passed_to": asked.passed_to.select_related("person").first(),
        **about(version),
    }
    return render(request, "approval/done.html", words)


def words_of(asked: SigningRequest, here: Here) -> dict:
    """What the page says of a version that is to be signed."""
    version, slot = asked.slot.version, asked.slot
    body = json.loads(bytes(version.body.content))
    before = last_signed(version, slot.organisation_id)
    places = places_of(version)
    return {
        "title": version.title,
        "asked": asked,
        "here": here,
        "slot": slot,
        "body": body,
        "summary": summary_of(version, body),
        "places": places,
        "others": [place for place in places if place.slot.pk != slot.pk],
        "signed": sum(place.is_signed for place in places),
        "before": before,
        "difference": compare(before.slot.version, version) if before else None,
        "advice": advice_for(version, slot.organisation),
        "may_sign": may_sign(here.signer, asked),
        "may_object": asked.is_notice and not (asked.object_by and today() > asked.object_by),
        **about(version),
    }
