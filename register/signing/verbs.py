"""What the acts of signing are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "slot.added": "Place to sign added",
        "slots.proposed": "Places to sign proposed",
        "slot.voided": "Place to sign voided",
        "version.signed_on_paper": "Signed on paper",
        "version.refused": "Signature refused",
        "version.signature_withdrawn": "Signature withdrawn",
    }
)
