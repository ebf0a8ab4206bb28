"""What each verb of the ledger is called on a page. Every app names its own in `verbs.py`."""

VERBS: dict[str, str] = {
    "ledger.redacted": "Text redacted",
    "retention.changed": "Retention rule changed",
    "hold.placed": "Legal hold placed",
    "hold.released": "Legal hold released",
    "traces.disposed": "Addresses and browsers removed",
    "access.disposed": "Access events removed",
}


def title_of(verb: str) -> str:
    """The title of an act, such as "Sent for signature"; else the verb itself, spelt out."""
    noun, _, done = verb.partition(".")
    return VERBS.get(verb) or f"{noun} {done}".replace("_", " ").capitalize()
