"""Links by which a party answers without an account: random, kept as hashes, made when they are mailed."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from register.core.dates import now
from register.reviews.models import AskLink, PartyAsk


def mint(pk: int) -> str | None:
    """The address at which a party answers, for a message that is about to go.

    None once it has answered or the review is closed: the message is not sent then.
    """
    ask = PartyAsk.objects.waited_for().filter(pk=pk).first()
    if ask is None:
        return None
    token = secrets.token_urlsafe(32)
    AskLink.objects.create(ask=ask, token_sha256=hashed(token), made_at=now())
    return f"{settings.BASE_URL}{reverse('reviews:guest', args=[token])}"


def ask_of(token: str) -> PartyAsk | None:
    """Who answers by a token; None for one that is unknown, or whose review is closed."""
    rows = PartyAsk.objects.filter(
        links__token_sha256=hashed(token), review__closed_at__isnull=True
    )
    return rows.select_related(
        "organisation",
        "review__version",
        "review__document__partnership",
        "review__document__owner",
    ).first()


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
