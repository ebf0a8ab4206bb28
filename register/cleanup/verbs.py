"""What the clean-up does is called this on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update({"document.taken_out": "Taken out as a duplicate"})
