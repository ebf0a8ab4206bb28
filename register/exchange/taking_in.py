"""The first steps of an import from a page: take a file or pasted cells, and say what its columns hold."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from register.core.dates import now, today, words
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.files import safe_name
from register.exchange import kinds, mapping, row_reports, storing
from register.exchange.headings import NotRecognised
from register.exchange.looking import Look, look
from register.exchange.models import Import, ImportState
from register.exchange.permissions import may_import
from register.exchange.services import (
    AT_ONCE_ROWS,
    REFUSALS,
    keep_plan,
    new_import,
    write_plan,
)
from register.exchange.vocabulary import EXTRA, LEFT_OUT

PASTED_CHARACTERS = 2_000_000
OPEN = (ImportState.MAPPING, ImportState.PLANNED)
MOVED_ON = "This import has moved on since the page was opened. Look at where it stands now."


def take_in(
    *, by, partnership: Partnership, file: UploadedFile | None = None, pasted: str = "",
    name: str = "",
) -> Import:  # fmt: skip
    """Take a spreadsheet, or cells copied from one; what its columns hold is asked next.

    Raises ValidationError with a sentence for what cannot be read or holds no table.
    """
    require(may_import(by, partnership))
    if bool(file) == bool(pasted.strip()):
        raise ValidationError({"file": "Choose a file, or paste cells below: one of the two."})
    with tempfile.NamedTemporaryFile(prefix="upload-") as copy:
        if file is not None:
            _check_size(file)
            for part in file.chunks():
                copy.write(part)
        else:
            copy.write(_as_file(pasted))
        copy.flush()
        called = safe_name(file.name or "file") if file else f"{_title(name)}.tsv"
        row = new_import(by, partnership, Path(copy.name), called)
    row.state = ImportState.MAPPING
    try:
        row.rows = look(row).rows
    except REFUSALS as refused:
        raise ValidationError({"file" if file else "pasted": plainly(refused)}) from refused
    row.save()
    return row


def choose_columns(
    *, by, row: Import, kind: str, sheet: str, fields: Mapping[int, str], provider: str = "",
    list_name: str = "", seen: Look | None = None,
) -> Import:  # fmt: skip
    """Say what a file holds and what its columns mean, and plan it anew; the choice is kept.

    `fields` are by column, from 0. A long file is planned by the worker. `seen` spares a second look at
    that sheet as that kind. Raises ValidationError with a sentence for columns that are not enough, or
    two that are said to be one thing.
    """
    require(may_import(by, row.partnership))
    seen = seen or look(row, sheet=sheet, kind=kind)
    shown = {column.at for column in seen.columns}
    chosen = [fields.get(at, LEFT_OUT) if at in shown else "" for at in range(len(seen.headings))]
    _check_once(seen, chosen)
    if row.sheet not in ("", seen.sheet):
        row.mends.all().delete()  # they are of rows of the other sheet
    row.kind, row.sheet, row.is_mapped = seen.kind.code, seen.sheet, True
    row.holds_flows = row.kind == "flows"
    row.provider, row.list_name = " ".join(provider.split()), " ".join(list_name.split())
    row.overrides_text = "\n".join(mapping.overrides(seen.headings, chosen))
    _check_enough(row)
    plan_again(row)
    mapping.remember(row, seen.headings, chosen)
    return row


def plan_again(row: Import) -> None:
    """Plan an import anew, at once where it is short; it must still be open to change."""
    done = Import.objects.filter(pk=row.pk, state__in=OPEN).update(
        state=ImportState.UPLOADED, claimed_at=now(), report_text=""
    )
    if not done:
        raise ValidationError(MOVED_ON)
    row.state, row.report_text, row.claimed_at = ImportState.UPLOADED, "", None
    if row.rows <= AT_ONCE_ROWS:
        with storing.opened(row) as register:
            write_plan(row, register)
    else:
        row_reports.forget(row)
    keep_plan(row)


def plainly(refused: Exception) -> str:
    """Why a table is not taken, as a page says it: without what only the command is told."""
    return re.split(r" Columns seen:| Put headings above| If it is a register", str(refused))[0]


def _check_size(file: UploadedFile) -> None:
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError({"file": f"The file is larger than {limit} MB. Send it in parts."})


def _as_file(pasted: str) -> bytes:
    text = pasted.replace("\r\n", "\n").strip("\n")
    if len(text) > PASTED_CHARACTERS:
        raise ValidationError(
            {"pasted": "That is too much to paste. Save it as a spreadsheet and choose the file."}
        )
    # Cells copied from a spreadsheet are parted by tabs, whatever else stands in them.
    return (f"sep=\t\n{text}" if "\t" in text else text).encode()


def _title(name: str) -> str:
    name = re.sub(r"[^\w .()-]+", " ", name).strip(" .")[:100]
    return name or f"Pasted on {words(today())}"


def _check_once(seen: Look, chosen: list[str]) -> None:
    held: dict[str, str] = {}
    wrong = {}
    for at, name in enumerate(seen.headings):
        field = chosen[at]
        if field in held and field not in seen.kind.many:
            label = seen.kind.fields[field]
            wrong[f"column-{at}"] = (
                f"“{held[field]}” is said to hold “{label}” too. Choose one of the two columns."
            )
        elif field and field not in (EXTRA, LEFT_OUT):
            held[field] = name
    if wrong:
        raise ValidationError(wrong)


def _check_enough(row: Import) -> None:
    try:
        with storing.opened(row) as register:
            row.rows = sum(1 for _ in register.table.rows())
    except NotRecognised as refused:
        kind = kinds.of(row.kind)
        needed = " and ".join(f"“{kind.fields[name]}”" for name in kind.needs)
        say = (
            f"Choose the column{'s' * (len(kind.needs) > 1)} that hold{'s' * (len(kind.needs) < 2)}"
        )
        say = f"{say} {needed}."
        raise ValidationError(f"{plainly(refused)} {say}") from refused
