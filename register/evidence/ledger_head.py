"""The newest digest of the ledger: whoever notes it can tell later whether anything before it was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from register.ledger.models import Entry


@dataclass(frozen=True)
class NewestDigest:
    """The number of the newest entry of the ledger, its SHA-256 in hexadecimal, and when it was written."""

    number: int
    sha256: str
    at: datetime | None

    def as_answer(self) -> dict:
        """The same for programs; the time in UTC, ISO 8601."""
        at = self.at.astimezone(UTC).isoformat() if self.at else None
        return {"number": self.number, "sha256": self.sha256, "at": at}


def newest_digest() -> NewestDigest:
    """The newest digest; number 0 and no digest before the first act."""
    row = Entry.objects.order_by("-number").values_list("number", "sha256", "at").first()
    return NewestDigest(*row) if row else NewestDigest(0, "", None)
