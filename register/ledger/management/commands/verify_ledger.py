"""Checks the whole ledger: `manage.py verify_ledger [--head HEX] [--since NUMBER] [--progress]`."""

import sys

from django.core.management.base import BaseCommand

from register.ledger.rows import Tampered
from register.ledger.verify import verify


class Command(BaseCommand):
    help = "Compare chain, changes, history and live rows; exit 1 at the first difference."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", help="a head noted earlier, still to be found")
        parser.add_argument("--since", type=int, default=0, help="only entries from this number")
        parser.add_argument("--progress", action="store_true", help="say what is being checked")

    def handle(self, *, head, since, progress, **options):
        tell = self.stderr.write if progress else None
        try:
            report = verify(head=head, since=since, progress=tell)
        except Tampered as found:
            self.stdout.write(str(found))
            sys.exit(1)
        for note in report.notes:
            self.stdout.write(note)
        self.stdout.write(str(report))
