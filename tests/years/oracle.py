"""What should be said, to whom and when, worked out from the dates alone.

Nothing of the program's own schedules is used: the rules are those that the office was promised. A
lead is told of a review three months, a month and a week before it, the day after it was due, and one,
two and three months after; a party that is asked is reminded after one, two and three weeks, the day
after the day to answer by and a month after; a signatory as `register/chasing` promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.years.calendar_rules import DAY, is_working, iso_week, months_on, working_from
from tests.years.faults import Faults


@dataclass(frozen=True)
class Expected:
    """One message: its kind, what it says once, the day it is written and the day it arrives."""

    kind: str
    key: str
    written: date
    arrives: date


@dataclass
class Period:
    """A review date of an entry, from the day it was set to the day it was renewed (None: still)."""

    entry: int
    due: date
    since: date
    until: date | None = None
    opened: date | None = None


@dataclass
class Asked:
    """A party asked in a review: on which day, by when, and the day after which nobody waits for it."""

    ask: int
    on: date
    due: date
    closed: date | None = None


@dataclass
class Request:
    """A person asked to sign: on which day, by when, and the day on which it was over (None: never)."""

    request: int
    person: int
    version: int
    on: date
    sign_by: date
    over: date | None = None


@dataclass
class Happened:
    """All that people did, as the simulation did it."""

    periods: list[Period] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    daily_readers: list[int] = field(default_factory=list)
    weekly_readers: list[int] = field(default_factory=list)
    auditors: list[int] = field(default_factory=list)


def expected(happened: Happened, faults: Faults, first: date, last: date) -> list[Expected]:
    """Every message that should have arrived between two days, both included."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    found = [
        *(one for period in happened.periods for one in _lead(period, faults, days)),
        *(one for asked in happened.asked for one in _party(asked, faults, days)),
        *(one for request in happened.requests for one in _signatory(request, faults, days)),
        *_missed_days(happened.requests, faults, last),
        *_digests(happened, faults, days),
        *_marks(happened, faults, days),
    ]
    return [one for one in _without_replaced(found) if one.arrives <= last]


def _without_replaced(found: list[Expected]) -> Iterator[Expected]:
    """Leave out reminders to sign or to answer behind which a later one of the same was written."""
    waits: dict[str, Expected] = {}
    for one in sorted(found, key=lambda each: each.written):
        if one.kind in ("signing: reminder", "review: reminder to a party"):
            before = waits.get(name := one.key.rpartition(":")[0])
            if before is not None and before.arrives <= one.written:
                yield before
            waits[name] = one
        else:
            yield one
    yield from waits.values()


def _lead(period: Period, faults: Faults, days: list[date]) -> Iterator[Expected]:
    due, said = period.due, ""
    begins = [
        (months_on(due, -3), "notice", "notice three months before"),
        (months_on(due, -1), "month", "reminder to the lead"),
        (due - 7 * DAY, "week", "reminder to the lead"),
        (due + DAY, "overdue", "overdue"),
        (months_on(due, 1), "overdue-1", "overdue"),
        (months_on(due, 2), "overdue-2", "overdue"),
        (months_on(due, 3), "missed", "missed"),
    ]
    for day in _between(days, period.since, period.until, faults):
        passed = [each for each in begins if each[0] <= day]
        if not passed or passed[-1][1] == said:
            continue
        on, code, kind = passed[-1]
        if on < due and period.opened and period.opened < day:
            continue  # while it is being reviewed only its lateness is told
        said = code
        key = f"review:{period.entry}:{due}:{code}"
        yield Expected(f"review: {kind}", key, day, faults.next_delivery(day))


def _party(asked: Asked, faults: Faults, days: list[date]) -> Iterator[Expected]:
    occasions = sorted(
        [(asked.on + 7 * n * DAY, f"week-{n}") for n in (1, 2, 3)]
        + [(asked.due + DAY, "late"), (months_on(asked.due, 1), "late-1")],
        key=lambda each: each[0],
    )
    said = ""
    for day in _between(days, asked.on, asked.closed, faults):
        passed = [code for on, code in occasions if on <= day]
        if not passed or passed[-1] == said:
            continue
        said = passed[-1]
        arrives = faults.next_delivery(day)
        if asked.closed is None or arrives <= asked.closed:
            key = f"review-ask:{asked.ask}:{asked.due}:{said}"
            yield Expected("review: reminder to a party", key, day, arrives)


def _signatory(request: Request, faults: Faults, days: list[date]) -> Iterator[Expected]:
    arrives = faults.next_delivery(request.on + DAY)
    if request.over is None or arrives <= request.over:
        yield Expected("signing: asked", f"sign:{request.request}:1", request.on, arrives)
    planned = sorted(working_from(day) for day in _reminder_days(request))
    end, last = request.sign_by + 30 * DAY, request.on
    for day in _between(days, request.on, request.over, faults):
        due = next((each for each in planned if each > last), None)
        if due is None or due > day or due > end or not is_working(day):
            continue
        last = day
        arrives = faults.next_delivery(day)
        if request.over is None or arrives <= request.over:
            yield Expected(
                "signing: reminder", f"remind:{request.person}:{day:%Y-%m-%d}", day, arrives
            )


def _reminder_days(request: Request) -> set[date]:
    near = {request.sign_by + n * DAY for n in (-3, 0, 1)}
    found = {day for day in near if day > request.on}
    day = request.on + 7 * DAY
    while day <= request.sign_by + 30 * DAY:
        if all(abs((day - each).days) > 2 for each in near):
            found.add(day)
        day += 7 * DAY
    return found


def _missed_days(requests: list[Request], faults: Faults, last: date) -> Iterator[Expected]:
    """The officer is told once of a version that somebody had not signed when its day had passed."""
    for version in sorted({request.version for request in requests}):
        mine = [each for each in requests if each.version == version]
        day = mine[0].sign_by + DAY
        while not faults.runs(day):
            day += DAY
        if day <= last and any(each.over is None or each.over >= day for each in mine):
            key = f"sign-missed:{version}:{mine[0].sign_by:%Y-%m-%d}"
            yield Expected("signing: day passed", key, day, faults.next_delivery(day))


def _digests(happened: Happened, faults: Faults, days: list[date]) -> Iterator[Expected]:
    """A digest for each working day, and for each week on its first working day on which anything ran.

    One whose day or week is over before mail leaves again is not sent: the next one says what waits.
    """
    weeks: set[tuple[int, int]] = set()
    for day in days:
        if not faults.runs(day) or not is_working(day):
            continue
        arrives = faults.next_delivery(day)
        for reader in happened.daily_readers if arrives == day else ():
            yield Expected("digest: daily", f"digest:{reader}:{day}", day, arrives)
        if (week := iso_week(day)) not in weeks:
            weeks.add(week)
            for reader in happened.weekly_readers if iso_week(arrives) == week else ():
                key = f"digest:{reader}:{week[0]}-W{week[1]:02}"
                yield Expected("digest: weekly", key, day, arrives)


def _marks(happened: Happened, faults: Faults, days: list[date]) -> Iterator[Expected]:
    """The mark of the history to each auditor, on the first day of each week on which anything ran."""
    weeks: set[tuple[int, int]] = set()
    for day in days:
        if faults.runs(day) and (week := iso_week(day)) not in weeks:
            weeks.add(week)
            for person in happened.auditors:
                key = f"ledger-digest:{week[0]}-{week[1]:02}:{person}"
                yield Expected("auditor: mark of the history", key, day, faults.next_delivery(day))


def _between(days: list[date], since: date, until: date | None, faults: Faults) -> Iterator[date]:
    """The days on which the worker ran while something stood: it runs in the morning, people act after."""
    start = max(0, (since - days[0]).days + 1)
    end = len(days) if until is None else (until - days[0]).days + 1
    return (day for day in days[start:end] if faults.runs(day))
