"""What verification looks at besides the ledger: stored bodies, and who is listed as reader."""

from __future__ import annotations

import hashlib

from register.documents.models import Version, VersionBody
from register.ledger.models import Entry
from register.ledger.redacted import VERB as REDACTED
from register.ledger.rows import Tampered


def check_bodies(using: str) -> None:
    """Every frozen version has its stored body, and the body's digest is the one that was signed.

    Raises Tampered naming the first version for which that is not so.
    """
    rows = VersionBody.objects.using(using).select_related("version__document")
    for row in rows.order_by("pk").iterator(chunk_size=200):
        found = hashlib.sha256(bytes(row.content)).hexdigest()
        if found != (row.redacted_sha256 or row.sha256):
            raise Tampered(f"The stored body of {row.version} was altered.")
        if row.redacted_sha256 and not _was_redacted(row.redacted_sha256, using):
            raise Tampered(f"The stored body of {row.version} was altered, and by no redaction.")
        if row.sha256 != row.version.body_sha256:
            raise Tampered(f"The stored body of {row.version} is not the one that was signed.")
    bare = Version.objects.using(using).filter(frozen_at__isnull=False, body__isnull=True)
    if version := bare.select_related("document").first():
        raise Tampered(f"The stored body of {version} is gone.")


def _was_redacted(digest: str, using: str) -> bool:
    entries = Entry.objects.using(using).filter(verb=REDACTED)
    return entries.filter(detail__contains=digest).exists()
