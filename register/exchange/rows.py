"""The rows of a register, each read into one shape, with what is wrong and what to do about it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from register.core.names import normal_form
from register.exchange import texts
from register.exchange.bodies import Named, split
from register.exchange.cells import DateRead, order_of, read_date
from register.exchange.headings import Columns
from register.exchange.meanings import Duration, read_duration, state_of, tier_of
from register.exchange.references import split_version, version_number
from register.exchange.tables import Table
from register.exchange.vocabulary import BODIES, DATES, EXTRA, LEFT_OUT
from register.exchange.wide import SIGNS, Marked, body_of, mark_of

LONGEST_TITLE = 500
LONGEST_NAME = 250


@dataclass(frozen=True)
class Problem:
    """Something about one cell: a sentence with what to do. With `stops` the row is rejected."""

    column: str
    sentence: str
    stops: bool = False


@dataclass
class RowRead:
    """One row. Texts by field; words that were not understood stay in them or in the dates.

    `version` is "" where none is written. `repeats` is the number of an earlier row with the same
    reference and version (or title and bodies): `same` says whether it is equal in everything.
    """

    number: int
    reference: str = ""
    version: str = ""
    title: str = ""
    title_made: bool = False
    tier: int = 3
    state: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    bodies: list[tuple[str, Named]] = field(default_factory=list)
    dates: dict[str, DateRead] = field(default_factory=dict)
    retention: Duration | None = None
    extras: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repeats: int | None = None
    same: bool = False
    cells: list[str] = field(default_factory=list)
    # In the wide form: what each body's own column says of its signature.
    signs: list[tuple[Named, Marked]] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        """Whether a problem keeps the row out."""
        return any(problem.stops for problem in self.problems)

    def key(self, source: str) -> str:
        """What the entry is known by at the next import: hexadecimal, without the version.

        The source and its reference; without a reference the title and the bodies.
        """
        if self.reference:
            return _sha(["reference", source, texts.loose(self.reference)])
        # A body signs one day after another, so its own column does not tell entries apart.
        named = [each.text for role, each in self.bodies if role != SIGNS]
        names = sorted({normal_form(text) for text in named})
        return _sha(["title", texts.loose(self.title), names])

    @property
    def digest(self) -> str:
        """The same for the same content, whatever the kind of file and its spacing."""
        return _sha(
            [
                [self.reference, self.version, "" if self.title_made else self.title],
                sorted(self.texts.items()),
                [[role, named.text] for role, named in self.bodies],
                sorted((name, read.plain) for name, read in self.dates.items()),
                self.retention.words if self.retention else "",
                sorted(self.extras.items()),
                *[[named.text, marked.words, str(marked.day)] for named, marked in self.signs],
            ]
        )


def normalise(
    table: Table, columns: Columns, *, known: Callable[[str], bool] | None = None
) -> Iterator[RowRead]:
    """Read the rows of a table one by one; `known` says which names the directory holds."""
    orders = _orders(table, columns)
    seen: dict[str, tuple[int, str]] = {}
    for number, cells in table.rows():
        row = _read(number, cells, columns, orders, known)
        digest = row.digest
        first = seen.setdefault(row.key("") + row.version, (number, digest))
        if first[0] != number:
            row.repeats, row.same = first[0], first[1] == digest
            row.problems.append(_repeated(row, columns))
        yield row


def _orders(table: Table, columns: Columns) -> dict[int, str]:
    """Day or month first, for each column of dates: the whole column decides."""
    dated = {*DATES, SIGNS}
    distinct: dict[int, set] = {at: set() for at, name in columns.fields.items() if name in dated}
    for _number, cells in table.rows() if distinct else ():
        for at, column in distinct.items():
            column.add(cells[at])
    return {at: order_of(column) for at, column in distinct.items()}


def _read(
    number: int,
    cells: list,
    columns: Columns,
    orders: dict[int, str],
    known: Callable[[str], bool] | None,
) -> RowRead:
    row = RowRead(number, cells=[texts.plain(cell) for cell in cells])
    _take_texts(row, columns)
    for at, name in columns.fields.items():
        heading = columns.headings[at]
        if name in DATES and row.cells[at]:
            _take_date(row, name, heading, read_date(cells[at], order=orders[at], ends=DATES[name]))
        elif name in BODIES and row.cells[at]:
            _take_bodies(row, name, heading, split(row.cells[at], known=known))
        elif name == SIGNS and row.cells[at]:
            _take_mark(row, heading, cells[at], orders[at])
    _take_reference(row, columns)
    row.tier, doubt = tier_of(row.texts.get("kind", ""), row.title)
    if doubt:
        row.problems.append(Problem(_heading(columns, "kind", "title"), doubt))
    _take_state(row, columns)
    _take_title(row, columns)
    return row


def _take_texts(row: RowRead, columns: Columns) -> None:
    for at, heading in enumerate(columns.headings):
        text, name = row.cells[at], columns.fields.get(at, EXTRA)
        if text in texts.ERRORS and name != LEFT_OUT:
            sentence = f"The cell shows {text}, an error of the spreadsheet, and was left out."
            row.problems.append(Problem(heading, sentence))
            continue
        if not text or name in DATES or name in BODIES or name in (LEFT_OUT, SIGNS):
            continue
        if name == EXTRA:
            row.extras[heading] = text
        elif name == "retention":
            row.retention = read_duration(text)
        elif name in row.texts:
            row.texts[name] += f"\n{heading}: {text}"
        else:
            row.texts[name] = text
    row.title = " ".join(row.texts.pop("title", "").split())


def _take_date(row: RowRead, name: str, heading: str, read: DateRead) -> None:
    row.dates[name] = read
    if read.doubt:
        row.problems.append(Problem(heading, read.doubt, stops=read.impossible))


def _take_bodies(row: RowRead, role: str, heading: str, found: list[Named]) -> None:
    for named in found:
        if len(named.text) > LONGEST_NAME:
            sentence = "The text is too long for the name of a body and was kept as a note."
            row.problems.append(Problem(heading, f"{sentence} Name the bodies, parted by “;”."))
            row.extras[heading] = named.text
        elif (role, named) not in row.bodies:
            row.bodies.append((role, named))


def _take_mark(row: RowRead, heading: str, cell: object, order: str) -> None:
    try:
        marked = mark_of(cell, order)
    except ValueError as doubt:
        row.problems.append(Problem(heading, str(doubt)))
        row.extras[heading] = texts.plain(cell)
        return
    if marked is not None:
        named = body_of(heading)
        row.signs.append((named, marked))
        _take_bodies(row, SIGNS, heading, [named])


def _take_reference(row: RowRead, columns: Columns) -> None:
    written = " ".join(row.texts.pop("reference", "").split())
    row.reference, row.version = split_version(written)
    label = row.texts.get("version", "")
    number = version_number(label)
    if row.version and number and number != row.version:
        sentence = f"The reference says version {row.version}, this column {number}; the first was"
        row.problems.append(Problem(_heading(columns, "version"), f"{sentence} taken."))
    row.version = row.version or number


def _take_state(row: RowRead, columns: Columns) -> None:
    status = row.texts.get("status", "")
    row.state = state_of(status)
    if status and not row.state:
        sentence = f"“{status[:60]}” is no status that the register knows; the words are kept."
        row.problems.append(Problem(_heading(columns, "status"), sentence))
    start, end = (row.dates[name].value if name in row.dates else None for name in ("start", "end"))
    if start and end and end < start:
        sentence = f"The end ({end:%d/%m/%Y}) is before the start ({start:%d/%m/%Y}). Check both."
        row.problems.append(Problem(_heading(columns, "end"), sentence))


def _take_title(row: RowRead, columns: Columns) -> None:
    heading = _heading(columns, "title", "reference")
    if len(row.title) > LONGEST_TITLE:
        sentence = f"The title has more than {LONGEST_TITLE} characters. Shorten it."
        row.problems.append(Problem(heading, sentence, stops=True))
    if row.title:
        return
    if row.reference and row.bodies:
        row.title, row.title_made = _made_title(row), True
    elif sum(map(bool, row.cells)) == 1:
        sentence = "The row holds one cell only; it seems to be a note or a heading. Delete it."
        row.problems.append(Problem(heading, sentence, stops=True))
    else:
        row.problems.append(Problem(heading, "The row has no title. Give it one.", stops=True))


def _made_title(row: RowRead) -> str:
    sets = [part.strip() for part in row.texts.get("data", "").split(";") if part.strip()]
    what = sets[0] if sets else row.reference
    if len(sets) > 1:
        what += f" and {len(sets) - 1} more"
    if len(what) > 120:
        what = row.reference
    return f"{row.bodies[0][1].text}: {what}"


def _repeated(row: RowRead, columns: Columns) -> Problem:
    heading = _heading(columns, "reference", "title")
    if row.same:
        return Problem(heading, f"The row is the same as row {row.repeats}. Delete one of them.")
    what = f"reference {row.reference}" if row.reference else "title with the same bodies"
    if row.version:
        what += f", version {row.version}"
    return Problem(
        heading,
        f"Row {row.repeats} has the same {what} but differs; both are kept. Give each its own.",
    )


def _heading(columns: Columns, *fields: str) -> str:
    for name in fields:
        if at := columns.of(name):
            return columns.headings[at[0]]
    return ""


def _sha(value: object) -> str:
    return hashlib.sha256(
        texts.squeezed(json.dumps(value, ensure_ascii=False)).encode()
    ).hexdigest()
