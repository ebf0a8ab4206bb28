"""Disposes of what no retention rule keeps any longer: `manage.py dispose [--dry-run]`."""

from django.core.management.base import BaseCommand

from register.core.dates import words
from register.ledger.retention import dispose


class Command(BaseCommand):
    help = "Dispose of what is kept long enough; with --dry-run only say what would go."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, dry_run, **options):
        for disposal in dispose(by="system:dispose", dry_run=dry_run):
            what = "; ".join(disposal.records) or "nothing"
            verb = "would go" if dry_run else "gone"
            self.stdout.write(
                f"{disposal.kind}, before {words(disposal.before)}: {what} {verb}".strip()
            )
