"""A first look at a file that came in: its sheets, its columns with some values, what they seem to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from register.exchange import kinds, mapping, storing, tables
from register.exchange.facts import REASON_HEADING
from register.exchange.headings import NotRecognised
from register.exchange.kinds import Kind
from register.exchange.mapping import Known
from register.exchange.models import Import
from register.exchange.sheets import Sheet, Workbook
from register.exchange.tables import Table
from register.exchange.texts import plain
from register.exchange.vocabulary import EXTRA, LEFT_OUT

SAMPLES, SAMPLE_LENGTH, ROWS_LOOKED_AT = 3, 80, 1_000


@dataclass
class ColumnSeen:
    """A column: its place from 0, its heading, up to three of its values, and what it seems to hold."""

    at: int
    name: str
    samples: list[str]
    field: str


@dataclass
class Look:
    """What a file shows at first sight.

    `doubt` says why it is no file of this kind as it stands; `is_another` that it seems to be something
    else altogether, which somebody has to deny.
    """

    sheets: list[str]
    sheet: str
    kind: Kind
    headings: list[str]
    columns: list[ColumnSeen]
    rows: int
    doubt: str = ""
    is_another: bool = False
    known: Known | None = None


def look(row: Import, *, sheet: str = "", kind: str = "") -> Look:
    """Look into an import's file, at one sheet, as at a file of one kind; else as it was or seems to be.

    Raises UnreadableFile or NotRecognised where there is no table at all.
    """
    with _sheet_of(row, sheet or row.sheet) as (names, chosen, workbook):
        table = tables.find_table(workbook, anyway=True)
        headings = mapping.names_of(table.headings)
        known = mapping.known_mapping(row.partnership, headings)
        held = _kind(row, kind, known, table)
        was_said = row.is_mapped and (row.kind, row.sheet) == (held.code, chosen)
        said = storing.said_of(row) if was_said else None
        fields = _fields(said, held, known, table, headings)
        seen = _columns(table, headings, fields)
        is_known = row.is_mapped or (known is not None and known.is_same)
        return Look(
            names,
            chosen,
            held,
            headings,
            seen,
            table.height,
            doubt=_doubt(held, table),
            is_another=bool(not is_known and held.seems(table)),
            known=known,
        )


@contextmanager
def _sheet_of(row: Import, wanted: str) -> Iterator[tuple[list[str], str, Workbook]]:
    with storing.workbook_of(row) as workbook:
        shown = [sheet for sheet in workbook.sheets if sheet.height and not sheet.hidden]
        shown = shown or [sheet for sheet in workbook.sheets if sheet.height]
        chosen = [sheet for sheet in shown if wanted and sheet.name == wanted]
        workbook.sheets = chosen or [_likeliest(shown, workbook)]
        yield [sheet.name for sheet in shown], workbook.sheets[0].name, workbook


def _likeliest(sheets: list[Sheet], workbook: Workbook) -> Sheet:
    if len(sheets) == 1:
        return sheets[0]
    return tables.find_table(workbook, anyway=True).sheet


def _kind(row: Import, wanted: str, known: Known | None, table: Table) -> Kind:
    if wanted in kinds.KINDS:
        return kinds.of(wanted)
    if row.is_mapped:
        return kinds.of(row.kind)
    if known and known.mapping.kind in kinds.KINDS:
        return kinds.of(known.mapping.kind)
    return kinds.told(table, {}, lists=True)


def _fields(
    said: dict[str, str] | None, kind: Kind, known: Known | None, table: Table,
    headings: list[str],
) -> list[str]:  # fmt: skip
    """What each column seems to hold: as it was said, else as for the last file, else by its heading."""
    if said is not None:
        held = kind.proposed(table, said).fields
        return [held.get(at, EXTRA) for at in range(len(headings))]
    guessed = kind.proposed(table, {}).fields
    used = [""] * len(headings)
    if known and known.mapping.kind == kind.code:
        used = mapping.proposed(known, headings)
    taken = set(used) - kind.many
    return [
        LEFT_OUT
        if headings[at] == REASON_HEADING
        else used[at] or (EXTRA if guessed.get(at, EXTRA) in taken else guessed.get(at, EXTRA))
        for at in range(len(headings))
    ]


def _columns(table: Table, headings: list[str], fields: Iterable[str]) -> list[ColumnSeen]:
    seen = [
        ColumnSeen(at, name, [], field)
        for at, (name, field) in enumerate(zip(headings, fields, strict=True))
        if name and table.filled[at]
    ]
    for place, (_number, cells) in enumerate(table.rows_as_sent()):
        if place >= ROWS_LOOKED_AT:
            break
        for column in seen:
            text = " ".join(plain(cells[column.at]).split())
            text = text if len(text) <= SAMPLE_LENGTH else f"{text[: SAMPLE_LENGTH - 1]}…"
            if text and text not in column.samples and len(column.samples) < SAMPLES:
                column.samples.append(text)
    return seen


def _doubt(kind: Kind, table: Table) -> str:
    try:
        kind.columns(table, {})
    except NotRecognised as refused:
        return str(refused)
    return ""
