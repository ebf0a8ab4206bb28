"""Makes the database ready: tables, cache, reference lists, a demonstration's key. Run before every start."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from register.evidence.demonstration import make_key
from register.evidence.keys import why_nothing_is_sealed
from register.ledger.migrating import StillBusy, migrate
from register.lists.services import load_lists


class Command(BaseCommand):
    help = (
        "Migrates the database (by its owner's connection where MIGRATE_DATABASE_URL is set; while "
        "people read, waiting a few seconds for a lock and trying again), "
        "makes the cache table and loads the reference lists; outside production it also makes a "
        "demonstration key for seals. Running it again does nothing."
    )

    def handle(self, **options) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        owner = "owner" if "owner" in settings.DATABASES else DEFAULT_DB_ALIAS
        verbosity = 0 if options["verbosity"] < 2 else 1
        # The cache's table first: migrating ends by granting the application's role what is there.
        call_command("createcachetable", verbosity=verbosity, database=owner)
        try:
            migrate(owner, tell=self.stderr.write, verbosity=verbosity)
        except StillBusy as busy:
            raise CommandError(str(busy)) from busy
        added = load_lists(by="system:prepare")
        self.stdout.write(f"The database is ready. Reference lists: {added} rows added.")
        if not settings.PRODUCTION and make_key():
            self.stdout.write("A key for seals was made for this demonstration, not for real use.")
        if why := why_nothing_is_sealed():
            self.stderr.write(f"Warning: {why}")
