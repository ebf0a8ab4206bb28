"""What the acts of succession are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "succession.prepared": "Succession prepared",
        "succession.noted": "Entries noted that a succession touches",
        "succession.chosen": "Successors chosen",
        "succession.confirmed": "Succession confirmed",
        "succession.undone": "Succession undone",
        "succession.begun": "Succession of bodies carried out",
        "succession.done": "Succession followed in every entry",
        "document.succeeded": "A party was succeeded",
        "document.party_closed": "A party has closed",
    }
)
