"""What the acts of reviews are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "cycle.set": "Review cycle set",
        "cycle.removed": "Own review cycle removed",
        "review.date_set": "Review date set",
        "review.planned": "Review date set from the cycle",
        "review.opened": "Review opened",
        "review.event_noted": "Something new to look at in the review",
        "review.answered": "Review: sections and questions answered",
        "review.asked": "Review: parties asked",
        "review.party_answered": "Review: a party answered",
        "review.party_reminded": "Review: a party reminded",
        "review.lead_told": "Notice of the review sent",
        "review.closed": "Review closed",
        "review.renewed": "Renewed unchanged",
        "end_move.proposed": "New end date proposed",
        "end_move.consented": "Consent to the new end date recorded",
        "end_move.done": "End date moved by consent of every party",
        "end_move.withdrawn": "Proposed end date withdrawn",
    }
)
