"""What the acts on proofs of return or deletion are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "proofs.asked": "Proofs of return or deletion asked for",
        "proofs.chased": "Proofs of return or deletion chased",
        "proof.given": "Proof of return or deletion given",
        "proof.recorded": "Proof of return or deletion recorded",
        "proof.corrected": "Proof of return or deletion corrected",
        "proof.not_needed": "Proof of return or deletion not needed",
        "proof.asked_again": "Proof of return or deletion asked for again",
    }
)
