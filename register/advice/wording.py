"""Which wording somebody advised on, so that a later change of it can be told."""

from __future__ import annotations

import json

from register.documents.body import body_of, canonical
from register.documents.models import Version

# What belongs to the signing and not to the wording: places to sign may come after the advice.
_NOT_WORDING = ("slots", "version")


def wording_sha256(version: Version) -> str:
    """The SHA-256 of a version's body without its places to sign: 64 hexadecimal characters."""
    body = _body(version)
    return canonical({name: part for name, part in body.items() if name not in _NOT_WORDING})[1]


def _body(version: Version) -> dict:
    if version.frozen_at is not None and (kept := getattr(version, "body", None)) is not None:
        return json.loads(bytes(kept.content))
    return body_of(version)
