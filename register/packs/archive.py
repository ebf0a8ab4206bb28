"""A ZIP of separate PDFs: each entry's own file, an index for spreadsheets and one for paper."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from register.core.dates import now, time_words, today, words
from register.core.sheets_out import csv_lines
from register.documents import files
from register.documents.models import Version
from register.evidence.models import Seal
from register.packs.signed_copy import name_of_copy
from register.printing.bounded import render, render_version
from register.printing.framing import content_of, frame_of
from register.printing.models import PrintRequest
from register.printing.refusals import PrintFailed
from register.printing.services import name_of, printed_by, versions_of
from register.printing.words import status_words

MOST_BYTES = 100_000_000
MOST_SECONDS = 240  # a worker's claim on a print runs out after five minutes
HEADER = ("File", "Reference", "Title", "Tier", "Version", "Status", "In force from", "Next review",
          "What the file is", "Text hash (SHA-256)")  # fmt: skip
WIDTHS = [27, 10, 23, 7, 9, 14]
SIGNED_COPY, TODAYS = "Signed copy, as it was sealed", "Printed from the register"
TOO_LARGE = "The ZIP is larger than 100 MB. Choose fewer entries, and ask again."
TOO_LONG = "The ZIP was not made within four minutes. Choose fewer entries, and ask again."


@dataclass(frozen=True)
class Filed:
    """One PDF of the archive: its name, its bytes, the version, and what kind of copy it is."""

    name: str
    pdf: bytes
    version: Version
    copy: str


def make_zip(request: PrintRequest) -> tuple[bytes, str]:
    """The ZIP of a request, bounded in bytes and in time, and its name."""
    filed = _filed(request)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "index.pdf", _index_pdf(request, filed))
        _put(archive, "index.csv", "".join(csv_lines(HEADER, map(_cells, filed))).encode())
        for one in filed:
            _put(archive, one.name, one.pdf)
    return held.getvalue(), f"entries-{today().isoformat()}.zip"


def _filed(request: PrintRequest) -> list[Filed]:
    by, started, size = printed_by(request), time.monotonic(), 0
    found: list[Filed] = []
    taken: set[str] = {"index.pdf", "index.csv"}
    for version in versions_of(request):
        name, pdf, copy = _copy_of(version, by, is_headings=request.is_headings)
        size += len(pdf)
        if size > MOST_BYTES:
            raise PrintFailed(TOO_LARGE)
        if time.monotonic() - started > MOST_SECONDS:
            raise PrintFailed(TOO_LONG)
        found.append(Filed(unused(name, taken), pdf, version, copy))
    return found


def _copy_of(version: Version, by: str, *, is_headings: bool) -> tuple[str, bytes, str]:
    """The signed copy of a version that governs, where there is one; else what it is today."""
    if version.is_governing and not is_headings and (sealed := sealed_bytes(version)):
        return name_of_copy(version), sealed, SIGNED_COPY
    content = content_of(version)
    frame = frame_of(version, printed_by=by, headings_only=is_headings)
    return name_of((content, frame)), render_version(content, frame), TODAYS


def sealed_bytes(version: Version) -> bytes:
    """The sealed PDF of a version as it was stored; nothing where there is none."""
    seal = Seal.objects.filter(version=version, taken_away_at__isnull=True).first()
    if seal is None or not default_storage.exists(seal.file.path):
        return b""
    return files.read(seal.file)


def unused(name: str, taken: set[str]) -> str:
    """A file name that no other file of the archive has, on any file system, and no path at all."""
    stem, dot, ending = files.safe_name(name).rpartition(".")
    tried, again = f"{stem}{dot}{ending}", 2
    while tried.lower() in taken:
        tried, again = f"{stem}-{again}{dot}{ending}", again + 1
    taken.add(tried.lower())
    return tried


def _index_pdf(request: PrintRequest, filed: Iterable[Filed]) -> bytes:
    rows = [
        [
            [one.name],
            [one.version.document.reference],
            [one.version.title],
            [str(one.version.number)],
            [status_words(one.version.state)],
            [one.copy],
        ]
        for one in filed
    ]
    columns = ["File", "Reference", "Title", "Version", "Status", "What the file is"]
    report = {
        "title": request.title,
        "kind": f"Index of {len(rows)}",
        "day": words(today()),
        "printed_by": printed_by(request),
        "printed_at": now().isoformat(),
        "notes": [
            f"Put together {time_words(now())}. A copy may since have been replaced: its text code "
            "and hash can be checked in the register."
        ],
        "tables": [{"heading": "The files in this ZIP", "columns": columns, "widths": WIDTHS,
                    "rows": rows}],
    }  # fmt: skip
    return render({"report": report})


def _cells(one: Filed) -> list:
    version, document = one.version, one.version.document
    return [
        one.name, document.reference, version.title, document.tier_word, version.number,
        status_words(version.state), version.in_force_on, document.review_on, one.copy,
        version.body_sha256,
    ]  # fmt: skip


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, date_time=now().timetuple()[:6])
    info.external_attr = 0o644 << 16
    # A PDF is packed already.
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
