"""What a version says that risks follow from: its answers, its controls, its flows."""

from __future__ import annotations

from agreements.flows.facts import flows_of
from agreements.risks.models import Risk, RiskAnswers
from agreements.risks.proposals import Movement, Proposal, Sharing, proposals
from register.documents.models import Version
from register.lists.labels import items


def sharing_of(version: Version) -> Sharing:
    """What a version says of its sharing, in a few statements for any number of flows."""
    row = RiskAnswers.objects.filter(version=version).first()
    if row is None:
        return Sharing(movements=movements_of(version))
    return Sharing(row.answers, frozenset(row.controls), movements_of(version))


def movements_of(version: Version) -> tuple[Movement, ...]:
    """The flows of a version as far as risks follow from them."""
    weak = {code for code, row in items("transfer_mode").items() if row.fact("is_weak")}
    leaving = {
        code for code, row in items("transfer_outside_uk").items() if row.fact("is_transfer")
    }
    return tuple(
        Movement(
            name=facts.flow.title,
            modes=frozenset(facts.flow.transfer_modes),
            is_weak=bool(weak.intersection(facts.flow.transfer_modes)),
            controls=frozenset(facts.flow.controls),
            is_special=bool(facts.special),
            is_offence=facts.has_offences,
            volume=facts.flow.volume,
            leaves_uk=facts.flow.outside_uk in leaving,
            recipients=len(facts.recipient.every_body),
        )
        for facts in flows_of([version.pk]).get(version.pk, [])
        if facts.flow.is_personal
    )


def proposals_for(version: Version) -> list[Proposal]:
    """The risks that follow from what a version says and that nobody has taken over yet."""
    taken = set(
        Risk.objects.filter(version=version).exclude(proposal="").values_list("proposal", flat=True)
    )
    return [each for each in proposals(sharing_of(version)) if each.code not in taken]
