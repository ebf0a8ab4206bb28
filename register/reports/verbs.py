"""What the acts on reports are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "duplicate.dismissed": "Likeness to another entry settled: no duplicates",
        "duplicate.reopened": "Likeness to another entry opened again",
    }
)
