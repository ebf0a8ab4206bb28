"""The rows of a list of bodies, each read into one shape, with what is wrong and what to do about it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from register.core.names import normal_form
from register.exchange import texts
from register.exchange.cells import order_of, read_date
from register.exchange.headings import Columns, heading_key
from register.exchange.organisations import words
from register.exchange.organisations.vocabulary import BODY_DAYS, NAMES, SAME_LIST, SCHEMES
from register.exchange.rows import LONGEST_NAME, Problem, RowRead
from register.exchange.tables import Table
from register.exchange.vocabulary import LEFT_OUT

LONGEST_CODE, LONGEST_SHORT, LONGEST_ADDRESS = 60, 100, 200
# How somebody says which body is meant, in the cell of its name.
_MEANT = re.compile(r"(?P<name>.*?)\s*\(?#(?P<number>\d{1,9})\)?")
_ANOTHER = re.compile(r"(?P<name>.+?)\s*\(new\)", re.IGNORECASE)
_web = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Code:
    """A number of a body in somebody's list; a former one finds the body and is no longer its own."""

    scheme: str
    value: str
    is_former: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By what it is looked up, whichever list of the same numbers it came from."""
        return list_key(self.scheme), self.value.casefold()


@dataclass
class BodyRow(RowRead):
    """One body of a list. `values` are its facts by column of the register, `others` further names with
    their kind; `meant` is the number of the body in the register, where somebody said it.
    """

    codes: list[Code] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    successors: list[str] = field(default_factory=list)
    meant: int | None = None
    is_another: bool = False
    member: str = ""
    # The kind was told from the name alone.
    kind_guessed: bool = False

    def key(self, source: str) -> str:
        """Rows of one number, or without any number of one name, speak of one body."""
        own = [code for code in self.codes if not code.is_former]
        said = [*own[0].key] if own else ["name", normal_form(self.title)]
        return _sha([*said, self.meant, self.is_another])


def normalise(
    table: Table, columns: Columns, *, known: Callable[[str], bool] | None = None,
    provider: str = "",
) -> Iterator[BodyRow]:  # fmt: skip
    """Read the rows of a list of bodies one by one."""
    orders = _orders(table, columns)
    for number, cells in table.rows():
        row = BodyRow(number, cells=[texts.plain(cell) for cell in cells])
        for at, name in columns.fields.items():
            text = row.cells[at]
            if not text or name == LEFT_OUT or text in texts.ERRORS:
                continue
            if name in BODY_DAYS:
                _take_day(row, name, columns.headings[at], cells[at], orders[at])
            else:
                _take(row, name, columns.headings[at], " ".join(text.split()))
        _check(row, columns)
        yield row


def list_key(scheme: str) -> str:
    """A scheme of numbers by which it is looked up; lists with the same numbers have the same."""
    key = heading_key(scheme)
    return SAME_LIST.get(key, key)


def _orders(table: Table, columns: Columns) -> dict[int, str]:
    days: dict[int, set] = {at: set() for at, name in columns.fields.items() if name in BODY_DAYS}
    for _number, cells in table.rows() if days else ():
        for at, column in days.items():
            column.add(cells[at])
    return {at: order_of(column) for at, column in days.items()}


def _take(row: BodyRow, name: str, heading: str, text: str) -> None:
    if name == "body_name":
        _take_name(row, text)
    elif name in NAMES:
        parts = words.several_names(text)
        row.others += [(part, NAMES[name]) for part in parts if len(part) <= LONGEST_NAME]
    elif name in SCHEMES or name == "code":
        _take_codes(row, name, heading, text)
    elif name == "successor":
        row.successors += words.several(text)
    elif name == "website":
        _take_address(row, heading, text)
    else:
        _take_word(row, name, heading, text)


def _take_name(row: BodyRow, text: str) -> None:
    if found := _MEANT.fullmatch(text):
        row.meant, text = int(found["number"]), found["name"]
    elif found := _ANOTHER.fullmatch(text):
        row.is_another, text = True, found["name"]
    row.title = words.without_capitals(text)


def _take_codes(row: BodyRow, name: str, heading: str, text: str) -> None:
    scheme = SCHEMES.get(name, heading.strip())[:LONGEST_CODE]
    values = words.several(text) if name == "former_gss" else [text]
    for value in values:
        value = value.zfill(8) if name == "company" and value.isdecimal() else value
        value = value.upper() if name in ("company", "ods", "gss") else value
        if len(value) > LONGEST_CODE:
            sentence = f"A number has at most {LONGEST_CODE} characters. Check the column."
            row.problems.append(Problem(heading, sentence, stops=True))
            continue
        row.codes.append(Code(scheme, value, name == "former_gss"))
    row.reference = row.reference or text[:LONGEST_CODE]


def _take_address(row: BodyRow, heading: str, text: str) -> None:
    address = text if "://" in text else f"https://{text}"
    try:
        _web(address)
    except ValidationError:
        address = ""
    if address and len(address) <= LONGEST_ADDRESS:
        row.values["website"] = address
    else:
        sentence = f"“{text[:60]}” is no web address and was left out. Write it as https://…"
        row.problems.append(Problem(heading, sentence))


def _take_word(row: BodyRow, name: str, heading: str, text: str) -> None:
    if name == "body_short":
        row.values["short_name"] = text[:LONGEST_SHORT]
        return
    if name == "ico":
        if len(text) <= 20:
            row.values["ico_number"] = text.upper()
        else:
            sentence = "An ICO registration has at most 20 characters; this one was left out."
            row.problems.append(Problem(heading, sentence))
        return
    read, column = {
        "body_kind": (words.kind_of, "kind"),
        "legal_status": (words.status_of, "legal_status"),
        "member": (words.member_of, "member"),
    }[name]
    found = read(text)
    if found is None:
        sentence = f"“{text[:60]}” says nothing that the register knows, and was left out."
        row.problems.append(Problem(heading, sentence))
    elif column == "member":
        row.member = found
    elif found:
        row.values[column] = found


def _take_day(row: BodyRow, name: str, heading: str, cell: object, order: str) -> None:
    read = read_date(cell, order=order, ends=BODY_DAYS[name])
    if read.doubt:
        row.problems.append(Problem(heading, read.doubt))
    if read.value:
        row.values["starts_on" if name == "opened" else "ends_on"] = read.value


def _check(row: BodyRow, columns: Columns) -> None:
    heading = _heading(columns, "body_name")
    if not row.title and row.others and row.meant is None:
        row.title = words.without_capitals(row.others.pop(0)[0])
    if not row.title and row.meant is None and not row.codes:
        row.problems.append(Problem(heading, "The row names no body. Enter its name.", stops=True))
    elif len(row.title) > LONGEST_NAME:
        sentence = f"The name has more than {LONGEST_NAME} characters. Shorten it."
        row.problems.append(Problem(heading, sentence, stops=True))
    if not row.values.get("kind") and (kind := words.kind_by_name(row.title)):
        row.values["kind"], row.kind_guessed = kind, True
    opened, closed = row.values.get("starts_on"), row.values.get("ends_on")
    if isinstance(opened, date) and isinstance(closed, date) and closed < opened:
        sentence = f"Closed ({closed:%d/%m/%Y}) before it opened ({opened:%d/%m/%Y}). Check both."
        row.problems.append(Problem(_heading(columns, "closed"), sentence, stops=True))


def _heading(columns: Columns, name: str) -> str:
    at = columns.of(name)
    return columns.headings[at[0]] if at else ""


def _sha(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
