"""Files that came in to be imported, and the rows that were sent back: kept in storage."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from register.core.sheets_out import csv_lines
from register.exchange.facts import REASON_HEADING
from register.exchange.models import Import
from register.exchange.reading import Register, open_register

CHUNK_BYTES = 1024 * 1024


def keep(row: Import, path: Path) -> None:
    """Put a file into storage under the digest of its bytes; sets digest and size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            digest.update(part)
    row.sha256, row.size = digest.hexdigest(), path.stat().st_size
    if not default_storage.exists(row.path):
        default_storage.save(row.path, ContentFile(path.read_bytes()))


@contextmanager
def opened(row: Import) -> Iterator[Register]:
    """The register in an import's file. Raises UnreadableFile or NotRecognised."""
    with tempfile.NamedTemporaryFile(prefix="import-") as copy:
        with default_storage.open(row.path) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        with open_register(
            copy.name,
            sheet=row.sheet or None,
            overrides=row.overrides,
            name=row.name,
            provider=row.provider,
        ) as register:
            yield register


def rejected_csv(row: Import) -> Iterator[str]:
    """The rejected rows as a CSV file: the columns of the file, and why each was not taken."""
    reasons = dict(row.report.get("rejected", []))
    with opened(row) as register:
        header = [*register.columns.headings, REASON_HEADING]
        found = (
            [*map(_cell, cells), reasons[number]]
            for number, cells in register.table.rows()
            if number in reasons
        )
        yield from csv_lines(header, found)


def _cell(cell: object) -> str:
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
