"""Everything that reviews write."""

from register.reviews.services.answering import Said, save_answers
from register.reviews.services.asking import (
    Asked,
    answer,
    ask_again,
    ask_parties,
    proposed,
    record_answer,
)
from register.reviews.services.cycles import remove_own_cycle, set_cycle, set_own_cycle
from register.reviews.services.early import open_early, tell_of_early
from register.reviews.services.ending import (
    propose_end,
    record_consent,
    waited_for,
    withdraw_end,
)
from register.reviews.services.planning import plan_missing
from register.reviews.services.reviewing import (
    close_review,
    next_offered,
    open_review,
    renew_unchanged,
    set_review_date,
)
from register.reviews.services.telling import remind_parties, tell_leads

__all__ = [
    "Asked",
    "Said",
    "answer",
    "ask_again",
    "ask_parties",
    "close_review",
    "next_offered",
    "open_early",
    "open_review",
    "plan_missing",
    "propose_end",
    "proposed",
    "record_answer",
    "record_consent",
    "remind_parties",
    "remove_own_cycle",
    "renew_unchanged",
    "save_answers",
    "set_cycle",
    "set_own_cycle",
    "set_review_date",
    "tell_leads",
    "tell_of_early",
    "waited_for",
    "withdraw_end",
]
