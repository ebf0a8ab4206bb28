"""Answers “may A send B this?” from the flows between the two."""

from __future__ import annotations

from datetime import date

from agreements.flows.asking.answers import Answer, Verdict, best
from agreements.flows.asking.asked import Asked, has_category, has_purpose
from agreements.flows.asking.conditions import conditions_of
from agreements.flows.asking.evidence import Evidence, bodies_of, evidence_between
from register.core.dates import words
from register.documents.lifecycle import GOVERNING, PAST, State
from register.lists.labels import label


def may_share(user, asked: Asked) -> Answer:
    """Whether the register holds an agreement by which one body may send another this, on a day.

    Counts only what the reader may know of. The answer is about the day asked: the version that was
    in force, who had signed it, who belonged to its groups, and whether sharing was suspended then.
    """
    found = evidence_between(
        user, bodies_of(asked.giver, asked.on), bodies_of(asked.taker, asked.on), asked.on
    )
    about = [e for e in found if has_purpose(e.facts, asked, e.purpose_title)]
    excluded = [_excluded(e, asked) for e in about if _is_excluded(e, asked)]
    fitting = [e for e in about if has_category(e.facts, asked) and not _is_excluded(e, asked)]
    answers = [_answer(e, asked) for e in fitting] + excluded
    return best(answers) or _not_covered(found, asked)


def _answer(evidence: Evidence, asked: Asked) -> Answer:
    version, document = evidence.version, evidence.version.document
    for ask in (_not_confirmed, _not_in_force, _suspended, _lapsed, _not_signed):
        if answer := ask(evidence, asked):
            return answer
    since = f" since {words(version.in_force_on)}" if version.in_force_on else ""
    reason = f"{document.reference} “{version.title}” covers it, in force{since}."
    return Answer(Verdict.YES, reason, evidence.facts, conditions_of(evidence, asked))


def _not_confirmed(evidence: Evidence, asked: Asked) -> Answer | None:
    document = evidence.version.document
    if document.is_confirmed:
        return None
    return Answer(
        Verdict.NOT_COVERED,
        f"{document.reference} came from an old register and nobody has confirmed it: it does not "
        "count until an officer has.",
        evidence.facts,
    )


def _not_in_force(evidence: Evidence, asked: Asked) -> Answer | None:
    version, day = evidence.version, asked.on
    name = f"{version.document.reference} version {version.number}"
    if version.state == State.SIGNING:
        who = _names(evidence) or "its other parties"
        return _say(
            Verdict.UNSIGNED, evidence, f"{name} is out for signature: not signed by {who}."
        )
    if version.in_force_on and version.in_force_on > day:
        return _say(
            Verdict.NOT_COVERED,
            evidence,
            f"{name} came into force on {words(version.in_force_on)}, after the day asked for.",
        )
    if ended := _ended_on(version, day):
        return _say(Verdict.EXPIRED, evidence, f"{name} held until {words(ended)}.")
    if version.state in PAST and version.ended_on is None:
        return _say(Verdict.EXPIRED, evidence, f"{name} has ended; on which day is not recorded.")
    return None


def _ended_on(version, day: date) -> date | None:
    """The day on which a version had ended by the day asked for."""
    if version.ended_on and version.ended_on <= day:
        return version.ended_on
    if version.state in GOVERNING and version.ends_on and version.ends_on < day:
        return version.ends_on
    return None


def _suspended(evidence: Evidence, asked: Asked) -> Answer | None:
    for row in evidence.suspensions:
        whom = f" for {row.party.called}" if row.party else ""
        since = f" since {words(row.starts_on)}" if row.starts_on else ""
        reference = evidence.version.document.reference
        says = f"Sharing under {reference} is suspended{whom}{since}: {row.reason}"
        return _say(Verdict.NO, evidence, says)
    return None


def _lapsed(evidence: Evidence, asked: Asked) -> Answer | None:
    flow = evidence.facts.flow
    if not flow.s251_expires_on or flow.s251_expires_on >= asked.on:
        return None
    says = f"Its section 251 support {flow.s251_reference} ended on {words(flow.s251_expires_on)}."
    return _say(Verdict.EXPIRED, evidence, says)


def _not_signed(evidence: Evidence, asked: Asked) -> Answer | None:
    if not evidence.unsigned:
        return None
    reference = evidence.version.document.reference
    return _say(
        Verdict.UNSIGNED, evidence, f"{reference} covers it, and {_names(evidence)} has not signed."
    )


def _names(evidence: Evidence) -> str:
    return " and ".join(body.called for body in evidence.unsigned)


def _is_excluded(evidence: Evidence, asked: Asked) -> bool:
    return bool(set(asked.categories) & set(evidence.facts.flow.excludes)) and _holds(
        evidence, asked
    )


def _holds(evidence: Evidence, asked: Asked) -> bool:
    return evidence.version.document.is_confirmed and _not_in_force(evidence, asked) is None


def _excluded(evidence: Evidence, asked: Asked) -> Answer:
    flow = evidence.facts.flow
    kept_back = set(asked.categories) & set(flow.excludes)
    what = ", ".join(label("data_category", code).lower() for code in sorted(kept_back))
    why = f": {flow.excludes_note}" if flow.excludes_note else ""
    says = f"{evidence.version.document.reference} says that {what} must not be sent{why}."
    return _say(Verdict.NO, evidence, says)


def _not_covered(found: list[Evidence], asked: Asked) -> Answer:
    giver, taker = asked.giver.called, asked.taker.called
    holding = [e for e in found if _answer(e, asked).verdict == Verdict.YES]
    if not holding:
        return Answer(
            Verdict.NOT_COVERED,
            f"No agreement lets {giver} send {taker} anything on that day, as far as you may see.",
        )
    other = sorted({evidence.version.document.reference for evidence in holding})
    for_what = " for that purpose" if asked.purpose else ""
    what = asked.wanted or "that"
    let = "lets" if len(other) == 1 else "let"
    return Answer(
        Verdict.NOT_COVERED,
        f"{', '.join(other[:3])} {let} {giver} send {taker} other data, but not {what}{for_what}.",
    )


def _say(verdict: Verdict, evidence: Evidence, reason: str) -> Answer:
    return Answer(verdict, reason, evidence.facts)
