"""Secrets in messages, such as a link that lets somebody sign: made at the moment of sending.

The outbox holds a mark in the secret's place. Nobody who reads the outbox can act for anybody, a
message that goes out later carries a fresh secret, and one that is no longer needed is not sent.
"""

from __future__ import annotations

from collections.abc import Callable

from register.notices.models import Notice

MARK = "[[secret]]"

# By kind: makes the secret for a row and answers what stands in the message, such as an address of
# the register with a token in it; None when the message is no longer needed.
MINTERS: dict[str, Callable[[int], str | None]] = {}

# By the same kind: writes subject, text and HTML anew at the moment of sending, for messages whose
# words may have gone out of date while they waited; None when there is nothing left to say.
WRITERS: dict[str, Callable[[Notice], tuple[str, str, str] | None]] = {}

# Kinds whose secret is the address at which the reader stops such messages: mail programs offer it
# as a button (RFC 8058).
LEAVING: set[str] = set()


class NotNeeded(Exception):
    """What a message asks for is done already, or nobody may do it any more."""


def filled(words: str, secret: str) -> str:
    """The words of a message with the secret in the place of its mark."""
    return words.replace(MARK, secret)


def minted(kind: str, pk: int) -> str:
    """A fresh secret of a kind for a row; raises NotNeeded when there is nothing left to do with it."""
    secret = MINTERS[kind](pk)
    if secret is None:
        raise NotNeeded
    return secret
