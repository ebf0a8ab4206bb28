"""“All 42 that match” as one signed word, instead of thousands of boxes: a filter, whose it is, and the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

SALT = "register.dashboard.tokens"
HOLDS_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Matching:
    """The entries that a filter finds for one reader: its query string, and how many the list said."""

    query: str
    count: int


def token_for(user, query: str, count: int) -> str:
    """The word that stands for all entries of a filter; it is worth nothing to anybody else."""
    return signing.dumps([user.pk, query, count], salt=SALT, compress=True)


def read_token(user, token: str) -> Matching | None:
    """What such a word says; None for one that is another's, is old, or was never given."""
    try:
        owner, query, count = signing.loads(token, salt=SALT, max_age=HOLDS_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Matching(query, count) if owner == user.pk else None
