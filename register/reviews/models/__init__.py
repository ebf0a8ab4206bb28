"""What is kept of reviews: cycles, reviews with their answers, what parties said, end dates moved."""

from register.reviews.models.asks import AskAddress, AskLink, PartyAnswer, PartyAsk
from register.reviews.models.cycles import Basis, Cycle, Missed, PlannedDate
from register.reviews.models.ends import Consent, EndMove
from register.reviews.models.reviews import Answer, Review, ReviewAnswer, ReviewEvent

__all__ = [
    "Answer",
    "AskAddress",
    "AskLink",
    "Basis",
    "Consent",
    "Cycle",
    "EndMove",
    "Missed",
    "PartyAnswer",
    "PartyAsk",
    "PlannedDate",
    "Review",
    "ReviewAnswer",
    "ReviewEvent",
]
