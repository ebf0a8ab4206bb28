"""Notes sign-ins in the ledger's log of access.

This and the ledger's own are the only receivers of signals here: a sign-in happens inside the sign-in
library, which offers no other place. They note, and decide nothing.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.signals import login_code_rejected
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from register.accounts.models import User
from register.core.dates import now
from register.ledger.access import note_access
from register.ledger.acts import act


def listen() -> None:
    """Begin to note sign-ins, failed sign-ins and sign-outs."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.sign_in_failed")
    login_code_rejected.connect(_code_rejected, dispatch_uid="accounts.code_rejected")
    authenticator_added.connect(_factor_added, dispatch_uid="accounts.factor_added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="accounts.factor_removed")
    authenticator_reset.connect(_factor_reset, dispatch_uid="accounts.factor_reset")


def note_request(
    kind: str, request: HttpRequest | None, user: User | None = None, detail: str = ""
) -> None:
    """Note what a request did or was refused, with where it came from in the erasable row."""
    note_access(
        kind=kind,
        user=user,
        path=request.path if request is not None else "",
        detail=detail,
        ip=_address(request),
        browser=request.headers.get("User-Agent", "") if request is not None else "",
    )


def note_link(request: HttpRequest, detail: str) -> None:
    """Note that a mailed link was opened, and what for; by a person or by a program that looks at mail."""
    if request.method == "GET":
        note_request("link_opened", request, None, detail)


def _signed_in(sender, request, user, **kwargs) -> None:
    User.objects.filter(pk=user.pk).update(seen_at=now())
    note_request("signed_in", request, user)


def _signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        note_request("signed_out", request, user)


def _failed(sender, credentials, request=None, **kwargs) -> None:
    # Only an address that has a login is kept: people type passwords into the wrong field.
    email = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email__iexact=str(email)[:254].replace("\0", "")).first()
    note_request("sign_in_failed", request, user, "" if user else "No login has the address typed.")


def _code_rejected(sender, request, user=None, **kwargs) -> None:
    note_request("sign_in_failed", request, user, "Wrong code.")


def _factor_added(sender, user, authenticator, **kwargs) -> None:
    _factor("second_factor.added", user, authenticator)


def _factor_removed(sender, user, authenticator, **kwargs) -> None:
    _factor("second_factor.removed", user, authenticator)


def _factor_reset(sender, user, authenticator, **kwargs) -> None:
    _factor("second_factor.reset", user, authenticator)


def _factor(verb: str, user: User, authenticator) -> None:
    """A change of a second factor is an act of its holder; a login that is nobody's leaves an event."""
    person = getattr(user, "person", None)
    if person is None:
        note_access(kind=verb, user=user)
        return
    with act(by=person, verb=verb, subject=person, detail={"kind": authenticator.type}):
        pass


def _address(request: HttpRequest | None) -> str:
    if request is None:
        return ""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
