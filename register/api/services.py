"""Making, revoking and recognising tokens. A login keeps its own; each is noted in the log of access."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from register.api.models import Token
from register.core.dates import now, today
from register.ledger.access import note_access

LONGEST_DAYS = 366
MOST = 20
PREFIX = "reg_"


def make_token(*, user, name: str, ends_on: date) -> tuple[Token, str]:
    """A new token of a login with its secret, which is shown this once and never again.

    Raises ValidationError for a last day that is past or more than 366 days away.
    """
    if ends_on < today() or ends_on > today() + timedelta(days=LONGEST_DAYS):
        raise ValidationError({"ends_on": "Enter a day within the next 12 months."})
    if sum(token.holds_on(today()) for token in user.tokens.all()) >= MOST:
        raise ValidationError(f"You have {MOST} tokens in use. Revoke one first.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=" ".join(name.split()),
        beginning=secret[:8],
        digest=_digest(secret),
        made_at=now(),
        ends_on=ends_on,
    )
    note_access(kind="token_made", user=user, path="", detail=str(token))
    return token, secret


def revoke_token(*, user, token: Token) -> Token:
    """End a token of one's own at once; doing it again changes nothing."""
    if token.user_id != user.pk:
        raise ValidationError("It is not your token.")
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        note_access(kind="token_revoked", user=user, path="", detail=str(token))
    return token


def user_of_token(secret: str):
    """The login that a token stands for, or None where it is unknown, over, revoked, or the login closed."""
    rows = Token.objects.filter(digest=_digest(secret)).select_related("user")
    token = rows.first()
    if token is None or not token.holds_on(today()) or not token.user.is_active:
        return None
    if token.used_on != today():
        Token.objects.filter(pk=token.pk).update(used_on=today())
    return token.user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
