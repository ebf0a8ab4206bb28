"""Carries out approved redactions and confirmed disposals as the owner of the tables: `manage.py carry_out`.

Once, for a timer of the system or for somebody; with `--every SECONDS` until it is stopped, as the
service `keeper` of docker-compose.yml does.
"""

from __future__ import annotations

import signal

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from register.jobs import stopping
from register.jobs.held import REST, held_since
from register.records.jobs import REDACTION, carry_out_as_owner
from register.records.models import DisposalState, RedactionState

WAITS = (RedactionState.APPROVED, DisposalState.CONFIRMED)
NEEDS_OWNER = "set MIGRATE_DATABASE_URL to the address by which the owner of the tables signs in"


class Command(BaseCommand):
    """Where the worker may not change guarded tables, this runs beside it, with MIGRATE_DATABASE_URL."""

    help = "Carry out what two persons decided: redactions and disposals."

    def add_arguments(self, parser) -> None:
        """How often it looks, where it goes on."""
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on until stopped, and look so often"
        )

    def handle(self, every: int | None = None, **options) -> None:
        """Do each, and say what became of it."""
        if every is not None and every < 1:
            raise CommandError("--every is a number of seconds, 1 or more.")
        stopping.go_on()
        if every is None:
            self._round()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.ask_to_stop())
        while not stopping.is_stopping():
            self._round()
            # The owner's connection stands open only while there is something to do.
            connections.close_all()
            stopping.rest(every)

    def _round(self) -> None:
        if held_since():
            self.stdout.write(REST)
            return
        carry_out_as_owner(self._say)

    def _say(self, kind: str, row, done: int) -> None:
        what, things = ("Redaction", "place") if kind == REDACTION else ("Disposal", "record")
        said = f"{what} {row.pk}: {done} {things}{'' if done == 1 else 's'}"
        if row.state in WAITS:
            why = getattr(row, "failure", "").removeprefix("It waits: ").rstrip(".")
            why = why or (NEEDS_OWNER if row.needs_owner else "see the log")
            said += f". It still waits: {why}"
        self.stdout.write(f"{said}.")
        self.stdout.flush()
