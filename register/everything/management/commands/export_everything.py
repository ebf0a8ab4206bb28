"""Writes everything into one ZIP: `manage.py export_everything --to FILE.zip [--progress]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from register.everything.exporting import export_everything
from register.everything.refusals import Refused


class Command(BaseCommand):
    """Spreadsheets for people, every row for programs, and all files; no secrets."""

    help = "Write everything that the register holds into one ZIP, without its secrets."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Where it goes."""
        parser.add_argument("--to", required=True, type=Path, help="the ZIP to write")
        parser.add_argument("--progress", action="store_true", help="say what is being written")

    def handle(self, *, to: Path, progress: bool, **options) -> None:
        """Write it, and say what is in it."""
        try:
            made = export_everything(to, tell=self.stderr.write if progress else None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Exported to {to}: {made}")
