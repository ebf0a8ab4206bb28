"""What the acts on information flows are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "flow.added": "Information flow added",
        "flow.changed": "Information flow changed",
        "flow.copied": "Information flow copied",
        "flow.ends_named": "Ends of an information flow named",
        "flow.removed": "Information flow removed",
        "schedule.changed": "Schedule of flows changed",
        "group.joined": "Body joined a group by its joining form",
        "group.left": "Body left a group",
        "asset.added": "Information asset added",
        "asset.changed": "Information asset changed",
    }
)
