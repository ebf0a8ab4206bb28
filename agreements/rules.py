"""What must be true of an agreement before it is issued for signature."""

from __future__ import annotations

from agreements.clauses import covers
from agreements.models import AgreementText
from register.documents.case import Case
from register.documents.rulebook import rule


@rule("A1", task="place")
def it_has_its_place(case: Case) -> bool:
    """Choose the main protocol, or mark the agreement as outside the framework and say why."""
    has_main = any(parent.is_main for parent in case.parents)
    return has_main or bool(case.place.get("is_outside"))


@rule("A2", task="purpose", source="ICO data sharing code")
def it_says_its_purpose(case: Case) -> bool:
    """Say what the sharing is for."""
    return case.says(AgreementText, "purpose")


@rule("A3", bar=False, task="purpose", source="ICO data sharing code")
def it_says_who_benefits(case: Case) -> bool:
    """Say what good the sharing does, and for whom."""
    return case.says(AgreementText, "benefit") and case.says(AgreementText, "benefit_for")


@rule("A4", bar=False, task="purpose", source="UK GDPR, Article 5(1)(c)")
def it_says_why_sharing_is_necessary(case: Case) -> bool:
    """Say why the purpose cannot be reached without sharing."""
    return case.says(AgreementText, "necessity")


@rule("A5", bar=False, task="keeping", source="UK GDPR, Article 5(1)(e)")
def it_says_how_long_information_is_kept(case: Case) -> bool:
    """Say how long the information is kept and how it is disposed of."""
    return covers(case, "retention")


@rule("A6", bar=False, task="rights", source="UK GDPR, Articles 12 to 22")
def it_says_how_rights_are_met(case: Case) -> bool:
    """Say how people use their rights: access, objection, complaint."""
    return covers(case, "rights")


@rule("A7", bar=False, task="keeping", source="UK GDPR, Article 32")
def it_says_how_information_is_secured(case: Case) -> bool:
    """Say how the information is kept secure."""
    return covers(case, "security")


@rule("A8", bar=False, task="rights", source="UK GDPR, Articles 33 and 34")
def it_says_what_happens_at_a_breach(case: Case) -> bool:
    """Say who tells whom, and how fast, when something goes wrong."""
    return covers(case, "breach")


@rule("A9", bar=False, task="facts", source="ICO data sharing code")
def it_has_a_review_date(case: Case) -> bool:
    """Set the day on which it is reviewed."""
    return case.document.review_on is not None


@rule("A10", bar=False, task="ending", source="ICO data sharing code")
def it_says_how_it_ends(case: Case) -> bool:
    """Say how sharing ends, and what happens then with what was shared."""
    return covers(case, "termination")


RULES = (
    it_has_its_place,
    it_says_its_purpose,
    it_says_who_benefits,
    it_says_why_sharing_is_necessary,
    it_says_how_long_information_is_kept,
    it_says_how_rights_are_met,
    it_says_how_information_is_secured,
    it_says_what_happens_at_a_breach,
    it_has_a_review_date,
    it_says_how_it_ends,
)
