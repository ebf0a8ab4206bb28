"""What the acts of signing are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "slot.added": "Place to sign added",
        "slots.proposed": "Places to sign proposed",
        "slot.voided": "Place to sign voided",
        "slots.marked": "Places to sign marked as the old register has them",
        "version.sent": "Sent for signature",
        "signatures.asked": "Asked for signatures",
        "signature.asked_again": "Asked to sign",
        "signatory.replaced": "Somebody else asked to sign",
        "signature.request_cancelled": "Request to sign cancelled",
        "signature.released": "Request let go by the body's officer",
        "signatures.extended": "More time to sign given",
        "signatures.reminded": "Reminded to sign",
        "version.signed": "Signed",
        "version.returned_with_comments": "Returned with comments by a signatory",
        "signatures.accepted": "Told of a signature carried over, and did not object",
        "version.objected": "Objected to a signature carried over",
        "version.signature_carried_over": "Signature carried over",
        "signature.passed_on": "Request to sign passed on",
        "signature.question_asked": "Question asked before signing",
        "delegation.made": "Signing delegated",
        "delegation.ended": "Delegation ended",
        "designated_officer.set": "Designated officer set",
        "version.acceded": "Body asked to join",
        "version.left": "Body left",
        "version.signed_on_paper": "Signed on paper",
        "version.refused": "Signature refused",
        "version.signature_withdrawn": "Signature withdrawn",
    }
)
