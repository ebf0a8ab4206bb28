"""Prints a version of a document as PDF."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from register.documents.models import Document, Version
from register.printing.bounded import render_version
from register.printing.framing import content_of, frame_of
from register.printing.refusals import PrintFailed


class Command(BaseCommand):
    """`manage.py print_document REF [--version N] [--headings] -o FILE`."""

    help = "Prints a version of a charter, protocol or agreement as PDF/A-3a and PDF/UA-1."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> CommandParser:
        """Django's own --version makes room for the version of the document."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser) -> None:
        """The reference, which version, which form, and where to."""
        parser.add_argument("reference", metavar="REF")
        parser.add_argument("--version", dest="number", type=int, metavar="N")
        parser.add_argument("--headings", action="store_true", help="headings only")
        parser.add_argument("-o", "--output", required=True, metavar="FILE")

    def handle(self, reference, number, headings, output, **options) -> None:
        """Write the file, or end with a sentence and leave none."""
        version = self._version(reference, number)
        frame = frame_of(version, printed_by="manage.py print_document", headings_only=headings)
        try:
            pdf = render_version(content_of(version), frame)
        except PrintFailed as refusal:
            raise CommandError(refusal.sentence) from refusal
        Path(output).write_bytes(pdf)
        self.stdout.write(f"{version}: {len(pdf):,} bytes in {output}")

    def _version(self, reference: str, number: int | None) -> Version:
        document = Document.objects.filter(reference=reference.upper()).first()
        if document is None:
            raise CommandError(f"There is no document {reference}.")
        version = document.versions.filter(number=number).first() if number else document.shown
        if version is None:
            raise CommandError(f"{document} has no version {number}.")
        return version
