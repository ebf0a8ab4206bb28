"""Restores a backup into an empty installation: `manage.py restore --from FILE [--progress]`."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register.everything.backing_up import restore
from register.everything.refusals import Refused
from register.ledger.rows import Tampered

HELD = (
    "Nothing that was written before is sent, and nothing happens by itself, until an administrator "
    "releases this copy: at /everything/ or with `manage.py release_copy`."
)


class Command(BaseCommand):
    """Puts database and files back, and checks the ledger; exit 1 where it does not agree."""

    help = "Restore a backup into an empty installation of the same release and database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Where it comes from."""
        parser.add_argument(
            "--from", dest="source", required=True, type=Path, help="the backup to restore"
        )
        parser.add_argument("--progress", action="store_true", help="say what is being restored")

    def handle(self, *, source: Path, progress: bool, **options) -> None:
        """Restore it, and say what came back."""
        try:
            restored = restore(source, tell=self.stderr.write if progress else None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except Tampered as found:
            self.stdout.write(f"Restored from {source}, but its ledger does not agree: {found}")
            self.stdout.write(HELD)
            sys.exit(1)
        self.stdout.write(f"Restored from {source}: {restored}")
        self.stdout.write(HELD)
