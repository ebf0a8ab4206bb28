"""What acts on the whole register are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "everything.asked": "Export of everything asked for",
        "restored.released": "Restored copy released",
    }
)
