"""What an act on many entries is called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update({"entries.changed_together": "Many entries changed together"})
