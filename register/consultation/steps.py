"""What a consultation does in the life of a version: its links die when it is no longer open."""

from __future__ import annotations

from register.consultation.services.links import end_links
from register.documents.lifecycle import State
from register.documents.models import Version


def close_links(version: Version, was: str, *, by) -> None:
    """Let the links of guests die when a version leaves consultation, whatever comes next."""
    if was == State.CONSULTATION:
        end_links(version)
