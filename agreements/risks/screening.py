"""Whether an impact assessment is needed, from the screening questions that were answered yes.

Any one of a few answers is enough by law (UK GDPR, Article 35(3)); of the others two are enough, as
the regulators' guidelines on impact assessments say (WP 248, endorsed by the ICO).
"""

from __future__ import annotations

from dataclasses import dataclass

MANDATORY = {
    "automated_decisions": "decisions by automated means with legal or similar effect (35(3)(a))",
    "large_scale_special": "special category or offence data on a large scale (35(3)(b))",
    "systematic_monitoring": "systematic monitoring of a public place (35(3)(c))",
}
# Two answers that together are the case of Article 35(3)(b).
TOGETHER = ("special_category", "large_scale")
ENOUGH = 2


@dataclass(frozen=True)
class Screening:
    """Whether a DPIA is needed, and the sentence that says why."""

    is_needed: bool
    says: str


def screened(answers: tuple[str, ...]) -> Screening:
    """What the screening questions answered yes mean."""
    given = set(answers)
    by_law = [words for code, words in MANDATORY.items() if code in given]
    if given.issuperset(TOGETHER):
        by_law.append(MANDATORY["large_scale_special"])
    if by_law:
        reasons = " and ".join(dict.fromkeys(by_law))
        return Screening(True, f"A DPIA is needed: UK GDPR, Article 35(3), for {reasons}.")
    if len(given) >= ENOUGH:
        return Screening(
            True,
            f"A DPIA is needed: {len(given)} screening questions are answered yes, and two are "
            "enough (UK GDPR, Article 35(1); ICO guidance).",
        )
    if given:
        return Screening(
            False,
            "One screening question is answered yes: a DPIA is not required by that alone, and is "
            "good practice. Record why none is made.",
        )
    return Screening(False, "No screening question is answered yes: a DPIA is not required.")
