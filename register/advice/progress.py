"""How far the advice on a version is: a line for each kind and body that is needed, asked or answered."""

from __future__ import annotations

from dataclasses import dataclass

from register.advice.kinds import NEGATIVE, Kind, kind_of
from register.advice.models import Advice, Outcome, ReviewRequest
from register.advice.needs import Need, needed
from register.advice.proposals import Whom, offer_of
from register.advice.rules import OFFICE
from register.advice.standing import advice_on, last_of
from register.core.dates import today
from register.directory.models import Organisation
from register.documents.case import case_of
from register.documents.models import Version
from register.documents.tasks import COMPLETE, IN_PROGRESS, NOT_STARTED, OPTIONAL

TONES = {
    Outcome.NO_OBJECTION: "green",
    Outcome.APPROVED: "green",
    Outcome.CONDITIONS: "yellow",
    Outcome.AGAINST: "red",
    Outcome.NOT_APPROVED: "red",
    Outcome.RETURNED: "orange",
}


@dataclass
class Line:
    """A kind of advice of one body: whether it is needed, the open question, the last answer, whom to ask."""

    kind: Kind
    organisation: Organisation | None
    is_needed: bool
    request: ReviewRequest | None = None
    answer: Advice | None = None
    proposed: Whom | None = None

    @property
    def body_words(self) -> str:
        """Whose it is."""
        return self.organisation.called if self.organisation else OFFICE

    @property
    def is_given(self) -> bool:
        """Whether it was answered, and not sent back."""
        return self.answer is not None and self.answer.outcome != Outcome.RETURNED

    @property
    def status(self) -> tuple[str, str]:
        """How it stands in words, and the colour of its tag."""
        if self.request is not None:
            return ("Overdue", "red") if self.request.is_late_on(today()) else ("Asked", "blue")
        if self.answer is not None:
            return self.answer.get_outcome_display(), TONES[Outcome(self.answer.outcome)]
        return "Not asked", "grey"

    @property
    def may_be_asked_at_once(self) -> bool:
        """Whether it is needed, missing, not asked for, and somebody is known who could be asked."""
        is_known = self.organisation is None or self.proposed is not None
        return self.is_needed and not self.is_given and self.request is None and is_known


def lines_of(version: Version) -> list[Line]:
    """What is needed, asked and answered on a version, in the list's order; a bounded number of statements."""
    needs = needed(case_of(version))
    requests = list(
        ReviewRequest.objects.open()
        .filter(version=version)
        .select_related("organisation", "person", "post")
    )
    last = last_of(advice_on(version))
    lines = {need.key: Line(kind_of(need.kind), need.organisation, True) for need in needs}
    for row in [*requests, *(answer.request for answer in last.values())]:
        key = (row.kind, row.organisation_id)
        lines.setdefault(key, Line(kind_of(row.kind), row.organisation, False))
    for key, answer in last.items():
        lines[key].answer = answer
    for row in requests:
        lines[row.kind, row.organisation_id].request = row
    offer = offer_of(version.document, {body for _, body in lines if body})
    for key, line in lines.items():
        line.proposed = offer.proposed(key)
    return sorted(lines.values(), key=_order)


def status_of(version: Version) -> str:
    """How far the task of a draft is, in the words of the task list."""
    needs: list[Need] = needed(case_of(version))
    last = last_of(advice_on(version))
    waiting = ReviewRequest.objects.open().filter(version=version).exists()
    if not needs and not last and not waiting:
        return OPTIONAL
    given = {key for key, row in last.items() if row.outcome != Outcome.RETURNED}
    is_bad = any(row.outcome in NEGATIVE for row in last.values())
    if not waiting and not is_bad and all(need.key in given for need in needs):
        return COMPLETE
    return IN_PROGRESS if last or waiting else NOT_STARTED


def _order(line: Line) -> tuple:
    # Those who decide upon advice come after those who give it.
    return (line.kind.weighs_advice, line.kind.is_of_office, line.kind.label, line.body_words)
