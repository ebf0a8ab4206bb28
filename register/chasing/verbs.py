"""What the acts of chasing are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "signatures.missed": "Day to sign by passed",
        "signatures.bounced": "A request did not reach somebody",
        "requests.cancelled": "Requests to sign cancelled",
        "rounds.extended": "More time to sign given",
        "reminders.sent": "Reminders sent",
        "holder.told": "New holder of a post told what it signed",
        "reach.tested": "Test message sent to signatories",
        "officer_tasks.settled": "Tasks about signatures settled",
    }
)
