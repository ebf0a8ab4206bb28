"""Brings an old register in, or a sheet of the information flows of its agreements:
`manage.py import_register FILE [--dry-run] [--sheet NAME] [--map "Column=field"]… [--partnership NAME]
[--provider NAME]`.

The last line gives the counts, which sum to the rows. A file that cannot be read ends with a sentence
on the error output and exit code 1.
"""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from register.directory.models import Partnership
from register.directory.services.partnerships import add_partnership
from register.exchange import reports
from register.exchange.models import ImportState
from register.exchange.reading import open_register
from register.exchange.services import REFUSALS, SYSTEM, bring_in, dry_run, receive, take_up


class Command(BaseCommand):
    help = "Bring the entries of a spreadsheet into the register, or say what would happen."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a CSV, XLSX, XLS or ODS file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--sheet", help="the sheet that holds the register")
        parser.add_argument("--map", action="append", default=[], metavar='"Column=field"',
                            help="what a column holds; may be given several times")  # fmt: skip
        parser.add_argument("--partnership", help="the partnership that the entries belong to")
        parser.add_argument("--provider", default="",
                            help="who provides, where a sheet of flows does not say it")  # fmt: skip

    def handle(self, *, file, dry_run, sheet, map, partnership, provider, **options):
        try:
            self._dry(file, sheet, map, partnership, provider) if dry_run else self._real(
                Path(file), sheet, map, partnership, provider
            )
        except REFUSALS as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    def _dry(self, file, sheet, overrides, name, provider):
        partnership = _partnership(name) or Partnership(name=name or "")
        with open_register(file, sheet=sheet, overrides=overrides, provider=provider) as register:
            counts, report = dry_run(partnership, register)
        self._print(report)
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))

    def _real(self, path, sheet, overrides, name, provider):
        # Read once before anything is made, so that a bad file leaves no partnership behind.
        with open_register(path, sheet=sheet, overrides=overrides):
            partnership = _partnership(name) or _made(name)
        row = receive(by=SYSTEM, partnership=partnership, path=path, name=path.name,
                      sheet=sheet or "", overrides=overrides, provider=provider)  # fmt: skip
        row = bring_in(take_up(row))
        if row.report:
            self._print(row.report)
        if row.state == ImportState.FAILED:
            raise CommandError(row.failure)
        self.stdout.write(row.counts_words)

    def _print(self, report):
        for line in reports.lines(report):
            self.stdout.write(line)


def _partnership(name):
    found = Partnership.objects.order_by("pk")
    if name:
        words = " ".join(name.split())
        same = found.filter(name__iexact=words) or found.filter(slug__iexact=words)
        return same.first()
    if len(found) > 1:
        names = ", ".join(f"“{each}”" for each in found)
        raise CommandError(f"Say which partnership, with --partnership NAME: {names}.")
    return found.first()


def _made(name):
    if not name:
        raise CommandError("There is no partnership yet. Name it: --partnership NAME.")
    return add_partnership(by=SYSTEM, name=name)
