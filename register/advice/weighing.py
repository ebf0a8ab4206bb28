"""What an answer must say, and when a decision needs a reason because it goes against advice."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.advice.answers import Answer
from register.advice.kinds import DATA_PROTECTION, NEGATIVE, kind_of
from register.advice.models import Advice, Outcome, ReviewRequest
from register.advice.standing import advice_on, last_of
from register.documents.lifecycle import PREPARING
from register.lists.labels import labels

_WHY = {
    Outcome.AGAINST: "Say why you advise against it.",
    Outcome.NOT_APPROVED: "Say why it is not approved.",
    Outcome.RETURNED: "Say what must change.",
}


def check_answer(request: ReviewRequest, said: Answer) -> None:
    """Raise ValidationError, by field, for an answer that leaves out what it must say."""
    kind, wrong = kind_of(request.kind), {}
    if said.outcome not in kind.outcomes:
        verb = "decide" if kind.is_decision else "advise"
        raise ValidationError({"outcome": f"Choose what you {verb}."})
    outcome = Outcome(said.outcome)
    if outcome in _WHY and not said.text.strip():
        wrong["text"] = _WHY[outcome]
    if outcome == Outcome.CONDITIONS and not said.conditions.strip():
        wrong["conditions"] = "Say on which conditions."
    if outcome == Outcome.RETURNED and request.version.state not in PREPARING:
        wrong["outcome"] = "It is in force and cannot be returned: name conditions, or say no."
    if kind.needs_reference and outcome != Outcome.RETURNED and not said.reference.strip():
        wrong["reference"] = "Enter the reference of the decision."
    if outcome == Outcome.APPROVED:
        wrong |= _of_checklist(kind.has_checklist, said)
        if not said.reason.strip() and (why := why_reasoned(request, said.conditions)):
            wrong["reason"] = why
    if wrong:
        raise ValidationError(wrong)


def why_reasoned(request: ReviewRequest, conditions: str = "") -> str:
    """The sentence that asks for a reason to approve; empty where none is needed."""
    if not kind_of(request.kind).weighs_advice:
        return ""
    rows = advice_before(request)
    for row in rows:
        if row.outcome in NEGATIVE:
            return f"The {kind_of(row.request.kind).name} is against it: say why you approve it."
    if not any(row.request.kind == DATA_PROTECTION for row in rows):
        return "The data protection officer has not advised: say why you decide without it."
    for row in rows:
        if row.outcome == Outcome.CONDITIONS and not conditions.strip():
            name = kind_of(row.request.kind).name
            return f"The {name} asks for conditions: set some, or say why you approve it without."
    return ""


def advice_before(request: ReviewRequest) -> list[Advice]:
    """What a decider has before them: the last advice of each kind that their body was given."""
    last = last_of(advice_on(request.version))
    return [
        row
        for (kind, body), row in last.items()
        if body == request.organisation_id
        and not kind_of(kind).weighs_advice
        and row.outcome != Outcome.RETURNED
    ]


def _of_checklist(has_checklist: bool, said: Answer) -> dict[str, str]:
    """What approving asks of the checklist: each point met, or a note that says why it may stay so."""
    points = labels("quality_check") if has_checklist else {}
    return {
        f"note_{code}": f"Say why “{words}” may stay as it is."
        for code, words in points.items()
        if not any(said.checklist.get(code, (False, "")))
    }
