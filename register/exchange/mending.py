"""Correcting rejected rows in the page: what is typed is kept with the import, and all is planned anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.db import transaction

from register.core.sheets_out import csv_lines
from register.core.verdicts import require
from register.exchange import row_reports, storing
from register.exchange.facts import REASON_HEADING
from register.exchange.headings import Columns
from register.exchange.models import Import, ImportState, Mend, ReportedRow
from register.exchange.permissions import may_import
from register.exchange.services import new_import
from register.exchange.taking_in import MOVED_ON, OPEN, plan_again
from register.exchange.texts import plain


@dataclass
class Cell:
    """A cell that may be corrected: its column from 0, the heading, and what stands in it now."""

    at: int
    heading: str
    text: str


@dataclass
class RowToMend:
    """A rejected row: why it was not taken, and the cells that stood in its way."""

    number: int
    about: str
    reasons: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


def rows_to_mend(row: Import, reported: Sequence[ReportedRow]) -> list[RowToMend]:
    """Some rejected rows of an import with the cells that stood in their way, as they are now."""
    by_number = {each.number: each for each in reported}
    found = []
    with storing.opened(row) as register:
        labels = register.kind.fields
        for number, cells in register.table.rows():
            each = by_number.get(number)
            if each is not None:
                places = _places(each, register.columns, labels)
                names = register.columns.headings
                shown = [Cell(at, names[at], plain(cells[at])) for at in places]
                about = " ".join(part for part in (each.reference, each.title) if part)
                problems = each.told.get("problems", ())
                reasons = [words for _column, words, stops in problems if stops]
                found.append(RowToMend(number, about, reasons, shown))
    return found


def mend_rows(
    *, by, row: Import, cells: Mapping[int, Mapping[int, str]], left_out: set[int]
) -> Import:
    """Correct cells of rejected rows, by row and column, or leave rows out; then all is planned anew."""
    require(may_import(by, row.partnership))
    if not cells and not left_out:
        return row
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=row.pk)
        if locked.state not in OPEN:
            raise ValidationError(MOVED_ON)
        held = {mend.number: mend for mend in locked.mends.filter(number__in={*cells, *left_out})}
        for number in {*cells, *left_out}:
            mend = held.get(number) or Mend(of_import=locked, number=number)
            mend.is_left_out = number in left_out
            mend.cells_text = json.dumps(mend.cells | dict(cells.get(number, {})))
            mend.save()
    plan_again(locked)
    return locked


def bring_rejected_again(*, by, row: Import) -> Import:
    """Make an import of the rejected rows of one that has come in, to be corrected and brought in."""
    require(may_import(by, row.partnership))
    if row.state != ImportState.DONE or not row.rejected:
        raise ValidationError("No rows of this import were rejected.")
    if row.file_went_on:
        raise ValidationError("The file was deleted: send the rejected rows in anew.")
    with NamedTemporaryFile(prefix="rejected-", mode="w", encoding="utf-8", newline="") as copy:
        lines = row_reports.rejected(row)
        copy.writelines(csv_lines([str(name) for name in next(lines)], lines))
        copy.flush()
        name = f"{Path(row.name).stem}, rejected rows.csv"
        again = new_import(by, row.partnership, Path(copy.name), name)
    for field_name in ("kind", "holds_flows", "provider"):
        setattr(again, field_name, getattr(row, field_name))
    with storing.opened(row) as register:
        again.list_name = register.source
        columns = register.columns
    said = [f"{line}" for line in row.overrides] or _said(columns)
    again.overrides_text = "\n".join([*said, f"{REASON_HEADING}=left_out"])
    again.is_mapped, again.state, again.rows = True, ImportState.PLANNED, row.rejected
    again.save()
    plan_again(again)
    return again


def _said(columns: Columns) -> list[str]:
    return [f"{columns.headings[at]}={field}" for at, field in columns.fields.items()]


def _places(reported: ReportedRow, columns: Columns, labels: Mapping[str, str]) -> list[int]:
    """The columns that the reasons speak of, by heading or by what they hold."""
    found: dict[int, None] = {}
    for column, _words, stops in reported.told.get("problems", ()):
        if not stops or not column:
            continue
        if column in columns.headings:
            found[columns.headings.index(column)] = None
            continue
        fields = {name for name, label in labels.items() if label == column}
        found.update((at, None) for at, name in columns.fields.items() if name in fields)
    return list(found)
