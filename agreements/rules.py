"""What must be true of an agreement before it is issued for signature."""

from __future__ import annotations

from agreements.models import AgreementText
from register.core.text import strip
from register.documents.models import TextKind, Version
from register.documents.rulebook import rule


def _says(version: Version, name: str) -> bool:
    text = AgreementText.objects.filter(version=version).first()
    return bool(text and strip(getattr(text, name)))


@rule("A1", task="place")
def it_has_its_place(version: Version) -> bool:
    """Choose the main protocol, or mark the agreement as outside the framework and say why."""
    agreement = version.document.agreement
    return bool(agreement.protocol_id or agreement.is_outside)


@rule("A2", task="purpose")
def it_says_its_purpose(version: Version) -> bool:
    """Say what the sharing is for."""
    return _says(version, "purpose")


@rule("A3", bar=False, task="purpose")
def it_says_who_benefits(version: Version) -> bool:
    """Say what good the sharing does, and for whom."""
    return _says(version, "benefit") and _says(version, "benefit_for")


@rule("A4", bar=False, task="purpose")
def it_says_why_sharing_is_necessary(version: Version) -> bool:
    """Say why the purpose cannot be reached without sharing."""
    return _says(version, "necessity")


@rule("A5", bar=False, task="keeping")
def it_says_how_long_information_is_kept(version: Version) -> bool:
    """Say how long the information is kept and how it is disposed of."""
    return version.text_kind == TextKind.FILE or _says(version, "retention")


@rule("A6", bar=False, task="rights")
def it_says_how_rights_are_met(version: Version) -> bool:
    """Say how people use their rights: access, objection, complaint."""
    return version.text_kind == TextKind.FILE or _says(version, "rights")


RULES = (
    it_has_its_place,
    it_says_its_purpose,
    it_says_who_benefits,
    it_says_why_sharing_is_necessary,
    it_says_how_long_information_is_kept,
    it_says_how_rights_are_met,
)
