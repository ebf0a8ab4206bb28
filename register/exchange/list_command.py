"""What the commands have in common that bring in a list of bodies, or of people and posts."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from register.directory.models import Partnership
from register.exchange import reports
from register.exchange.models import ImportState
from register.exchange.reading import open_register
from register.exchange.services import REFUSALS, SYSTEM, bring_in, dry_run, new_import, take_up


class ListCommand(BaseCommand):
    """Bring a list of one kind in, or say what would happen to each of its rows."""

    kind = ""

    def add_arguments(self, parser):
        """The file, and how it is to be read."""
        parser.add_argument("file", help="a CSV, TSV, XLSX, XLS or ODS file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--sheet", default="", help="the sheet that holds the list")
        parser.add_argument("--map", action="append", default=[], metavar='"Column=field"',
                            help="what a column holds; may be given several times")  # fmt: skip
        parser.add_argument("--partnership", help="the partnership whose office brings it in")

    def handle(self, *, file, dry_run, sheet, map, partnership, **options):
        """Do it, and print what is to be looked at; a refusal is one sentence and exit code 1."""
        try:
            if dry_run:
                self._dry(Path(file), sheet, map, partnership)
            else:
                self._real(Path(file), sheet, map, partnership)
        except REFUSALS as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    def _dry(self, path, sheet, overrides, name):
        with self._opened(path, sheet, overrides) as register:
            counts, report = dry_run(partnership_named(name), register)
        self._print(report)
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))

    def _real(self, path, sheet, overrides, name):
        partnership = partnership_named(name)
        # Read once before anything is kept, so that a bad file leaves nothing behind.
        with self._opened(path, sheet, overrides) as register:
            rows = sum(1 for _ in register.table.rows())
        row = new_import(SYSTEM, partnership, path, path.name)
        row.kind, row.is_mapped, row.sheet, row.rows = self.kind, True, sheet, rows
        row.overrides_text = "\n".join(overrides)
        row = bring_in(take_up(row))
        if row.report:
            self._print(row.report)
        if row.state == ImportState.FAILED:
            raise CommandError(row.failure)
        self.stdout.write(row.counts_words)

    def _opened(self, path, sheet, overrides):
        return open_register(path, sheet=sheet or None, overrides=overrides, kind=self.kind)

    def _print(self, report):
        for line in reports.lines(report):
            self.stdout.write(line)


def partnership_named(name):
    """The partnership of a name, or the only one. Raises CommandError with a sentence."""
    found = Partnership.objects.order_by("pk")
    if name:
        words = " ".join(name.split())
        chosen = (
            found.filter(name__iexact=words).first() or found.filter(slug__iexact=words).first()
        )
        if chosen is None:
            raise CommandError(f"There is no partnership “{words}”.")
        return chosen
    if len(found) > 1:
        names = ", ".join(f"“{each}”" for each in found)
        raise CommandError(f"Say which partnership, with --partnership NAME: {names}.")
    if not found:
        raise CommandError("There is no partnership yet. Make one first.")
    return found[0]
