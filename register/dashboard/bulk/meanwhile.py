"""Who changed an entry between its choosing and the act."""

from __future__ import annotations

from register.core.dates import time_words
from register.documents.models import Document


def who_changed(document: Document) -> str:
    """A sentence: "Changed by J. Smith on 21 November 2026 at 9:32am, after you chose it."."""
    last = document.history.order_by("-history_id").first()
    if last is None:
        return "It was changed after you chose it."
    name = last.actor_name or "somebody else"
    return f"Changed by {name} on {time_words(last.history_date)}, after you chose it."
