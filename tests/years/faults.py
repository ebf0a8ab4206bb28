"""What goes wrong, and when: a worker that is killed, a silent machine, a mail server that is away."""

from __future__ import annotations

import random
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

DAY = timedelta(days=1)
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Killed(BaseException):
    """The worker's process ends in this moment: nothing of the program may catch it."""


@dataclass
class Faults:
    """On which days nothing runs, the mail server is away, hangs up, or the worker is killed."""

    silent: set[date] = field(default_factory=set)
    mail_down: set[date] = field(default_factory=set)
    hangs_up: set[date] = field(default_factory=set)
    kills: dict[date, list[int]] = field(default_factory=dict)

    @classmethod
    def drawn(cls, first: date, days: int, draw: random.Random) -> Faults:
        """Faults of a run: some twenty silences and thirty outages in ten years, kills on many days."""
        found = cls()
        for _ in range(max(1, days // 180)):
            found.silent |= _stretch(first, days, draw, (1, 2, 3, 4))
        for _ in range(max(1, days // 120)):
            found.mail_down |= _stretch(first, days, draw, (1, 1, 2, 3))
        for number in range(days):
            day = first + number * DAY
            if draw.random() < 0.01:
                found.hangs_up.add(day)
            if draw.random() < 0.08:
                found.kills[day] = [
                    # A quiet tick has some fifty statements, a busy one hundreds.
                    draw.randrange(1, draw.choice((50, 400)))
                    for _ in range(draw.choice((1, 1, 2)))
                ]
        return found

    def runs(self, day: date) -> bool:
        """Whether anything runs on a day."""
        return day not in self.silent

    def delivers(self, day: date) -> bool:
        """Whether what is written by a day leaves on it."""
        return day not in self.silent and day not in self.mail_down

    def next_delivery(self, day: date) -> date:
        """The first day, from a day on, on which mail leaves."""
        while not self.delivers(day):
            day += DAY
        return day


@contextmanager
def killed_at(statement: int):
    """Let the process end just before its so many-eth statement; the list that is given holds True
    when it did.
    """
    happened: list[bool] = []
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        if not sql.lstrip().upper().startswith(NOT_COUNTED):
            seen += 1
            if seen == statement:
                happened.append(True)
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count), suppress(Killed):
        yield happened


def _stretch(first: date, days: int, draw: random.Random, lengths) -> set[date]:
    # The last fortnight is left alone, so that everything has left by the end.
    start = first + draw.randrange(3, days - 20) * DAY
    return {start + number * DAY for number in range(draw.choice(lengths))}
