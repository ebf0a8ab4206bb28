"""Attaches signed files of an old register: `manage.py import_files FOLDER_OR_ZIP [--dry-run]
[--partnership NAME]`.

Each file goes to the entry whose reference, reference elsewhere, or title its name gives; files that
are not matched are listed, and may be given their entry on the page of the bundle.
"""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from register.exchange.files import services
from register.exchange.list_command import partnership_named
from register.exchange.models import FileState


class Command(BaseCommand):
    help = "Attach signed files to the entries that their names speak of."

    def add_arguments(self, parser):
        parser.add_argument("path", help="a ZIP, or a folder of PDF and Word files")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--partnership", help="the partnership that the entries belong to")

    def handle(self, *, path, dry_run, partnership, **options):
        path = Path(path)
        if not path.exists():
            raise CommandError(f"There is no {path.name}. Check the name and the folder.")
        with transaction.atomic():
            try:
                bundle = services.take_folder(
                    by=services.SYSTEM, partnership=partnership_named(partnership), path=path
                )
            except ValidationError as refused:
                raise CommandError(" ".join(refused.messages)) from refused
            self._list(bundle)
            if dry_run:
                transaction.set_rollback(True)
                return
        if bundle.files.filter(state=FileState.WAITING).exists():
            services.confirm(by=services.SYSTEM, bundle=bundle)
            services.attach_all(bundle)
        self._count(bundle)

    def _list(self, bundle):
        for file in bundle.files.select_related("document").order_by("pk"):
            if file.document:
                how = file.get_found_display().lower()
                self.stdout.write(f"{file.name}: {file.document}, found {how}")
            else:
                reason = f" ({file.problem})" if file.problem else ""
                self.stdout.write(f"{file.name}: {file.get_state_display().lower()}{reason}")

    def _count(self, bundle):
        counts = {state: bundle.files.filter(state=state).count() for state in FileState}
        self.stdout.write(
            ", ".join(f"{count} {state.label.lower()}" for state, count in counts.items() if count)
        )
