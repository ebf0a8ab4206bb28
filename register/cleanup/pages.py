"""What the pages show: the lists with their numbers, and the way to each."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from register.cleanup.came_in import of_import
from register.cleanup.lacking import LACKS, Lack, came_in, lacking, unreleased
from register.directory.models import Partnership
from register.exchange.models import Import
from register.search.models import Row
from register.search.visible import visible_rows
from register.ui.listing import counts_of

HELD = {"messages": "held"}


@dataclass(frozen=True)
class Line:
    """One list: what it is, how many entries stand there, and where the list is."""

    lack: Lack
    count: str
    address: str
    is_empty: bool


@dataclass(frozen=True)
class Board:
    """The lists of one partnership, with how many entries came in, and how many wait for their release."""

    partnership: Partnership
    entries: str
    lines: list[Line]
    held: str
    held_address: str
    go_live: str
    is_clean: bool


def boards_for(user, partnerships: list[Partnership], row: Import | None) -> list[Board]:
    """The lists of some partnerships, of one import where one is given. Two statements, one without import."""
    if not partnerships:
        return []
    questions: list[QuerySet[Row]] = []
    for place in partnerships:
        rows = visible_rows(user).filter(partnership_id=place.pk)
        rows = of_import(rows, row) if row else rows
        questions += [came_in(rows), unreleased(rows), *(lacking(user, rows, c) for c in LACKS)]
    numbers = counts_of(questions)
    each = len(LACKS) + 2
    return [
        _board(place, row, numbers[at * each : (at + 1) * each])
        for at, place in enumerate(partnerships)
    ]


def list_address(**asked: object) -> str:
    """The address of the register's list, narrowed."""
    return f"{reverse('dashboard:register')}?{urlencode(asked)}"


def _board(place: Partnership, row: Import | None, numbers: list[tuple[int, bool]]) -> Board:
    asked = {"came": row.pk} if row else {"within": place.pk}
    entries, held, *rest = numbers
    lines = [
        Line(lack, _words(number), list_address(lacks=lack.code, **asked), not number[0])
        for lack, number in zip(LACKS.values(), rest, strict=True)
    ]
    return Board(
        place, _words(entries), lines, _words(held) if held[0] else "",
        list_address(**HELD, **asked), f"{reverse('cleanup:go_live')}?{urlencode(asked)}",
        all(line.is_empty for line in lines),
    )  # fmt: skip


def _words(number: tuple[int, bool]) -> str:
    count, is_more = number
    return f"more than {count:,}" if is_more else f"{count:,}"
