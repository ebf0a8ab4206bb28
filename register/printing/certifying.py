"""The certificate of completion, as plain values for the layout: made when a version is sealed.

It tells who signed, in which capacity, when, how and to which words, beside the hashes by which each
of these can be checked. Addresses of machines, browsers and mail never stand on it.
"""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from register.core import dates
from register.documents.models import Version
from register.ledger.models import Head
from register.printing.signed import TOLD, capacity_words, how_words
from register.signing.models import Signature, SignatureKind, Slot


def certificate_of(version: Version, places: list[tuple[Slot, list[Signature]]]) -> dict:
    """The certificate of a version from its places to sign, with the ledger's newest digest."""
    head = Head.objects.filter(pk=1).first() or Head()
    return {
        "reference": version.document.reference,
        "title": version.title,
        "version": version.number,
        "document_id": version.document_id,
        "version_id": version.pk,
        "frozen_at": version.frozen_at.isoformat() if version.frozen_at else "",
        "text_sha256": version.body_sha256,
        "ledger_number": head.number,
        "ledger_sha256": head.sha256,
        "rows": [_row(row, version) for _, rows in places for row in rows],
    }


def _row(row: Signature, version: Version) -> dict:
    return {
        "number": row.pk,
        "person": row.person_name,
        "post": row.post_title,
        "body": row.body_name,
        "capacity": capacity_words(row),
        "on_behalf_of": row.on_behalf_of,
        "what": how_words(row),
        "signed_on": row.signed_on.isoformat(),
        "utc": f"{row.recorded_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "local": _local(row),
        "method": "" if row.kind in TOLD else row.get_method_display(),
        "strength": "" if row.kind in TOLD else row.strength,
        "by_hand": row.kind == SignatureKind.ON_PAPER,
        "statement": row.statement,
        "statement_sha256": row.statement_sha256,
        "other_text_sha256": row.body_sha256 if row.body_sha256 != version.body_sha256 else "",
    }


def _local(row: Signature) -> str:
    zone = row.time_zone or "Europe/London"
    local = row.recorded_at.astimezone(ZoneInfo(zone))
    return f"{dates.words(local.date())}, {local:%H:%M:%S} {local:%Z} ({zone})"
