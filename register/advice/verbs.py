"""What the acts on advice are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "advice.asked": "Advice or decision asked for",
        "advice.asked_many": "Advice and decisions asked for",
        "advice.reminded": "Reminder of a question for advice",
        "advice.replaced": "Somebody else asked for advice",
        "advice.cancelled": "Advice not asked for any more",
        "advice.lapsed": "Questions for advice closed: the version ended",
        "advice.given": "Advice given",
        "advice.decided": "Decision made",
        "advice.recorded": "Advice or decision recorded from paper",
        "advice.returned": "Returned for changes by an adviser",
    }
)
