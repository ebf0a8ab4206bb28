"""What the acts on charters and protocols are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS["protocol.placed"] = "Charter above or community changed"
