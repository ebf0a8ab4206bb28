"""What the acts on concerns and checks are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "concern.recorded": "Breach or concern recorded",
        "concern.corrected": "Breach or concern corrected",
        "concern.told": "Body told of a breach or concern",
        "concern.ico_reminded": "Reminder sent to decide about the ICO",
        "concern.closed": "Breach or concern closed",
        "concern.reopened": "Breach or concern opened again",
        "check.recorded": "Adherence check recorded",
        "check.corrected": "Adherence check corrected",
        "checks.came_due": "Adherence checks came due",
    }
)
