"""Everything that waits for somebody, what they signed lately, and who signs for them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from register.approval import here as presence
from register.approval import sittings
from register.approval.forms import LostForm, posts_of
from register.approval.here import Here
from register.approval.releasing import held_for
from register.approval.views.conversation import open_page
from register.core.dates import today
from register.directory.models import Person
from register.documents.lifecycle import GOVERNING, State
from register.signing.models import COUNTS_AS_SIGNED, Delegation, Signature, SigningRequest

LATELY = timedelta(days=400)
SHOWN = 50


@open_page("GET", "HEAD")
def tray(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is here; for a stranger, how to get back in."""
    here = presence.anybody(request)
    if here is None or (here.sitting and not sittings.has_cause(here.sitting)):
        words = {"title": "Open your link", "form": LostForm()}
        return render(request, "approval/nobody.html", words)
    return render(request, "approval/tray.html", _words(here))


def _words(here: Here) -> dict:
    person = here.person
    waiting = SigningRequest.objects.of(person).select_related(
        "slot__organisation", "slot__post", "slot__version__round", "slot__version__document"
    )
    return {
        "title": "What waits for you",
        "here": here,
        "waiting": list(waiting[:SHOWN]),
        "signed": _signed(person),
        "delegations": _given(person),
        "may_delegate": posts_of(person).exists(),
        "to_release": held_for(person).count() if here.user else 0,
    }


def _signed(person: Person) -> list[Signature]:
    """The signatures of a person that stand, newest first."""
    newest = Signature.objects.filter(slot=OuterRef("slot")).order_by("-pk")
    rows = Signature.objects.annotate(newest=Subquery(newest.values("pk")[:1]))
    mine = rows.filter(
        person=person, pk=F("newest"), kind__in=COUNTS_AS_SIGNED, slot__voided_at__isnull=True,
        signed_on__gt=today() - LATELY, slot__version__state__in=(State.SIGNING, *GOVERNING),
    )  # fmt: skip
    return list(
        mine.select_related("slot__organisation", "slot__version__document").order_by("-pk")[:SHOWN]
    )


def _given(person: Person) -> list[Delegation]:
    rows = Delegation.objects.filter(from_person=person, slot__isnull=True).exclude(
        ends_on__lt=today()
    )
    return list(rows.select_related("to_person", "post__organisation").order_by("starts_on", "pk"))
