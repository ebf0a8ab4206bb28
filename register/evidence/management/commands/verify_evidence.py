"""Checks all evidence that is stored: `manage.py verify_evidence [--head HEX] [--progress]`."""

import sys

from django.core.management.base import BaseCommand

from register.evidence.verifying import verify_evidence


class Command(BaseCommand):
    """Names each thing that does not agree; exit 0 when all do, 1 otherwise."""

    help = (
        "Check texts, signatures, stored files, sealed PDFs and the ledger against their hashes; "
        "exit 1 naming each thing that does not agree."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """A digest to look for, and whether to tell how far it has come."""
        parser.add_argument("--head", default="", help="a head noted earlier, still to be found")
        parser.add_argument("--progress", action="store_true", help="say what is being checked")

    def handle(self, *, head, progress, **options) -> None:
        """Check, and print what was found."""
        checked = verify_evidence(head=head, progress=self.stderr.write if progress else None)
        for sentence in [*checked.notes, *checked.wrong]:
            self.stdout.write(sentence)
        self.stdout.write(str(checked))
        if checked.wrong:
            count = len(checked.wrong)
            self.stdout.write(f"{count} thing{'' if count == 1 else 's'} did not agree.")
            sys.exit(1)
