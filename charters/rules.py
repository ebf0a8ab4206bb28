"""What must be true of a charter or a protocol before it is issued for signature."""

from __future__ import annotations

from charters.models import CharterText, GeneralPurpose, Principle
from register.documents.case import Case
from register.documents.rulebook import rule


@rule("C1", task="principles")
def a_charter_has_principles(case: Case) -> bool:
    """Write at least one principle: it is what signatories accept."""
    return bool(case.of(Principle))


@rule("C2", bar=False, task="vision")
def a_charter_says_its_premise(case: Case) -> bool:
    """State the default premise on sharing."""
    return case.says(CharterText, "default_premise")


@rule("P1", task="place")
def a_protocol_belongs_to_a_community(case: Case) -> bool:
    """Choose the one information community that the protocol is for."""
    return case.place.get("community_id") is not None


@rule("P2", task="place")
def a_protocol_has_its_place(case: Case) -> bool:
    """Choose the charter above it, or say why it stands outside the framework."""
    return bool(case.parents or case.place.get("is_outside"))


@rule("P3", task="purposes")
def a_protocol_names_general_purposes(case: Case) -> bool:
    """Name at least one general purpose: agreements take theirs from these."""
    return bool(case.of(GeneralPurpose))


CHARTER_RULES = (a_charter_has_principles, a_charter_says_its_premise)
PROTOCOL_RULES = (
    a_protocol_belongs_to_a_community,
    a_protocol_has_its_place,
    a_protocol_names_general_purposes,
)
