"""Who is here: somebody signed in, or somebody who came by a link, and how they proved who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from register.accounts.models import User
from register.approval.sittings import Sitting, sitting_of
from register.core.dates import now
from register.directory.models import Person
from register.signing.models import Method, SigningRequest
from register.signing.permissions import is_shut_out
from register.signing.signers import Signer

PROVED_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Here:
    """Somebody who is here: `proved_at` is when they last showed who they are (UTC; None: unknown)."""

    signer: Signer
    proved_at: datetime | None
    user: User | None = None
    sitting: Sitting | None = None

    @property
    def person(self) -> Person:
        """The person who is here."""
        return self.signer.person

    @property
    def must_prove_again(self) -> bool:
        """Whether a signature needs a fresh sign-in first; a code that was mailed counts as made."""
        if self.user is None:
            return False
        return self.proved_at is None or now() - self.proved_at > PROVED_WITHIN

    @property
    def can_prove_again(self) -> bool:
        """Whether the login has a password or a second factor to be asked for."""
        return bool(self.user and get_adapter().get_reauthentication_methods(self.user))


def everybody(request: HttpRequest) -> list[Here]:
    """Who is here, by the stronger proof first; a browser may hold a sign-in and a sitting."""
    found = [_signed_in(request), _by_link(request)]
    return [here for here in found if here is not None]


def for_request(request: HttpRequest, asked: SigningRequest) -> Here | None:
    """Who is here as the person that is asked."""
    rows = (here for here in everybody(request) if here.person.pk == asked.person_id)
    return next(rows, None)


def anybody(request: HttpRequest) -> Here | None:
    """Whose page to show: of who came by a link last, unless they are signed in as well."""
    rows = everybody(request)
    if len(rows) > 1 and rows[0].person.pk == rows[1].person.pk:
        return rows[0]
    return rows[-1] if rows else None


def address_of(request: HttpRequest) -> str:
    """The network address that asks; empty where a proxy hides it."""
    try:
        return get_adapter().get_client_ip(request) or ""
    except PermissionDenied:
        return ""


def browser_of(request: HttpRequest) -> str:
    """What the browser calls itself, up to 500 characters."""
    return request.headers.get("User-Agent", "")[:500]


def _signed_in(request: HttpRequest) -> Here | None:
    user = request.user if isinstance(request.user, User) else None
    person = getattr(user, "person", None)
    if user is None or person is None or is_shut_out(person):
        return None
    records = get_authentication_records(request, user)
    last = max((record["at"] for record in records), default=None)
    proved_at = datetime.fromtimestamp(last, UTC) if last else None
    return Here(_signer(request, person, method_of(records)), proved_at, user=user)


def method_of(records: list[dict]) -> str:
    """How a login was made, by the sign-in library's records of it; never more than they show."""
    methods = {record.get("method") for record in records}
    if "socialaccount" in methods:
        return Method.SSO
    if {"password", "mfa"} <= methods:
        return Method.PASSWORD_TOTP
    # A code that was mailed shows control of a mailbox, whatever page asked for it.
    return Method.LINK_CODE if "code" in methods and "password" not in methods else Method.PASSWORD


def _by_link(request: HttpRequest) -> Here | None:
    sitting = sitting_of(request)
    if sitting is None:
        return None
    signer = _signer(request, sitting.person, sitting.method)
    return Here(signer, sitting.began_at, sitting=sitting)


def _signer(request: HttpRequest, person: Person, method: str) -> Signer:
    return Signer(person, method, ip=address_of(request), browser=browser_of(request))
