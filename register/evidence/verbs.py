"""What the acts on evidence are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "version.sealed": "Sealed PDF made",
        "seal.taken_away": "Sealed PDF taken away",
        "ledger.digest_mailed": "Newest digest of the ledger mailed to auditors",
    }
)
