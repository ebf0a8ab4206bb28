"""What the acts of this room are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "work.put_off": "Work put off",
        "work.shown_again": "Work shown again",
        "announcement.written": "Announcement written",
        "announcement.ended": "Announcement ended",
        "announcement.acknowledged": "Announcement acknowledged",
        "digests.sent": "Digests sent",
    }
)
