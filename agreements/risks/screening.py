"""Whether an impact assessment is needed, from the screening questions that were answered yes.

Any one of a few answers is enough by law (UK GDPR, Article 35(3)); of the others two are enough, as
the regulators' guidelines on impact assessments say (WP 248, endorsed by the ICO).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from register.lists.labels import items

# Two answers that together are the case of Article 35(3)(b).
TOGETHER = ("special_category", "large_scale")
ON_LARGE_SCALE = ("special category or offence data on a large scale", "UK GDPR, Article 35(3)(b)")
ENOUGH = 2


@dataclass(frozen=True)
class Screening:
    """Whether a DPIA is needed, and the sentence that says why."""

    is_needed: bool
    says: str


def screened(answers: tuple[str, ...]) -> Screening:
    """What the screening questions answered yes mean, by the list's own marks of what is mandatory."""
    rows = items("dpia_screening")
    by_law = {
        code: (row.label.lower(), row.source)
        for code, row in rows.items()
        if row.fact("is_mandatory")
    }
    return judged(answers, by_law)


def judged(answers: tuple[str, ...], mandatory: Mapping[str, tuple[str, str]]) -> Screening:
    """The same, given what makes a DPIA mandatory by itself: code to words and source."""
    given = set(answers)
    by_law = [each for code, each in mandatory.items() if code in given]
    if given.issuperset(TOGETHER):
        by_law.append(ON_LARGE_SCALE)
    if by_law:
        reasons = " and ".join(f"{words} ({source})" for words, source in by_law)
        return Screening(True, f"A DPIA is needed by law, for {reasons}.")
    if len(given) >= ENOUGH:
        return Screening(
            True,
            f"A DPIA is needed: {len(given)} screening questions are answered yes, and two are "
            "enough (UK GDPR, Article 35(1), and the regulator's guidance).",
        )
    if given:
        return Screening(
            False,
            "One screening question is answered yes: that alone does not require a DPIA, but making "
            "one is good practice. Record why none is made.",
        )
    return Screening(False, "No screening question is answered yes: a DPIA is not required.")
