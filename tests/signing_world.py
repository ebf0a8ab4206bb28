"""A version out for signature with everybody asked, for tests of signing online."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import mail

from register.core.dates import add_months, today
from register.directory.models import Person
from register.directory.services.people import change_contact
from register.documents.models import Version
from register.notices.jobs import send as send_mail
from register.signing import services as signing
from register.signing.models import Method, SigningRequest, Slot
from register.signing.signers import Signer
from tests import county as counties
from tests import make_documents as make

TEST = "system:test"


@dataclass
class Signing:
    """What is out for signature, and who is asked."""

    county: counties.County
    version: Version

    def request(self, organisation) -> SigningRequest:
        """The open request to somebody of a body."""
        rows = SigningRequest.objects.open().select_related(
            "person", "slot__organisation", "slot__post", "slot__version__document__partnership"
        )
        return rows.get(slot__version=self.version, slot__organisation=organisation)

    def slot(self, organisation) -> Slot:
        """The place to sign of a body."""
        return self.version.slots.standing().get(organisation=organisation)

    def again(self) -> Version:
        """The version as it stands now."""
        return Version.objects.get(pk=self.version.pk)

    @property
    def hash(self) -> str:
        """The hash of the text that is shown."""
        return self.version.body_sha256


def out(round_: signing.Round | None = None, **facts) -> Signing:
    """An agreement of the county's council and police that is out, with both asked."""
    county = counties.found(add_months(today(), -13))
    version = drafted(county, **facts)
    office = county.users["office"]
    change_contact(by=TEST, person=office.person, row_version=0, email="office@test.example")
    version = signing.send(
        by=office, version=version, round_=round_ or signing.Round(), despite="Made for a test."
    )
    return Signing(county, version)


def drafted(county: counties.County, **facts) -> Version:
    """A draft with a place to sign for the senior officers of council and police, who have mailboxes."""
    document = make.agreement(county.partnership, county.council, county.police, **facts)
    version = document.newest
    for short in ("council", "police"):
        make.slot(version, county.bodies[short], county.posts[short, "senior_officer"])
        person = county.people[f"{short}_senior_officer"]
        change_contact(by=TEST, person=person, row_version=0, email=f"{short}@signer.example")
    return version


def signer(person: Person, method: str = Method.LINK_CODE) -> Signer:
    """A person who proved by a code that a mailbox is theirs."""
    return Signer(person, method, ip="192.0.2.7", browser="Test browser")


def sign(out: Signing, organisation, **facts):
    """Let whoever is asked for a body sign online."""
    request = out.request(organisation)
    facts = {"text_sha256": out.hash, "confirmed": True, **facts}
    return signing.sign(by=signer(request.person), request=request, **facts)


def mailed() -> list:
    """Send what is in the outbox; the messages that left since the test began."""
    send_mail()
    return mail.outbox
