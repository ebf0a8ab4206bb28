"""What the acts of this room are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update({"release.made": "Release copy made"})
