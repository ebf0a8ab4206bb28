"""The rows of a list of people and posts, each read into one shape, with what is wrong and what to do."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from register.core.personal import suspects
from register.exchange import texts
from register.exchange.cells import order_of, read_date
from register.exchange.headings import Columns
from register.exchange.people import words
from register.exchange.people.vocabulary import POST_DAYS
from register.exchange.people.words import Named
from register.exchange.rows import Problem, RowRead
from register.exchange.tables import Table
from register.exchange.vocabulary import LEFT_OUT

LONGEST = 200


@dataclass(frozen=True)
class Holding:
    """Somebody in a post of the row's body, as the list says it; nobody where the post is vacant."""

    title: str
    kind: str
    holder: Named | None = None
    capacity: str = "holder"
    phone: str = ""
    mailbox: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class PostRow(RowRead):
    """One row of a list of people: a body, by name or number, and the posts that it speaks of."""

    body: str = ""
    number_of_body: str = ""
    holdings: list[Holding] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def key(self, source: str) -> str:
        """Rows of one body go together, so that its posts are looked at as a whole."""
        return _sha([texts.loose(self.number_of_body or self.body)])


def normalise(
    table: Table, columns: Columns, *, known: Callable[[str], bool] | None = None,
    provider: str = "",
) -> Iterator[PostRow]:  # fmt: skip
    """Read the rows of a list of people one by one."""
    orders = {
        at: order_of({cells[at] for _number, cells in table.rows()})
        for at, name in columns.fields.items()
        if name in POST_DAYS
    }
    for number, cells in table.rows():
        row = PostRow(number, cells=[texts.plain(cell) for cell in cells])
        _check_private(row, columns)
        days: dict[str, date] = {}
        for at, name in columns.fields.items():
            if not row.cells[at] or name == LEFT_OUT or row.cells[at] in texts.ERRORS:
                continue
            if name in POST_DAYS:
                _take_day(row, days, name, columns.headings[at], cells[at], orders[at])
            elif name != "holder_of":
                row.told[name] = " ".join(row.cells[at].split())
        row.body, row.number_of_body = (
            row.told.get("post_body", ""),
            row.told.get("body_number", ""),
        )
        _take_main(row, columns, days)
        _take_named(row, columns)
        _check(row, columns)
        yield row


def _check_private(row: PostRow, columns: Columns) -> None:
    """Nothing of the public belongs into a list of staff; what looks like it keeps the row out."""
    for at, text in enumerate(row.cells):
        for suspect in suspects(text)[:1]:
            sentence = f"{suspect.words}. A list of posts holds none: take it out."
            row.problems.append(Problem(columns.headings[at], sentence, stops=True))


def _take_day(
    row: PostRow, days: dict[str, date], name: str, heading: str, cell: object, order: str
) -> None:
    read = read_date(cell, order=order, ends=POST_DAYS[name])
    if read.value:
        days[name] = read.value
    if read.doubt and not (read.meaning or read.every):
        row.problems.append(Problem(heading, read.doubt, stops=read.impossible))


def _take_main(row: PostRow, columns: Columns, days: dict[str, date]) -> None:
    title, kind = row.told.get("post_title", ""), row.told.get("post_kind", "")
    if not (title or kind):
        return
    name = " ".join(filter(None, (row.told.get("first_name"), row.told.get("last_name"))))
    written = row.told.get("holder") or name
    email = row.told.get("holder_email", "")
    code = words.kind_of_post(kind) or words.kind_of_post(title) or "other"
    mailbox = _address(row, columns, "mailbox", row.told.get("mailbox", ""))
    post = Holding((title or kind)[:LONGEST], code, mailbox=mailbox)
    holder = _person(row, columns, written, email)
    if holder is None:
        row.holdings.append(post)
    else:
        row.holdings.append(
            replace(
                post, holder=holder, capacity=_capacity(row), phone=row.told.get("holder_phone", "")[:40],
                starts_on=days.get("held_from"), ends_on=days.get("held_until"),
            )
        )  # fmt: skip
    _take_deputy(row, columns, post)


def _take_deputy(row: PostRow, columns: Columns, post: Holding) -> None:
    named = row.told.get("deputy", "")
    if words.says_yes(named) is not None:
        return
    if deputy := _person(row, columns, named, ""):
        row.holdings.append(replace(post, holder=deputy, capacity="deputy"))


def _take_named(row: PostRow, columns: Columns) -> None:
    """Columns headed by a post: the heading says which, the cell who."""
    for at in columns.of("holder_of"):
        heading, text = columns.headings[at], row.cells[at]
        if not text:
            continue
        is_deputy = bool(re.search(r"\bdeputy\b", heading, re.IGNORECASE))
        title = re.sub(r"\bdeputy\b\s*", "", heading, flags=re.IGNORECASE).strip()
        row.holdings.append(
            Holding(
                title=title[:LONGEST],
                kind=words.kind_of_post(title) or "other",
                holder=_person(row, columns, text, ""),
                capacity="deputy" if is_deputy else "holder",
            )
        )


def _capacity(row: PostRow) -> str:
    if words.says_yes(row.told.get("deputy", "")):
        return "deputy"
    if words.says_yes(row.told.get("acting", "")):
        return "acting"
    return words.capacity_of(row.told.get("capacity", "")) or "holder"


def _person(row: PostRow, columns: Columns, text: str, email: str) -> Named | None:
    if words.is_vacant(text):
        return None
    named = words.person_of(text)
    address = _address(row, columns, "holder_email", email or named.email)
    if not named.name and named.meant is None:
        sentence = f"“{text[:60]}” names nobody. Enter the name, or write vacant."
        row.problems.append(Problem(_heading(columns, "holder"), sentence, stops=True))
        return None
    if len(named.name) > LONGEST:
        sentence = f"A name has at most {LONGEST} characters. Name one person."
        row.problems.append(Problem(_heading(columns, "holder"), sentence, stops=True))
    return named._replace(email=address)


def _address(row: PostRow, columns: Columns, name: str, text: str) -> str:
    text = words.person_of(text).email or text.strip()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        sentence = f"“{text[:60]}” is no e-mail address. Correct it, or empty the cell."
        row.problems.append(Problem(_heading(columns, name), sentence, stops=True))
        return ""
    return text


def _check(row: PostRow, columns: Columns) -> None:
    row.reference = row.body or row.number_of_body
    row.title = "; ".join(
        f"{each.title}: {each.holder.name if each.holder else 'vacant'}" for each in row.holdings
    )
    if not row.reference:
        sentence = "The row names no body. Enter whose post it is."
        row.problems.append(Problem(_heading(columns, "post_body"), sentence, stops=True))
    if not row.holdings:
        sentence = "The row names no post. Enter its title or its kind."
        row.problems.append(Problem(_heading(columns, "post_title"), sentence, stops=True))
    for each in row.holdings:
        if each.starts_on and each.ends_on and each.ends_on < each.starts_on:
            sentence = "The last day is before the first. Check both."
            row.problems.append(Problem(_heading(columns, "held_until"), sentence, stops=True))


def _heading(columns: Columns, name: str) -> str:
    at = columns.of(name)
    return columns.headings[at[0]] if at else ""


def _sha(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
