"""What the acts of this room are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update({"wording.put_back": "Earlier wording put back"})
