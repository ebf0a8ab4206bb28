"""`manage.py tick`: one round over all due work, for a timer of the system or for somebody who tests."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from register.core.dates import LONDON, pretend, time_words
from register.jobs import stopping, worker
from register.jobs.registry import jobs

NOT_IN_PRODUCTION = "Production goes by its own clock: leave --now out."
NO_TIME = "--now is “{said}”: write a day and a time, such as 2027-03-01T02:00."


class Command(BaseCommand):
    help = "Do all due work once and end. Twice, or from two machines at once, does no more."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--now", help="a time in London to go by, such as 2027-03-01T02:00; not in production"
        )

    def handle(self, *args, now: str | None = None, **options) -> None:
        found = jobs()
        stopping.go_on()
        _beat(now)
        with pretend(_instant(now)) if now else nullcontext():
            failed = worker.tick(found)
            self.stdout.write(_summary(now, len(found), failed))
        _beat(now)
        if failed:
            raise SystemExit(1)


def _beat(now: str | None) -> None:
    """Say that a timer does the work here; a pretended time says nothing."""
    if not now:
        worker.beat(worker.tick_name())


def _instant(said: str) -> datetime:
    if settings.PRODUCTION:
        raise CommandError(NOT_IN_PRODUCTION)
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise CommandError(NO_TIME.format(said=said)) from error
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _summary(now: str | None, count: int, failed: int) -> str:
    when = f", as if it were {time_words(_instant(now))}" if now else ""
    ended = "all ended well" if not failed else f"{failed} failed (see /healthz?deep=1)"
    return f"Looked at {count} kinds of work{when}: {ended}."
