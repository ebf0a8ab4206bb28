"""Files that came in to be imported: kept in storage, and opened again."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

from register.exchange import sheets
from register.exchange.headings import read_overrides
from register.exchange.models import Import
from register.exchange.reading import Register, open_register
from register.exchange.sheets import Workbook

CHUNK_BYTES = 1024 * 1024


def keep(row: Import, path: Path) -> None:
    """Put a file into storage under the digest of its bytes; sets digest and size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            digest.update(part)
    row.sha256, row.size = digest.hexdigest(), path.stat().st_size
    if not default_storage.exists(row.path):
        with path.open("rb") as file:
            default_storage.save(row.path, File(file))


@contextmanager
def workbook_of(row: Import) -> Iterator[Workbook]:
    """All sheets of an import's file. Raises UnreadableFile."""
    with _copied(row) as path, sheets.read(path, name=row.name) as workbook:
        yield workbook


@contextmanager
def opened(row: Import) -> Iterator[Register]:
    """The register in an import's file. Raises UnreadableFile or NotRecognised."""
    with (
        _copied(row) as path,
        open_register(
            path,
            sheet=row.sheet or None,
            overrides=row.overrides,
            name=row.name,
            provider=row.provider,
            kind=row.kind if row.is_mapped else "",
            list_name=row.list_name,
            mends=mends_of(row),
        ) as register,
    ):
        yield register


def said_of(row: Import) -> dict[str, str]:
    """What was said of an import's columns: field by column."""
    return read_overrides(row.overrides)


def mends_of(row: Import) -> dict[int, dict[int, str] | None]:
    """What was corrected in an import's file since it came, by row and column; None leaves a row out."""
    if row.pk is None:
        return {}
    return {each.number: None if each.is_left_out else each.cells for each in row.mends.all()}


@contextmanager
def _copied(row: Import) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(prefix="import-") as copy:
        with default_storage.open(row.path) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name
