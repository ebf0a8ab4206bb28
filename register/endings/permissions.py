"""Who gives and records proofs; every no carries its reason. Who reads them: `querysets.visible_to`."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.directory.reach import reach_of
from register.documents.permissions import may_edit
from register.endings.models import Proof
from register.ledger.actors import LINK, Actor

HOLDER = "proof-"


def holder(proof: Proof, name: str) -> Actor:
    """Whoever answers by a link, as the ledger names them; make one only for a link that was checked."""
    return Actor(LINK, f"{HOLDER}{proof.pk}", f"{name}, {proof.organisation.called}"[:300])


def may_give(by, proof: Proof) -> Verdict:
    """Whether somebody may give or record a proof: the holder of its link, an officer of the body, who
    keeps the agreement.
    """
    if isinstance(by, Actor) and by.kind == LINK:
        verdict = YES if by.id == f"{HOLDER}{proof.pk}" else no("This link is of another body.")
    else:
        verdict = may_record(by, proof)
    if verdict and not proof.is_outstanding:
        return no("It is given already.")
    return verdict


def may_record(by, proof: Proof) -> Verdict:
    """Whether somebody may record and correct a proof."""
    if reach_of(by).edits_for(proof.organisation_id) or may_edit(by, proof.ending.document):
        return YES
    return no(
        f"Only officers of {proof.organisation}, of the lead body or of the partnership office may "
        "record it."
    )


def may_chase(by, proof: Proof) -> Verdict:
    """Whether somebody may ask again, or say that no proof is needed: who keeps the agreement."""
    verdict = may_edit(by, proof.ending.document)
    if verdict and not proof.is_outstanding:
        return no("It is not waited for any more.")
    return verdict
