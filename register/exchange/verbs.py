"""What the acts of imports are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "import.applied": "Entries of an old register imported",
        "import.undone": "Import undone",
    }
)
