"""Takes sealed PDFs away after a redaction: their hash stays known, their bytes do not."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from register.core.dates import now
from register.documents.models import Version
from register.evidence.models import Seal
from register.jobs.items import each
from register.ledger.acts import act

BY = "system:redaction"
BECAUSE = "Text of it was redacted."


def standing_seals(document_id: int) -> QuerySet[Seal]:
    """The sealed PDFs of a document that are still there."""
    return Seal.objects.filter(version__document_id=document_id, taken_away_at__isnull=True)


def out_of_date(seals: QuerySet[Seal]) -> QuerySet[Seal]:
    """Those of some seals that hold a text which was redacted since it was laid out."""
    body = "version__body__"
    today = Coalesce(NullIf(f"{body}redacted_sha256", Value("")), f"{body}sha256")
    return seals.annotate(text=today).exclude(text=F("body_sha256"))


def take_away(seal: Seal, because: str = BECAUSE) -> None:
    """Take one sealed PDF away. That it was sealed, and its hash, stay on record."""
    with act(by=BY, verb="seal.taken_away", subject=seal.version, reason=because, quiet=True):
        Version.objects.select_for_update(of=("self",)).get(pk=seal.version_id)
        row = Seal.objects.select_for_update(of=("self",)).get(pk=seal.pk)
        if row.taken_away_at is None:
            row.taken_away_at, row.taken_away_because = now(), because
            row.save()
        path = row.file.path
        transaction.on_commit(lambda: default_storage.delete(path))


def take_away_redacted() -> int:
    """Take away every sealed PDF whose text was redacted since. How many."""
    found = out_of_date(Seal.objects.filter(taken_away_at__isnull=True)).order_by("pk")
    return each(
        "unsealed versions", found, _take_away,
        key=lambda seal: f"seal {seal.pk}",
    )  # fmt: skip


def _take_away(seal: Seal) -> bool:
    take_away(seal)
    return True
