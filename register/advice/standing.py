"""How the advice on a version stands: what was said last, by whom, and whether anybody was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from register.advice.kinds import DATA_PROTECTION, NEGATIVE, kind_of, weighing_kinds
from register.advice.models import Advice, Outcome, ReviewRequest
from register.core.dates import words
from register.directory.models import Organisation
from register.documents.lifecycle import PREPARING
from register.documents.models import Version

Key = tuple[str, int | None]


@dataclass(frozen=True)
class AdviceFacts:
    """What rules ask of the advice on a version: the last answer and the open question of each kind and body."""

    last: dict[Key, Advice]
    waiting: dict[Key, ReviewRequest]

    def given(self, key: Key) -> Advice | None:
        """The last answer of a kind and body, unless it sent the version back."""
        row = self.last.get(key)
        return row if row and row.outcome != Outcome.RETURNED else None

    def objections(self) -> list[Advice]:
        """What was last advised or decided against and no risk owner of the body has decided upon since."""
        if not self.last:
            return []
        deciders = weighing_kinds()
        decided = {
            key[1]: row.pk
            for key, row in self.last.items()
            if key[0] in deciders and row.outcome != Outcome.RETURNED
        }
        return [
            row
            for (kind, body), row in self.last.items()
            if row.outcome in NEGATIVE
            and body is not None
            and kind not in deciders
            and decided.get(body, 0) < row.pk
        ]


@dataclass(frozen=True)
class ForBody:
    """What the data protection officer advised a body and what its risk owner decided; the lead's as well.

    Each is None where nobody has said anything. `lead` is None where the body leads itself or none does.
    """

    organisation: Organisation
    advice: Advice | None
    decision: Advice | None
    lead: Organisation | None = None
    lead_advice: Advice | None = None
    lead_decision: Advice | None = None

    @property
    def has_any(self) -> bool:
        """Whether anybody has advised or decided."""
        return any([self.advice, self.decision, self.lead_advice, self.lead_decision])

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """For a page: whose it is, what was said with name and date, and the conditions."""
        found = [
            (f"Data protection officer of {self.organisation.called}", self.advice),
            (f"Risk owner of {self.organisation.called}", self.decision),
        ]
        if self.lead is not None:
            found += [
                (f"Data protection officer of {self.lead.called}, which leads", self.lead_advice),
                (f"Risk owner of {self.lead.called}, which leads", self.lead_decision),
            ]
        return [(who, said_in_words(row), row.conditions if row else "") for who, row in found]


def advice_on(version: Version) -> list[Advice]:
    """Every answer on a version in the order in which it was given; one statement."""
    return list(Advice.objects.of_versions([version.pk]))


def last_of(rows: Iterable[Advice]) -> dict[Key, Advice]:
    """Of answers in order, the last of each kind and body."""
    return {(row.request.kind, row.request.organisation_id): row for row in rows}


def advice_for(version: Version, organisation: Organisation) -> ForBody:
    """What a body's own officers said of a version, and those of the lead body; one statement."""
    last = last_of(advice_on(version))
    lead = version.document.lead
    if lead is not None and lead.pk == organisation.pk:
        lead = None
    return ForBody(
        organisation,
        last.get((DATA_PROTECTION, organisation.pk)),
        _decision(last, organisation),
        lead,
        last.get((DATA_PROTECTION, lead.pk)) if lead else None,
        _decision(last, lead) if lead else None,
    )


def said_in_words(row: Advice | None) -> str:
    """An answer in a sentence: “No objection: Una Rowe, Data Protection Officer, 21 November 2026”."""
    if row is None:
        return "Has not been heard"
    post = f", {row.post_title}" if row.post_title else ""
    late = ", after it was sent for signature" if row.is_late else ""
    name = f"{row.person_name}{post}, {words(row.given_on)}{late}"
    return f"{row.get_outcome_display()}: {name}"


def load_advice(versions: list[Version]) -> dict[int, object]:
    """The advice on versions in preparation, as rules ask for it in a case; two statements."""
    ids = [v.pk for v in versions if v.state in PREPARING and not v.is_admitted]
    if not ids:
        return {}
    facts = {pk: AdviceFacts({}, {}) for pk in ids}
    for row in Advice.objects.of_versions(ids):
        request = row.request
        facts[request.version_id].last[request.kind, request.organisation_id] = row
    for request in ReviewRequest.objects.open().filter(version_id__in=ids):
        facts[request.version_id].waiting[request.kind, request.organisation_id] = request
    return dict(facts)


def whose(row: ReviewRequest) -> str:
    """Who is asked, in a sentence: “the data protection officer of Wyre Council”."""
    kind = kind_of(row.kind)
    if row.organisation is None:
        return f"the partnership office ({kind.name})"
    return f"the {kind.name} of {row.organisation.called}"


def _decision(last: dict[Key, Advice], organisation: Organisation) -> Advice | None:
    rows = [last.get((kind, organisation.pk)) for kind in weighing_kinds()]
    return max((row for row in rows if row), key=lambda row: row.pk, default=None)
