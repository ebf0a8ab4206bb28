"""What the acts on agreements are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS["agreement.placed"] = "Protocols above changed"
