"""What a consultation does in the life of a version: its links die, and addresses are forgotten."""

from __future__ import annotations

from register.consultation.services.links import end_links, forget_addresses
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Version


def close_links(version: Version, was: str, *, by) -> None:
    """Let the links of guests die when a version leaves consultation, whatever comes next.

    Once it is no draft any more, the addresses of guests go too.
    """
    if was == State.CONSULTATION:
        end_links(version)
    if was in EDITABLE and version.state not in EDITABLE:
        forget_addresses(version)
