"""Notes sign-ins in the ledger's log of access.

This and the ledger's own are the only receivers of signals here: a sign-in happens inside the sign-in
library, which offers no other place. They note, and decide nothing.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.signals import login_code_rejected
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from register.accounts.models import User
from register.core.dates import now
from register.ledger.access import note_access


def listen() -> None:
    """Begin to note sign-ins, failed sign-ins and sign-outs."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.sign_in_failed")
    login_code_rejected.connect(_code_rejected, dispatch_uid="accounts.code_rejected")


def _signed_in(sender, request, user, **kwargs) -> None:
    User.objects.filter(pk=user.pk).update(seen_at=now())
    _note("signed_in", request, user)


def _signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        _note("signed_out", request, user)


def _failed(sender, credentials, request=None, **kwargs) -> None:
    # Only an address that has a login is kept: people type passwords into the wrong field.
    email = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email__iexact=str(email)[:254].replace("\0", "")).first()
    _note("sign_in_failed", request, user, "" if user else "No login has the address typed.")


def _code_rejected(sender, request, user=None, **kwargs) -> None:
    _note("sign_in_failed", request, user, "Wrong code.")


def _note(kind: str, request: HttpRequest | None, user: User | None, detail: str = "") -> None:
    note_access(
        kind=kind,
        user=user,
        path=request.path if request is not None else "",
        detail=detail,
        ip=_address(request),
        browser=request.headers.get("User-Agent", "") if request is not None else "",
    )


def _address(request: HttpRequest | None) -> str:
    if request is None:
        return ""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
