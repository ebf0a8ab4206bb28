"""The signatories of the charters that are published: body, post and day, and who has withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from register.directory.models import Organisation
from register.directory.models.partnerships import Tier
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.documents.models.documents import Visibility
from register.reviews.publication import missed
from register.signing.standing import standing_of
from register.signing.standing_words import LAPSED, SIGNED, WITHDRAWN

SHOWN = (SIGNED, WITHDRAWN, LAPSED)


@dataclass(frozen=True)
class Signatory:
    """A body under a published charter: how it stands, since when, and by which post it signed."""

    body: str
    post: str
    status: str
    on: date | None


@dataclass
class PublishedCharter:
    """A charter in force that everybody may read of, with those who signed it."""

    document: Document
    version: Version
    signatories: list[Signatory] = field(default_factory=list)

    @property
    def signed(self) -> int:
        """How many are current signatories."""
        return sum(row.status == "Signed" for row in self.signatories)


def published_charters() -> list[PublishedCharter]:
    """Every charter in force whose readers are the public, and who signed it, by name.

    Restricted and unconfirmed entries are left out, and those that missed their review where the
    partnership takes such entries off. A bounded number of statements.
    """
    documents = Document.objects.filter(
        tier=Tier.CHARTER, visibility=Visibility.PUBLIC, is_restricted=False, is_confirmed=True
    ).exclude(pk__in=missed().values("pk"))
    versions = Version.objects.filter(document__in=documents, state__in=GOVERNING)
    rows = versions.select_related("document__partnership").order_by("document__reference")
    found = {row.document_id: PublishedCharter(row.document, row) for row in rows}
    standings = standing_of(list(found)) if found else {}
    bodies = Organisation.objects.in_bulk({body for _, body in standings})
    for (document_id, body_id), standing in standings.items():
        if standing.code in SHOWN:
            name = bodies[body_id].legal_name
            found[document_id].signatories.append(
                Signatory(name, standing.post, _word(standing.code), standing.on)
            )
    for charter in found.values():
        charter.signatories.sort(key=lambda row: row.body.casefold())
    return list(found.values())


def _word(code: str) -> str:
    return {SIGNED: "Signed", WITHDRAWN: "Withdrawn", LAPSED: "No longer a member"}[code]
