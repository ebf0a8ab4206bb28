"""A concern and a check as their pages show them: headings with words."""

from __future__ import annotations

from datetime import timedelta

from register.concerns.models import AdherenceCheck, Concern, IcoAnswer
from register.core.dates import time_words, words
from register.lists.labels import label

Pairs = list[tuple[str, str]]


def happened_of(concern: Concern) -> Pairs:
    """What happened, when, when it was found, and whose data."""
    when = ", ".join(filter(None, [words(concern.happened_on), concern.happened_words]))
    number = f"about {concern.people_number:,} people" if concern.people_number is not None else ""
    data = ", ".join(label("data_category", code) for code in concern.data_categories)
    return _filled(
        ("What happened", concern.what_happened),
        ("Kind", concern.kind_words),
        ("Severity", concern.severity_words),
        ("When it happened", when),
        ("When it was found", time_words(concern.found_at)),
        ("Data concerned", "; ".join(filter(None, [data, number]))),
        ("Dealt with by", _lead(concern)),
        ("Recorded", f"{time_words(concern.recorded_at)} by {concern.recorded_by_name}"),
    )


def duties_of(concern: Concern) -> Pairs:
    """What was said to the ICO and to the people, with the time that the law gives."""
    return _filled(
        ("ICO", ico_sentence(concern)),
        ("Reference of the ICO", concern.ico_reference),
        ("Why", concern.ico_reason),
        ("The people", concern.get_people_answer_display()),
        ("How, or why not", concern.people_reason),
    )


def outcome_of(concern: Concern) -> Pairs:
    """What came of it, where it is closed or was."""
    closed = concern.is_closed and f"{words(concern.closed_on)} by {concern.closed_by_name}"
    return _filled(
        ("Outcome", concern.outcome), ("What is learnt", concern.lessons), ("Closed", closed or "")
    )


def ico_sentence(concern: Concern) -> str:
    """Whether the ICO was notified, and how that stands to the 72 hours."""
    if concern.ico_answer == IcoAnswer.NOTIFIED and concern.ico_notified_at:
        took = _hours(concern.ico_notified_at - concern.found_at)
        late = ", later than 72 hours" if concern.was_ico_late else ""
        return f"Notified {time_words(concern.ico_notified_at)}, {took} after it was found{late}"
    if concern.ico_answer == IcoAnswer.NOT_NOTIFIED:
        return "Not notified"
    if not concern.is_breach:
        return "Not asked: this kind is not a personal data breach"
    ends = time_words(concern.ico_due_at)
    if concern.is_ico_overdue:
        return f"Not decided, and the 72 hours ended {ends}"
    return f"Not decided yet; the 72 hours end {ends}"


def check_of(check: AdherenceCheck) -> Pairs:
    """What a check says of itself."""
    who = ", ".join(filter(None, [check.checker_name, check.checker_post]))
    return _filled(
        ("Date of the check", words(check.checked_on)),
        ("Checked by", who),
        ("What was checked", f"Version {check.version.number}"),
        ("How", check.method),
        ("Conclusion", check.get_conclusion_display()),
        ("Findings", check.findings),
        ("Next check", words(check.next_on) or "Not planned"),
        ("Recorded", f"{time_words(check.recorded_at)} by {check.recorded_by_name}"),
    )


def _lead(concern: Concern) -> str:
    post = f", {concern.lead_post}" if concern.lead_post else ""
    return f"{concern.lead_name}{post}, {concern.lead_body.called}"


def _hours(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    return "less than an hour" if not hours else "1 hour" if hours == 1 else f"{hours} hours"


def _filled(*pairs: tuple[str, str]) -> Pairs:
    return [(name, value) for name, value in pairs if value]
