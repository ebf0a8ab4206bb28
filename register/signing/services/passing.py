"""Passing a request on to a colleague of the same body, who then signs on behalf of who passed it on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Appointment, Contact, Person
from register.ledger.acts import act
from register.signing import emails
from register.signing.models import Closed, Delegation, SigningRequest, Slot
from register.signing.permissions import may_answer
from register.signing.services.asking import ask_due
from register.signing.services.closing import close_requests
from register.signing.services.rows import lock_request
from register.signing.signers import Signer, authority_of

# Anybody can have an address there, so it shows of nobody that they belong to a body.
FREE_MAIL = frozenset(
    ["aol.com", "btinternet.com", "gmail.com", "googlemail.com", "hotmail.co.uk", "hotmail.com",
     "icloud.com", "live.co.uk", "live.com", "msn.com", "outlook.com", "proton.me", "sky.com",
     "virginmedia.com", "yahoo.co.uk", "yahoo.com"]
)  # fmt: skip


def pass_on(
    *, by: Signer, request: SigningRequest, person: Person, reason: str = ""
) -> SigningRequest:
    """Pass a request to a colleague of the same body, who then signs on behalf of who passed it on."""
    with act(by=by, verb="signature.passed_on", subject=request, reason=reason):
        version, slot, request = lock_request(request)
        require(may_answer(by, request))
        if person.pk == by.person.pk:
            raise ValidationError({"person": "Choose somebody else than yourself."})
        if not colleagues(slot).filter(pk=person.pk).exists():
            raise ValidationError(
                {"person": f"{person} is not known as somebody of {slot.organisation}. "
                 "Ask the officer who sent this to you."}
            )  # fmt: skip
        fresh = _passed(by, request, person, reason)
        ask_due(version)
    return fresh


def pass_on_to_new(
    *, by: Signer, request: SigningRequest, name: str, email: str, reason: str = ""
) -> SigningRequest:
    """Pass a request to somebody of the same body whom the register does not know yet.

    Their address must be of the same domain as that of who passes it on, of the post or of the body;
    the register then knows them by name and address.
    """
    name, email = " ".join(name.split()), email.strip()
    if not name:
        raise ValidationError({"name": "Enter the name of your colleague."})
    with act(by=by, verb="signature.passed_on", subject=request, reason=reason):
        version, slot, request = lock_request(request)
        require(may_answer(by, request))
        _check_address(by, slot, email)
        fresh = _passed(by, request, _known(by, slot, name, email), reason)
        ask_due(version)
    return fresh


def colleagues(slot: Slot):
    """The people known in the slot's body: those who hold its posts or roles today, by name."""
    return colleagues_of(slot.organisation_id)


def colleagues_of(organisation_id: int):
    """The people who hold posts or roles of a body today, by name."""
    rows = Appointment.objects.current(today())
    posts = rows.filter(post__organisation=organisation_id).values("person")
    roles = rows.filter(membership__organisation=organisation_id).values("person")
    found = Person.objects.filter(pk__in=posts) | Person.objects.filter(pk__in=roles)
    return found.order_by("name", "pk")


def domains_of(by: Signer, slot: Slot) -> list[str]:
    """The domains that show of an address that it belongs to the body of a slot."""
    known = [emails.address_of(by.person), slot.organisation.mailbox]
    known.append(slot.post.mailbox if slot.post else "")
    found = {_domain(address) for address in known if address}
    return sorted(found - FREE_MAIL - {""})


def _passed(by: Signer, request: SigningRequest, person: Person, reason: str) -> SigningRequest:
    slot = request.slot
    if authority_of(person, slot) is None:
        Delegation(post=slot.post, from_person=_holder(by, slot), to_person=person, slot=slot,
                   starts_on=today(), reason=reason[:300]).save()  # fmt: skip
    close_requests([request], Closed.PASSED_ON, reason)
    fresh = slot.requests.open().filter(person=person).first()
    if fresh is None:
        fresh = SigningRequest(slot=slot, person=person, passed_from=request)
        fresh.save()
    emails.tell_officer(
        slot.version, says=f"{by.person} passed the request for {slot.organisation} on to {person}.",
        more=reason, key=f"sign-passed:{request.pk}", is_needed=False,
    )  # fmt: skip
    return fresh


def _check_address(by: Signer, slot: Slot, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            {"email": "Enter an e-mail address, such as name@example.gov.uk."}
        ) from None
    domains = domains_of(by, slot)
    if _domain(email) in domains:
        return
    ends = " or ".join(f"@{domain}" for domain in domains)
    says = f"Enter an address of {slot.organisation} that ends in {ends}." if ends else ""
    raise ValidationError(
        {"email": says or f"Choose a colleague whom the register knows, or ask the officer: no domain "
         f"of {slot.organisation} is on record."}
    )  # fmt: skip


def _known(by: Signer, slot: Slot, name: str, email: str) -> Person:
    contact = Contact.objects.filter(email__iexact=email).select_related("person").first()
    if contact is not None and contact.person_id == by.person.pk:
        raise ValidationError({"email": "Enter the address of somebody else than yourself."})
    if contact is not None:
        return contact.person
    person = Person(name=name[:200])
    person.full_clean(exclude=["user"])
    person.save()
    Contact(person=person, email=email).save()
    return person


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().lower()


def _holder(by: Signer, slot: Slot) -> Person:
    holders = slot.post.holders(today()) if slot.post else []
    mine = [row.person for row in holders if row.person_id == by.person.pk]
    return (mine or [row.person for row in holders] or [by.person])[0]
