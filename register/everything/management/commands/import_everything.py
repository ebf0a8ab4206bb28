"""Brings an export of everything into an empty installation:
`manage.py import_everything --from FILE.zip [--progress]`.
"""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register.everything.importing import import_everything
from register.everything.management.commands.restore import HELD
from register.everything.refusals import Refused


class Command(BaseCommand):
    """Brings everything in or nothing, and checks ledger and evidence; exit 1 where one disagrees."""

    help = "Bring an export of everything into an empty installation, on either database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Where it comes from."""
        parser.add_argument(
            "--from", dest="source", required=True, type=Path, help="the ZIP to bring in"
        )
        parser.add_argument("--progress", action="store_true", help="say what is being done")

    def handle(self, *, source: Path, progress: bool, **options) -> None:
        """Bring it in, and say how it was checked."""
        try:
            imported = import_everything(source, tell=self.stderr.write if progress else None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Imported from {source}: {imported}")
        for sentence in [*imported.checked.notes, *imported.checked.wrong]:
            self.stdout.write(sentence)
        self.stdout.write(str(imported.checked))
        self.stdout.write(
            "Logins came without a password: people sign in by a code sent to their address, and "
            "set up their second factor again."
        )
        self.stdout.write(HELD)
        if imported.checked.wrong:
            sys.exit(1)
