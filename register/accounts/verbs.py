"""What the acts on logins are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "second_factor.added": "Second factor added",
        "second_factor.removed": "Second factor removed",
        "second_factor.reset": "Second factor set up anew",
    }
)
