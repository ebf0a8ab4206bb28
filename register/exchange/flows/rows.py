"""The rows of a sheet of flows, each read into one shape, with what is wrong and what to do about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from register.core.names import normal_form
from register.exchange import texts
from register.exchange.bodies import split
from register.exchange.facts import REASON_HEADING
from register.exchange.flow_vocabulary import CATEGORIES, ENDS, PUBLISHERS
from register.exchange.headings import Columns
from register.exchange.references import split_version
from register.exchange.rows import LONGEST_NAME, Problem, RowRead
from register.exchange.tables import Table
from register.exchange.vocabulary import EXTRA, LEFT_OUT


@dataclass
class FlowRow(RowRead):
    """One flow of a sheet. `told` are the cells by field, each with its heading, in order.

    `flow` is the flow's own number in the sheet, `written` the reference as it stands there. What
    `RowRead` keeps of an agreement is that of the flow: `title` names it, `bodies` are its ends.
    `provider` gives what no column says, and `category` is of all data of a published register.
    """

    flow: str = ""
    written: str = ""
    provider: str = ""
    category: str = ""
    told: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def key(self, source: str) -> str:
        """What the flow is known by at the next import, under any version of its agreement.

        Its number in the source; without one its agreement, what it is called and its ends.
        """
        what = ["flow", source, texts.loose(self.reference)]
        if self.flow:
            return _sha([*what, texts.loose(self.flow)])
        ends = sorted([role, normal_form(named.text)] for role, named in self.bodies)
        return _sha([*what, texts.loose(self.title), ends, texts.loose(self.text("data"))])

    @property
    def digest(self) -> str:
        """The same for the same content, whatever the kind of file and its spacing."""
        ends = [[role, named.text] for role, named in self.bodies]
        return _sha([self.written, sorted(self.told.items()), ends, sorted(self.extras.items())])

    def text(self, name: str) -> str:
        """What the sheet says of a field, from all its columns."""
        return "\n".join(text for _heading, text in self.told.get(name, ()))

    def heading(self, name: str) -> str:
        """The heading of a field's first filled column; "" where there is none."""
        return next((heading for heading, _text in self.told.get(name, ())), "")


def normalise(
    table: Table, columns: Columns, *, known: Callable[[str], bool] | None = None,
    provider: str = "",
) -> Iterator[FlowRow]:  # fmt: skip
    """Read the rows of a sheet of flows one by one; `known` says which names the directory holds.

    `provider` is who gives where a row does not say it; else the publisher of a known register.
    """
    provider = provider or PUBLISHERS.get(columns.family, "")
    category = CATEGORIES.get(columns.family, "")
    seen: dict[str, tuple[int, str]] = {}
    for number, cells in table.rows():
        row = _read(number, cells, columns, known)
        row.provider, row.category = provider, category
        first = seen.setdefault(row.key("") + row.version, (number, row.digest))
        if first[0] != number:
            row.repeats, row.same = first[0], first[1] == row.digest
            row.problems.append(_repeated(row, columns))
        yield row


def _read(
    number: int, cells: list, columns: Columns, known: Callable[[str], bool] | None
) -> FlowRow:
    row = FlowRow(number, cells=[texts.plain(cell) for cell in cells])
    for at, heading in enumerate(columns.headings):
        text, name = row.cells[at], columns.fields.get(at, EXTRA)
        if name == LEFT_OUT:
            continue
        if text in texts.ERRORS:
            sentence = f"The cell shows {text}, an error of the spreadsheet, and was left out."
            row.problems.append(Problem(heading, sentence))
        elif not text or heading == REASON_HEADING:
            continue
        elif name == EXTRA:
            row.extras[heading] = text
        elif name in ENDS:
            _take_bodies(row, name, heading, text, known)
        else:
            row.told.setdefault(name, []).append((heading, text))
    _take_reference(row, columns)
    _take_title(row, columns)
    return row


def _take_bodies(
    row: FlowRow, role: str, heading: str, text: str, known: Callable[[str], bool] | None
) -> None:
    for named in split(text, known=known):
        if len(named.text) > LONGEST_NAME:
            sentence = (
                "The text is too long for the name of a body. Name the bodies, parted by “;”."
            )
            row.problems.append(Problem(heading, sentence, stops=True))
        elif (role, named) not in row.bodies:
            row.bodies.append((role, named))


def _take_reference(row: FlowRow, columns: Columns) -> None:
    row.written = " ".join(row.text("reference").split())
    row.reference, row.version = split_version(row.written)
    row.flow = " ".join(row.text("flow").split())
    if not row.written:
        sentence = "The row names no agreement. Write the agreement's reference."
        row.problems.append(Problem(_heading(columns, "reference"), sentence, stops=True))


def _take_title(row: FlowRow, columns: Columns) -> None:
    row.title = " ".join(row.text("title").split())
    if not row.title:
        row.title, row.title_made = _made_title(row), True
    if not row.title:
        sentence = "The row does not say what is shared. Name the flow or its data."
        heading = _heading(columns, "title", "data", "category")
        row.problems.append(Problem(heading, sentence, stops=True))


def _made_title(row: FlowRow) -> str:
    pieces = pieces_of(row.text("data") or row.text("category"))
    more = f" and {len(pieces) - 1} more" if len(pieces) > 1 else ""
    return " ".join(pieces[0].split())[:180] + more if pieces else ""


def pieces_of(text: str) -> list[str]:
    """The items of a cell that lists several, a line each or parted by semicolons."""
    parts = (part.strip(" \t•●▪*·-\u2013") for part in text.replace("\n", ";").split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def _repeated(row: FlowRow, columns: Columns) -> Problem:
    heading = _heading(columns, "flow", "reference")
    if row.same:
        return Problem(heading, f"The row is the same as row {row.repeats}. Delete one of them.")
    what = f"number {row.flow}" if row.flow else "agreement, ends and data"
    return Problem(
        heading,
        f"Row {row.repeats} has the same {what} but differs; both are kept. Number the flows.",
    )


def _heading(columns: Columns, *fields: str) -> str:
    return next((columns.headings[at] for name in fields for at in columns.of(name)), "")


def _sha(value: object) -> str:
    text = texts.squeezed(json.dumps(value, ensure_ascii=False))
    return hashlib.sha256(text.encode()).hexdigest()
