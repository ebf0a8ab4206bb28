"""An autumn of a small register, made by the services at the times at which it happened, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.test import Client

from register.core.dates import LONDON, pretend
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services import drafting, facts, moving
from register.signing import services as signing
from tests import county as counties
from tests import make_documents as make
from tests.make_documents import TEST

NOW = datetime(2026, 11, 21, 12, tzinfo=LONDON)
LONG = "Borders, Uplands and Western Valleys University Teaching Hospitals NHS Foundation Trust"


@dataclass
class Autumn:
    """What happened: `first` was replaced in November, `second` is overdue, `third` ended, `late` waits."""

    county: counties.County
    first: Document
    second: Document
    third: Document
    secret: Document
    late: Document


def at(month: int, day: int, hour: int = 10, minute: int = 0):
    """That moment of 2026 in London, pretended."""
    return pretend(datetime(2026, month, day, hour, minute, tzinfo=LONDON))


def autumn() -> Autumn:
    """Make it, in the order of time."""
    with pretend(datetime(2025, 1, 10, 10, tzinfo=LONDON)):
        county = counties.found(date(2024, 1, 1))
    council, police, trust = county.council, county.police, county.trust
    with at(9, 1, 0, 30):
        first = drafted(county, council, police, lead=council, title="First")
    with at(9, 11, 0, 30):
        moving.open_consultation(by=TEST, version=first.newest)
    with at(9, 21, 0, 30):
        send(first)
    with at(10, 1):
        third = drafted(county, council, trust, state=State.IN_FORCE, title="Third")
        sign(first, council)
    with at(10, 5):
        second = drafted(county, council, trust, lead=trust, title="Second")
        secret = drafted(county, council, trust, state=State.IN_FORCE, title="Secret")
        change(secret, is_restricted=True, review_on=date(2026, 10, 20))
    with at(10, 9):
        send(second)
    with at(10, 11, 0, 30):
        sign(first, police)
        change(first, review_on=date(2026, 10, 20))
    with at(10, 31, 23, 59):
        sign(second, council)
        sign(second, trust)
        change(second, review_on=date(2026, 11, 15))
    with at(11, 1, 0, 0):
        late = drafted(county, council, police, trust, lead=police, title="Late")
        send(late)
    with at(11, 3):
        refuse(late, police, "operational")
        refuse(late, trust, "legal")
    with at(11, 5):
        moving.end(by=TEST, document=third, reason="No longer needed.")
    with at(11, 10):
        change(first, review_on=date(2027, 3, 10))
    with at(11, 12):
        drafting.revise(by=TEST, document=again(first), changes="More is shared.")
        send(first)
    with at(11, 18):
        sign(first, council)
        sign(first, police)
    return Autumn(county, *(again(each) for each in (first, second, third, secret, late)))


def drafted(county, *bodies, state=State.DRAFT, **facts_) -> Document:
    """An agreement of some bodies, walked to a state at once."""
    return make.agreement(county.partnership, *bodies, state=state, **facts_)


def send(document: Document) -> None:
    """Send its draft for signature, with the gaps that it has."""
    version = again(document).in_preparation
    signing.propose_slots(by=TEST, version=version)
    moving.send_for_signature(by=TEST, version=version, despite="Made for a test.")


def sign(document: Document, body) -> None:
    """Record the signature of every post of a body on paper, now."""
    for place in again(document).in_preparation.slots.filter(organisation=body):
        make.sign(place)


def refuse(document: Document, body, ground: str, times: int = 1) -> None:
    """Record that a body refused to sign, on a ground, so many times."""
    place = again(document).in_preparation.slots.filter(organisation=body).first()
    for _ in range(times):
        signing.record_refusal(
            by=TEST, slot=place, person_name="Ada Okafor", reason_class=ground,
            reason="Not yet.", refused_on=place.version.issued_at.date(),
        )  # fmt: skip


def change(document: Document, **facts_) -> None:
    """Change living facts of a document."""
    document = again(document)
    facts.change_facts(by=TEST, document=document, row_version=document.row_version, **facts_)


def again(document: Document) -> Document:
    """The document as it stands now."""
    return Document.objects.get(pk=document.pk)


def ask(user, path: str, *, post: bool = False):
    """Ask for a page of the report as somebody."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(path) if post else client.get(path)
