"""Who records, changes and closes concerns, and who records checks; every no carries its reason.

Who may read them is said by `querysets.visible_to`.
"""

from __future__ import annotations

from register.accounts.roles import EDIT_FOR
from register.concerns.models import AdherenceCheck, Concern
from register.core.verdicts import YES, Verdict, no
from register.directory.reach import reach_of
from register.documents.bound import bound_bodies
from register.documents.models import Document
from register.documents.permissions import may_edit

AGREEMENT = 3


def may_record(by, document: Document) -> Verdict:
    """Whether somebody may record a breach or concern: who keeps the agreement, officers of a party."""
    if document.tier != AGREEMENT:
        return no("Breaches and concerns are recorded on agreements.")
    if may_edit(by, document):
        return YES
    version = document.shown
    bodies = {body.pk for body in bound_bodies(version)} if version else set()
    if bodies & reach_of(by).bodies(EDIT_FOR):
        return YES
    return no("Only officers of its parties or of the partnership office may record one.")


def may_keep(by, concern: Concern) -> Verdict:
    """Whether somebody may correct or reopen a concern: who deals with it, who keeps the agreement."""
    if reach_of(by).edits_for(concern.lead_body_id) or may_edit(by, concern.document):
        return YES
    return no(
        f"Only officers of {concern.lead_body}, which deals with it, of the lead body of the "
        "agreement or of the partnership office may do this."
    )


def may_change(by, concern: Concern) -> Verdict:
    """Whether somebody may change a concern now: not once it is closed."""
    verdict = may_keep(by, concern)
    if verdict and concern.is_closed:
        return no("It is closed. Open it again first.")
    return verdict


def may_reopen(by, concern: Concern) -> Verdict:
    """Whether somebody may open a closed concern again."""
    verdict = may_keep(by, concern)
    return no("It is open.") if verdict and not concern.is_closed else verdict


def may_check(by, document: Document) -> Verdict:
    """Whether somebody may record an adherence check: who keeps the agreement, once it came into force."""
    if document.tier != AGREEMENT:
        return no("Adherence checks are recorded on agreements.")
    verdict = may_edit(by, document)
    if verdict and document.governing is None:
        return no("It has no version in force to check.")
    return verdict


def may_correct_check(by, check: AdherenceCheck) -> Verdict:
    """Whether somebody may correct a check: who keeps the agreement."""
    return may_edit(by, check.document)
