"""Spreadsheets as rows of cells: CSV in any usual encoding, TSV, XLSX, XLS and ODS.

The file is opened in a bounded process of its own (`sheet_child`), which leaves the rows in a
temporary file; they are read from there as often as needed and are never in memory all at once.
"""

import datetime
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from register.exchange import limits
from register.exchange.sheet_child import DAMAGED, REFUSED, TOO_LARGE

Cell = str | int | float | bool | datetime.date | datetime.datetime

TOO_SLOW = "The file took too long to open. Try again later, or send it in smaller files."
_ROOT = Path(__file__).resolve().parents[2]


class UnreadableFile(Exception):
    """The file cannot be read; the message is a sentence that says why and what to do."""


@dataclass
class Sheet:
    """One sheet. `height` counts the rows that hold something, `width` the widest of them."""

    name: str
    hidden: bool
    store: Path
    start: int
    height: int = 0
    width: int = 0
    notes: list[str] = field(default_factory=list)
    refusal: str = ""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row that holds something: its number in the file, from 1, and its cells."""
        with self.store.open("rb") as lines:
            lines.seek(self.start)
            for line in lines:
                if not line.startswith(b"["):
                    return
                number, cells = json.loads(line)
                yield number, [_cell(cell) for cell in cells]


@dataclass
class Workbook:
    """The sheets of a file. Close it, or use it as a context, to drop the temporary file."""

    kind: str
    encoding: str
    separator: str
    sheets: list[Sheet]
    store: Path

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop what was read."""
        self.store.unlink(missing_ok=True)


def read(path: str | Path, sheet: str | None = None, *, name: str | None = None) -> Workbook:
    """Open a spreadsheet; with `sheet` only that one. `name` is what its sender called it.

    Raises UnreadableFile with a sentence for everything that cannot be read: wrong kind, empty,
    locked, armed with macros, damaged, too large.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path.name}. Check the name and the folder.")
    store = _open_apart(path, name or path.name)
    try:
        workbook = _index(store)
        workbook.sheets = _wanted(workbook.sheets, sheet)
    except BaseException:
        store.unlink(missing_ok=True)
        raise
    return workbook


def _open_apart(path: Path, name: str) -> Path:
    command = [sys.executable, "-X", "utf8", "-m", "register.exchange.sheet_child", str(path), name]
    with tempfile.NamedTemporaryFile(prefix="sheet-", delete=False) as output:
        store = Path(output.name)
        try:
            done = subprocess.run(
                command,
                cwd=_ROOT,
                env={},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                timeout=limits.CHILD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            sentence = TOO_SLOW
        else:
            if done.returncode == 0:
                return store
            said = done.stderr[-2000:].decode("utf-8", "replace").strip()
            sentence = said if done.returncode == REFUSED else _death(done.returncode)
    store.unlink()
    raise UnreadableFile(sentence)


def _death(code: int) -> str:
    return TOO_LARGE if code < 0 else DAMAGED


def _index(store: Path) -> Workbook:
    workbook = Workbook("", "", "", [], store)
    at = 0
    with store.open("rb") as lines:
        for line in lines:
            at += len(line)
            if line.startswith(b"["):
                continue
            ((what, about),) = json.loads(line).items()
            if what == "book":
                workbook.kind, workbook.encoding = about["kind"], about["encoding"]
                workbook.separator = about["separator"]
            elif what == "sheet":
                workbook.sheets.append(Sheet(about["name"], about["hidden"], store, at))
            else:
                last = workbook.sheets[-1]
                last.height, last.width = about["rows"], about["width"]
                last.notes, last.refusal = about["notes"], about["refusal"]
    return workbook


def _wanted(sheets: list[Sheet], name: str | None) -> list[Sheet]:
    chosen = sheets
    if name is not None:
        chosen = [one for one in sheets if one.name.strip().casefold() == name.strip().casefold()]
        if not chosen:
            names = ", ".join(f"“{one.name}”" for one in sheets if one.name) or "only one, unnamed"
            raise UnreadableFile(f"There is no sheet “{name}”. The file has {names}.")
    refused = [one for one in chosen if one.refusal]
    readable = [one for one in chosen if not one.refusal]
    if refused and not any(one.height for one in readable):
        raise UnreadableFile(refused[0].refusal)
    if not any(one.height for one in readable):
        raise UnreadableFile("The file has no rows. Check that it is the right file and sheet.")
    return readable


def _cell(cell: object) -> Cell:
    if isinstance(cell, dict):
        text = cell["date"]
        if len(text) > 10:
            return datetime.datetime.fromisoformat(text)
        return datetime.date.fromisoformat(text)
    return "" if cell is None else cell  # type: ignore[return-value]
