"""The answers about security and the risks of a draft: content, written under the version's lock."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.core.exceptions import ValidationError

from agreements.risks.models import Risk, RiskAnswers
from agreements.risks.sharing import proposals_for
from register.core.dates import today
from register.core.verdicts import require
from register.documents.models import Content, Version
from register.documents.permissions import may_edit_version
from register.documents.services import content
from register.documents.services.locks import lock_version
from register.ledger.acts import act

FIELDS = (
    "title", "cause", "consequence", "likelihood", "impact", "treatment", "treatment_text",
    "owner", "likelihood_after", "impact_after", "accepted_by", "accepted_on",
)  # fmt: skip


def save_answers(*, by, version: Version, row_version: int, **answers) -> Content:
    """Save the answers about security of a draft, and the controls in place. Raises Conflict."""
    with act(by=by, verb="version.written", subject=version, quiet=True):
        version = lock_version(version)
        require(may_edit_version(by, version))
        row = RiskAnswers.objects.filter(version=version).first()
        if row is not None:
            return content.change_item(by=by, row=row, row_version=row_version, **answers)
        # The first save counts as a change: whoever opened the empty form as well is told.
        return content.add_item(
            by=by, version=version, model=RiskAnswers, row_version=row_version + 1, **answers
        )


def add_risk(*, by, version: Version, **said) -> Risk:
    """Add a risk to a draft; the rating follows from likelihood and impact."""
    return content.add_item(by=by, version=version, model=Risk, **_checked(said))


def change_risk(*, by, risk: Risk, row_version: int, **said) -> Content:
    """Change a risk of a draft. Raises Conflict."""
    return content.change_item(by=by, row=risk, row_version=row_version, **_checked(said))


def take_over(*, by, version: Version, codes: list[str]) -> list[Risk]:
    """Add the proposed risks that an officer picked to a draft; those taken over before are left out."""
    if not codes:
        raise ValidationError({"codes": "Choose at least one risk to take over."})
    with act(by=by, verb="version.risks_proposed", subject=version, quiet=True):
        version = lock_version(version)
        require(may_edit_version(by, version))
        picked = [proposal for proposal in proposals_for(version) if proposal.code in codes]
        rows = [
            {
                "title": proposal.title,
                "cause": proposal.cause,
                "consequence": proposal.consequence,
                "likelihood": proposal.likelihood,
                "impact": proposal.impact,
                "treatment": "reduce",
                "treatment_text": proposal.treatment_text,
                "proposal": proposal.code,
            }
            for proposal in picked
        ]
        added = content.add_items(by=by, version=version, model=Risk, rows=rows)
        return cast(list[Risk], added)


def _checked(said: dict) -> dict:
    wrong = {}
    after = (said.get("likelihood_after"), said.get("impact_after"))
    if (after[0] is None) != (after[1] is None):
        name = "impact_after" if after[1] is None else "likelihood_after"
        wrong[name] = "Choose both likelihood and impact after treatment, or neither."
    accepted_by = " ".join(str(said.get("accepted_by") or "").split())
    accepted_on: date | None = said.get("accepted_on")
    if accepted_by and accepted_on is None:
        wrong["accepted_on"] = "Enter the day on which what is left was accepted."
    if accepted_on and not accepted_by:
        wrong["accepted_by"] = "Name who accepted what is left, with their post."
    if accepted_on and accepted_on > today():
        wrong["accepted_on"] = "Enter a day that is not after today."
    if wrong:
        raise ValidationError(wrong)
    return {**said, "accepted_by": accepted_by} if "accepted_by" in said else said
