"""Backs up database and files: `manage.py backup --to FILE [--progress]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register.core.dates import now
from register.everything.backing_up import backup
from register.everything.refusals import Refused
from register.jobs.backups import note_backup


class Command(BaseCommand):
    """Writes one archive with everything that a restored register needs but the keys."""

    help = "Back up database and files into one archive, while the register is in use."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Where it goes."""
        parser.add_argument("--to", required=True, type=Path, help="the file to write")
        parser.add_argument("--progress", action="store_true", help="say what is being copied")

    def handle(self, *, to: Path, progress: bool, **options) -> None:
        """Write it, and say what is in it."""
        began = now()
        try:
            made = backup(to, tell=self.stderr.write if progress else None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        note_backup(began=began, rows=made.rows)
        self.stdout.write(f"Backed up to {to}: {made}")
