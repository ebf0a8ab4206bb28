"""What the acts of requests and emergency shares are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "request.received": "Request recorded",
        "request.corrected": "Request corrected",
        "request.weighed": "Weighing of the request recorded",
        "request.decided": "Request decided",
        "request.decision_corrected": "Decision corrected",
        "request.withdrawn": "Request withdrawn",
        "request.shared": "Day of sharing recorded",
        "request.shown": "Shown to the partners",
        "request.hidden": "No longer shown to the partners",
        "emergency.shared": "Emergency share recorded",
        "emergency.corrected": "Emergency share corrected",
        "emergency.reviewed": "Emergency share reviewed",
        "calendar.set": "Bank holidays chosen",
    }
)
