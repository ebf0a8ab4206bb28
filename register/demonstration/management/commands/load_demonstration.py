"""Loads the demonstration partnership into an empty database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from register.demonstration.story import tell
from register.directory.models import Partnership


class Command(BaseCommand):
    """`manage.py load_demonstration`: an invented county; does nothing where a partnership exists."""

    help = "Loads the demonstration partnership; does nothing in a database that has a partnership."

    def handle(self, **options) -> None:
        """Tell the story once; never in production."""
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration is never loaded in production. Use `make run` to see it."
            )
        if Partnership.objects.exists():
            return
        # All of it or nothing: a partnership that was told half-way would never be completed.
        with transaction.atomic():
            county = tell()
        count = county.partnership.documents.count()
        self.stdout.write(f"Loaded {county.partnership}: {count} entries.")
