"""The exact words of authority to which somebody who signs agrees."""

from __future__ import annotations

import hashlib

from register.directory.models.partnerships import Tier
from register.lists.labels import item
from register.signing.models import Slot

LIST = "authority_statement"
CODES = {Tier.CHARTER: "charter", Tier.PROTOCOL: "protocol", Tier.AGREEMENT: "agreement"}


def statement_for(slot: Slot, *, on_behalf_of: str = "") -> str:
    """The statement for a slot, in the wording of the reference list, with its names filled in.

    `on_behalf_of` is the name of the senior officer for whom somebody else signs.
    """
    document = slot.version.document
    words = {
        "body": slot.organisation.legal_name,
        "post": slot.post_called,
        "document": f"{document.tier_word.lower()} {document.reference}, version "
        f"{slot.version.number}, “{slot.version.title}”",
        "senior": on_behalf_of,
    }
    row = item(LIST, CODES[Tier(document.tier)])
    said = [_filled(row.meaning if row else "", words)]
    if on_behalf_of and (more := item(LIST, "on_behalf")):
        said.append(_filled(more.meaning, words))
    return " ".join(said)


def statement_hash(statement: str) -> str:
    """The SHA-256 of a statement's words (UTF-8), as 64 hexadecimal characters."""
    return hashlib.sha256(statement.encode()).hexdigest()


def _filled(wording: str, words: dict[str, str]) -> str:
    # Plain replacement: a wording that an administrator typed is never a format string.
    for name, value in words.items():
        wording = wording.replace("{" + name + "}", value)
    return wording
