"""What the acts on reference lists are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "lists.loaded": "Reference lists loaded",
        "item.added": "Row added to a reference list",
        "item.changed": "Row of a reference list changed",
        "item.day_came": "Law came into force or ended",
    }
)
