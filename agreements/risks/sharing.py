"""What a version says that risks follow from: its answers, its controls, its flows."""

from __future__ import annotations

from agreements.risks.models import Risk, RiskAnswers
from agreements.risks.proposals import Movement, Proposal, Sharing, proposals
from register.documents.models import Version


def sharing_of(version: Version) -> Sharing:
    """What a version says of its sharing, in a few statements for any number of flows."""
    row = RiskAnswers.objects.filter(version=version).first()
    if row is None:
        return Sharing(movements=movements_of(version))
    return Sharing(row.answers, frozenset(row.controls), movements_of(version))


def movements_of(version: Version) -> tuple[Movement, ...]:
    """The flows of a version as far as risks follow from them."""
    return ()


def proposals_for(version: Version) -> list[Proposal]:
    """The risks that follow from what a version says and that nobody has taken over yet."""
    taken = set(
        Risk.objects.filter(version=version).exclude(proposal="").values_list("proposal", flat=True)
    )
    return [each for each in proposals(sharing_of(version)) if each.code not in taken]
