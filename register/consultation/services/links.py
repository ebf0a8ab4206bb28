"""Links for people without an account: random, kept as hashes, made when they are mailed."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from register.consultation.models import Consultee, GuestAddress, GuestLink
from register.core.dates import now

KIND, REMINDER = "consultation", "consult_remind"


def mint(pk: int) -> str | None:
    """The address at which somebody reads a draft, for a message that is about to go.

    Whoever has an account gets the page behind the sign-in, and nobody else's link; None once they
    are taken off or the consultation is closed.
    """
    consultee = _open(pk)
    if consultee is None:
        return None
    if has_account(consultee):
        return address_of(reverse("consultation:read", args=[consultee.version.document.reference]))
    token = secrets.token_urlsafe(32)
    GuestLink.objects.create(consultee=consultee, token_sha256=hashed(token), made_at=now())
    return address_of(reverse("consultation:guest", args=[token]))


def mint_again(pk: int) -> str | None:
    """The same for a reminder: None also once they have responded."""
    consultee = _open(pk)
    return None if consultee is None or consultee.responded_at else mint(pk)


def holder_of(token: str) -> Consultee | None:
    """Who reads by a token; None for a token that is unknown, or whose consultation is closed to them."""
    rows = Consultee.objects.open().still_there().filter(links__token_sha256=hashed(token))
    return rows.select_related("version__document__partnership", "version__document__lead").first()


def end_links(version) -> None:
    """Let every link into a version die."""
    GuestLink.objects.filter(consultee__version=version).delete()


def forget_addresses(version) -> None:
    """Forget where the guests of a version are reached: nobody writes to them about it again."""
    GuestAddress.objects.filter(consultee__version=version).delete()


def has_account(consultee: Consultee) -> bool:
    """Whether somebody can sign in to read it."""
    person = consultee.person
    return bool(person is not None and person.user_id and person.user.is_active)


def email_of(consultee: Consultee) -> str:
    """Where somebody is reached: their contact on record, their login's address, or what a guest gave."""
    if consultee.person_id is None:
        return consultee.address.email if hasattr(consultee, "address") else ""
    contact = getattr(consultee.person, "contact", None)
    if contact is not None and contact.email:
        return contact.email
    return consultee.person.user.email if consultee.person.user_id else ""


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(path: str) -> str:
    """The whole address of a page of the register."""
    return f"{settings.BASE_URL}{path}"


def _open(pk: int) -> Consultee | None:
    rows = Consultee.objects.open().still_there().filter(pk=pk)
    return rows.select_related("version__document", "person__user").first()
