"""Steps through the years a day at a time: the worker in the morning, people in the afternoon."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import override_settings

from register.core.dates import pretend
from register.jobs import stopping, worker
from register.jobs.models import FailedItem, Run
from register.jobs.registry import Job, jobs
from register.notices.models import Notice
from tests.mail_server import MailServer
from tests.years.faults import Faults, killed_at
from tests.years.installation import Installation, at, found
from tests.years.oracle import expected
from tests.years.people_act import Diary
from tests.years.table import Arrival, Outcome, compare

DAY = timedelta(days=1)


@dataclass
class Years:
    """One run: from when, how long, how many entries and rounds of signing, which work (all of it
    where None), and whether anybody reads a digest each day.
    """

    first: date
    days: int
    entries: int
    rounds: int
    seed: int = 1
    only: frozenset[str] | None = None
    with_daily: bool = True
    told: Callable[[str], None] = lambda line: None
    arrivals: list[Arrival] = field(default_factory=list)
    ticks: int = 0
    killed: int = 0
    failures: set[str] = field(default_factory=set)

    def run(self) -> Outcome:
        """Live through the years and hold what arrived against what should have."""
        draw = random.Random(self.seed)
        made = found(self.first, self.entries, with_daily=self.with_daily)
        faults = Faults.drawn(self.first, self.days, draw)
        diary = Diary(made, draw, self.last)
        diary.begin(self.first, self.rounds)
        stopping.go_on()
        server = MailServer()
        with override_settings(EMAIL_BACKEND="register.notices.backend.Backend"):
            try:
                for number in range(self.days):
                    self._day(self.first + number * DAY, faults, diary, server, draw)
            finally:
                server.stop()
        return self._outcome(made, faults, diary)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (self.days - 1) * DAY

    def _day(self, day: date, faults: Faults, diary: Diary, server: MailServer, draw) -> None:
        if faults.runs(day):
            self._serve(day, faults, server)
            with override_settings(EMAIL_URL=server.url):
                self._work(day, faults.kills.get(day, []), draw)
        diary.live(day)
        if day.day == 1 and day.month == 1:
            self.told(f"{day.year}: {self.ticks} ticks, {len(self.arrivals)} messages so far")

    def _serve(self, day: date, faults: Faults, server: MailServer) -> None:
        """Let the mail server be there or away; on some days it hangs up on the first message."""
        server.stop() if day in faults.mail_down else server._server or server.start()
        waiting = [day in faults.hangs_up]

        def taken(arrived) -> bool:
            message = arrived.message
            name = str(message["Message-ID"]).strip("<>").partition(".")[0]
            self.arrivals.append(Arrival(name, arrived.to[0], str(message["Subject"]), day))
            hangs_up, waiting[0] = waiting[0], False
            return hangs_up

        server.on_taken = taken
        server.arrived.clear()

    def _work(self, day: date, kills: list[int], draw: random.Random) -> None:
        """Ticks of one day: killed ones first, and one that ends well; sometimes at odd hours too."""
        hour = draw.randrange(7, 10)
        if draw.random() < 0.05:
            self._tick(day, 0, 20)
        for statement in kills:
            with killed_at(statement) as happened:
                self._tick(day, hour, 30)
            self.killed += bool(happened)
            hour += 3
        self._tick(day, hour, 30)
        if draw.random() < 0.05:
            self._tick(day, 23, 40)

    def _tick(self, day: date, hour: int, minute: int) -> None:
        with pretend(at(day, hour, minute)):
            self.ticks += 1
            if worker.tick(self._jobs()):
                rows = Run.objects.exclude(failure="")
                self.failures |= {f"{row.job}: {row.failure[:300]}" for row in rows}

    def _jobs(self) -> list[Job]:
        return [job for job in jobs() if self.only is None or job.name in self.only]

    def _outcome(self, made: Installation, faults: Faults, diary: Diary) -> Outcome:
        wanted = expected(made.happened, faults, self.first, self.last)
        written = dict(Notice.objects.values_list("key", "about"))
        outcome = compare(wanted, written, self.arrivals)
        outcome.wrong += diary.wrong
        outcome.wrong += sorted(self.failures)
        outcome.wrong += [f"{row.job} failed at {row.key}: {row.failure}" for row in
                          FailedItem.objects.all()]  # fmt: skip
        return outcome
