"""What must be true of a charter or a protocol before it is issued for signature."""

from __future__ import annotations

from charters.models import CharterText, GeneralPurpose, Principle
from register.core.text import strip
from register.documents.models import Version
from register.documents.rulebook import rule


@rule("C1", task="principles")
def a_charter_has_principles(version: Version) -> bool:
    """Write at least one principle: it is what signatories accept."""
    return Principle.objects.filter(version=version).exists()


@rule("C2", bar=False, task="vision")
def a_charter_says_its_premise(version: Version) -> bool:
    """State the default premise on sharing."""
    text = CharterText.objects.filter(version=version).first()
    return bool(text and strip(text.default_premise))


@rule("P1", task="place")
def a_protocol_belongs_to_a_community(version: Version) -> bool:
    """Choose the one information community that the protocol is for."""
    return version.document.protocol.community_id is not None


@rule("P2", task="place")
def a_protocol_has_its_place(version: Version) -> bool:
    """Choose the charter above it, or say why it stands outside the framework."""
    protocol = version.document.protocol
    return bool(protocol.charter_id or protocol.outside_reason.strip())


@rule("P3", task="purposes")
def a_protocol_names_general_purposes(version: Version) -> bool:
    """Name at least one general purpose: agreements take theirs from these."""
    return GeneralPurpose.objects.filter(version=version).exists()


CHARTER_RULES = (a_charter_has_principles, a_charter_says_its_premise)
PROTOCOL_RULES = (
    a_protocol_belongs_to_a_community,
    a_protocol_has_its_place,
    a_protocol_names_general_purposes,
)
