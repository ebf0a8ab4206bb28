"""A sitting: somebody without an account who has just shown that a mailbox is theirs.

It stands in the session, lets them answer what was asked of them, and nothing else: it is no sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from register.core.dates import now
from register.directory.models import Person
from register.signing.models import Closed, Signature, SigningRequest
from register.signing.permissions import is_shut_out

KEY = "sitting"
IDLE = timedelta(minutes=60)
# How a request ends by its own person's answer; every other end takes the page away from them.
OWN_ANSWERS = (
    Closed.SIGNED,
    Closed.REFUSED,
    Closed.RETURNED,
    Closed.PASSED_ON,
    Closed.OBJECTED,
    Closed.ACCEPTED,
)


@dataclass(frozen=True)
class Sitting:
    """Who came in by a link, how and when (UTC)."""

    person: Person
    method: str
    began_at: datetime


def begin(request: HttpRequest, person: Person, method: str) -> None:
    """Begin a sitting in a session with a fresh key; one before it is gone."""
    request.session.cycle_key()
    at = now().isoformat()
    request.session[KEY] = {"person": person.pk, "method": method, "at": at, "seen": at}


def end(request: HttpRequest) -> None:
    """End the sitting; somebody who is signed in besides stays so."""
    request.session.pop(KEY, None)


def sitting_of(request: HttpRequest) -> Sitting | None:
    """The sitting while it lives; an hour without a page ends it, and so does a login that was closed."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    person = Person.objects.select_related("user", "contact").filter(pk=kept["person"]).first()
    is_idle = now() - datetime.fromisoformat(kept["seen"]) > IDLE
    if person is None or is_idle or is_shut_out(person):
        end(request)
        return None
    kept["seen"] = now().isoformat()
    request.session[KEY] = kept
    return Sitting(person, kept["method"], datetime.fromisoformat(kept["at"]))


def has_cause(sitting: Sitting) -> bool:
    """Whether something still waits for the person, or they answered something since it began."""
    since, person = sitting.began_at, sitting.person
    answered = SigningRequest.objects.filter(
        person=person, closed_at__gte=since, closed_as__in=OWN_ANSWERS
    )
    return (
        SigningRequest.objects.of(person).exists()
        or answered.exists()
        or Signature.objects.filter(person=person, recorded_at__gte=since).exists()
    )
