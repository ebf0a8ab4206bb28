"""What the acts on the register's own records are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "redaction.asked": "Redaction asked for",
        "redaction.approved": "Redaction approved",
        "redaction.refused": "Redaction refused",
        "redaction.withdrawn": "Redaction withdrawn",
        "disposal.proposed": "Disposal proposed",
        "disposal.confirmed": "Disposal confirmed by a second administrator",
        "disposal.refused": "Disposal refused",
        "disposal.done": "Disposal carried out",
        "document.disposed": "Entry disposed of: reference, dates and hash remain",
        "contact.disposed": "Contact details disposed of",
        "privacy.changed": "Privacy details changed",
    }
)
