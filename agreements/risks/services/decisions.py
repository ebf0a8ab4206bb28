"""The data protection officer advises; the controller decides (UK GDPR, Articles 35(2), 38(6), 39)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from agreements.risks.models import Advice, DpiaController
from agreements.risks.permissions import deciding_posts, may_advise, may_decide
from agreements.risks.services.rows import ask_rules_again, lock, set_facts
from agreements.risks.statuses import (
    ACCEPTED,
    ACCEPTED_WITH_CONDITIONS,
    DECISIONS,
    NOT_ACCEPTED,
)
from register.core.dates import today
from register.core.verdicts import require
from register.ledger.acts import act

ADVICE = ("advice", "advice_words", "advised_by", "advised_on")
DECISION = (
    "status", "status_reason", "relies_on", "decided_by", "decided_on", "conditions",
    "decision_reason",
)  # fmt: skip


def advise(
    *, by, row: DpiaController, row_version: int, advice: str, advice_words: str = "",
    advised_by: str = "", advised_on: date | None = None,
) -> DpiaController:  # fmt: skip
    """Record what a controller's data protection officer advises, in whose name and when.

    Conditions and objections are said in words. Without a name it is the login's own. Raises Conflict.
    """
    words, on = advice_words.strip(), advised_on or today()
    if advice not in Advice.values:
        raise ValidationError({"advice": "Choose what is advised."})
    if advice != Advice.NO_OBJECTION and not words:
        raise ValidationError(
            {"advice_words": "Say which conditions, or why you advise against it."}
        )
    _check_day("advised_on", on)
    with act(by=by, verb="dpia.advised", subject=row.dpia, reason=words):
        row = lock(row)
        require(may_advise(by, row))
        name = " ".join(advised_by.split()) or name_of(by)
        facts = {"advice": advice, "advice_words": words, "advised_by": name, "advised_on": on}
        if set_facts(row, facts, ADVICE, row_version):
            ask_rules_again(row.dpia)
    return row


def decide(
    *, by, row: DpiaController, row_version: int, status: str, decided_by: str = "",
    decided_on: date | None = None, conditions: str = "", decision_reason: str = "",
) -> DpiaController:  # fmt: skip
    """Record what a controller decides on a DPIA. Raises Conflict.

    The holder of a deciding post decides in their own name; an officer names who decided. To accept
    against the officer's advice, without it, or without its conditions, takes a reason, and so does
    a refusal.
    """
    on = decided_on or today()
    _check_day("decided_on", on)
    with act(by=by, verb="dpia.decided", subject=row.dpia, reason=decision_reason):
        row = lock(row)
        require(may_decide(by, row))
        facts = {
            "status": status,
            "status_reason": "",
            "relies_on": None,
            "decided_by": decider(by, row) or " ".join(decided_by.split()),
            "decided_on": on,
            "conditions": conditions.strip() if status == ACCEPTED_WITH_CONDITIONS else "",
            "decision_reason": decision_reason.strip(),
        }
        _check_decision(row, facts)
        if set_facts(row, facts, DECISION, row_version):
            ask_rules_again(row.dpia)
    return row


def decider(by, row: DpiaController) -> str:
    """Who decides where a login holds a deciding post of the controller: name and post; else nobody."""
    post = deciding_posts(by).get(row.organisation_id)
    return f"{by.person.name}, {post.title}" if post else ""


def name_of(by) -> str:
    """The name of a login's person."""
    person = getattr(by, "person", None)
    return person.name if person else ""


def why_reasoned(row: DpiaController, status: str) -> str:
    """The sentence that asks for a reason for a decision; empty where none is needed."""
    if status == NOT_ACCEPTED:
        return "Say why it is not accepted."
    if not row.advice:
        return "Say why it is decided without the data protection officer's advice."
    if row.advice == Advice.AGAINST:
        return "The data protection officer advises against it: say why it is accepted."
    if row.advice == Advice.CONDITIONS and status == ACCEPTED:
        return "The data protection officer asks for conditions: say why it is accepted without."
    return ""


def _check_decision(row: DpiaController, facts: dict) -> None:
    wrong = {}
    if facts["status"] not in DECISIONS:
        wrong["status"] = "Choose what is decided."
    elif not facts["decision_reason"] and (asks := why_reasoned(row, facts["status"])):
        wrong["decision_reason"] = asks
    if not facts["decided_by"]:
        wrong["decided_by"] = "Name who decided, with their post."
    if facts["status"] == ACCEPTED_WITH_CONDITIONS and not facts["conditions"]:
        wrong["conditions"] = "Say on which conditions it is accepted."
    if wrong:
        raise ValidationError(wrong)


def _check_day(name: str, day: date) -> None:
    if day > today():
        raise ValidationError({name: "Enter a day that is not after today."})
