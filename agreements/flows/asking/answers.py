"""The five answers, and how one is worded."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from agreements.flows.facts import FlowFacts
from register.documents.models import Version


class Verdict(models.TextChoices):
    """What the register answers; `no` only for an express exclusion or a suspension."""

    YES = "yes", "Yes"
    NO = "no", "No"
    EXPIRED = "expired", "Expired"
    UNSIGNED = "unsigned", "Not signed"
    NOT_COVERED = "not_covered", "Not covered"


NOTE = (
    "This is what the register holds, not a legal bar. If someone is at risk, share what is "
    "necessary and record it here."
)
# Of several flows the one with the best answer speaks; an exclusion speaks before a gap.
ORDER = (Verdict.YES, Verdict.NO, Verdict.UNSIGNED, Verdict.EXPIRED, Verdict.NOT_COVERED)


@dataclass(frozen=True)
class Answer:
    """An answer with its reason; the flow and its version where one speaks, and what is to be kept to."""

    verdict: Verdict
    reason: str
    facts: FlowFacts | None = None
    conditions: tuple[str, ...] = ()

    @property
    def version(self) -> Version | None:
        """The version of the agreement that speaks."""
        return self.facts.flow.version if self.facts else None

    @property
    def note(self) -> str:
        """What every answer but yes ends with."""
        return "" if self.verdict == Verdict.YES else NOTE

    @property
    def flow_url(self) -> str:
        """Where the flow stands on the page of its version."""
        if self.facts is None:
            return ""
        flow = self.facts.flow
        return f"{flow.version.get_absolute_url()}#flow-{flow.lineage}"


def best(answers: list[Answer]) -> Answer | None:
    """The answer that speaks for all of them."""
    return min(answers, key=lambda answer: ORDER.index(answer.verdict), default=None)
