"""What must be true of the advice on a version before it is signed; loaded under the name "advice"."""

from __future__ import annotations

from collections.abc import Iterator

from register.advice.kinds import kind_of, weighing_kinds
from register.advice.models import Outcome
from register.advice.needs import Need, needed
from register.advice.standing import AdviceFacts
from register.core.dates import time_words, words
from register.documents.case import Case
from register.documents.rulebook import Where, rule
from register.documents.rules import MORE

TASK = "advice"
OFFICE = "The partnership office"
_NUMBERED = frozenset(
    [
        "data_protection",
        "risk_owner",
        "caldicott",
        "information_security",
        "legal",
        "ethics",
        "quality_assurance",
    ]
)


@rule("V1", bar=False, task=TASK, source="UK GDPR, Articles 35(2), 38(1) and 39(1)")
def data_protection_officers_advise(case: Case) -> Iterator[Where]:
    """Have the data protection officer advise."""
    return _missing(case, "data_protection")


@rule("V2", bar=False, task=TASK, source="Government Functional Standard GovS 007: Security")
def risk_owners_decide(case: Case) -> Iterator[Where]:
    """Have the senior information risk owner or an information asset owner decide."""
    return _missing(case, "risk_owner")


@rule("V3", bar=False, task=TASK, source="National Data Guardian guidance, 2021")
def caldicott_guardians_advise(case: Case) -> Iterator[Where]:
    """Have the Caldicott Guardian advise on health and care information."""
    return _missing(case, "caldicott")


@rule(
    "V4", bar=False, task=TASK, source="UK GDPR, Article 32; Data Protection Act 2018, section 66"
)
def information_security_advises(case: Case) -> Iterator[Where]:
    """Have the information security lead advise: the required security level is raised or high."""
    return _missing(case, "information_security")


@rule("V5", bar=False, task=TASK, source="The register's own practice")
def a_legal_adviser_advises(case: Case) -> Iterator[Where]:
    """Have a legal adviser advise on law enforcement or on a transfer out of the United Kingdom."""
    return _missing(case, "legal")


@rule("V6", bar=False, task=TASK, source="The register's own practice")
def the_ethics_committee_decides(case: Case) -> Iterator[Where]:
    """Have the ethics committee decide on the use for research."""
    return _missing(case, "ethics")


@rule("V7", bar=False, task=TASK, source="The register's own practice")
def the_quality_is_checked(case: Case) -> Iterator[Where]:
    """Have a colleague go through the quality checklist."""
    return _missing(case, "quality_assurance")


@rule("V8", bar=False, task=TASK, source='The list "Advice and decisions"')
def further_advice_is_given(case: Case) -> Iterator[Where]:
    """Get the further advice or decision that the partnership's list asks for."""
    for need in needed(case):
        if need.kind not in _NUMBERED:
            for where in _missing(case, need.kind, only=need):
                yield Where(where.words, f"{kind_of(need.kind).label}. {where.detail}", TASK)


@rule("V11", task=TASK, source="UK GDPR, Articles 35(2) and 39(1)")
def objections_are_decided_upon(case: Case) -> Iterator[Where]:
    """Have the risk owner decide: somebody advises against it."""
    for row in _facts(case).objections():
        kind = kind_of(row.request.kind)
        yield Where(row.body_name, f"It is the {kind.name}, {row.person_name}.", TASK)


@rule("V12", task=TASK, source="The register's own practice")
def nothing_is_left_unapproved(case: Case) -> Iterator[Where]:
    """Mend what it was not approved for, and ask again."""
    for (kind, body), row in _facts(case).last.items():
        decides = body is None or kind in weighing_kinds()
        if row.outcome == Outcome.NOT_APPROVED and decides:
            yield Where(row.body_name, f"Not approved by {row.person_name}.", TASK)


@rule("V13", bar=False, task=TASK, source="The register's own practice")
def what_was_returned_is_asked_again(case: Case) -> Iterator[Where]:
    """Mend what was sent back, and ask again."""
    facts = _facts(case)
    for key, row in facts.last.items():
        if row.outcome == Outcome.RETURNED and key not in facts.waiting:
            on = words(row.given_on)
            yield Where(row.body_name, f"Returned for changes by {row.person_name} on {on}.", TASK)


RULES = (
    data_protection_officers_advise,
    risk_owners_decide,
    caldicott_guardians_advise,
    information_security_advises,
    a_legal_adviser_advises,
    the_ethics_committee_decides,
    the_quality_is_checked,
    further_advice_is_given,
    objections_are_decided_upon,
    nothing_is_left_unapproved,
    what_was_returned_is_asked_again,
)


def plug_in() -> None:
    """Ask these rules of every tier; the list says what each tier needs."""
    for tier in MORE:
        MORE[tier].extend(RULES)


def _facts(case: Case) -> AdviceFacts:
    return case.more.get("advice") or AdviceFacts({}, {})


def _missing(case: Case, kind: str, only: Need | None = None) -> Iterator[Where]:
    """Where a needed kind was not given. Where nobody has loaded what was, nothing is asked."""
    facts = case.more.get("advice")
    if not isinstance(facts, AdviceFacts):
        return
    for need in [only] if only else [need for need in needed(case) if need.kind == kind]:
        # What was sent back is rule V13's to say.
        if need.key in facts.last and need.key not in facts.waiting:
            continue
        if facts.given(need.key) is None:
            body = need.organisation.called if need.organisation else OFFICE
            yield Where(body, _how_far(facts, need), TASK)


def _how_far(facts: AdviceFacts, need: Need) -> str:
    request = facts.waiting.get(need.key)
    if request is None:
        return "Nobody is asked yet."
    return f"Asked on {time_words(request.asked_at)}."
