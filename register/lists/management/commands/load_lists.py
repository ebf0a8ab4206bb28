"""Adds what is missing from the reference lists."""

from django.core.management.base import BaseCommand

from register.lists.services import load_lists


class Command(BaseCommand):
    help = "Adds the rows of the reviewed reference lists that the register does not have yet."

    def handle(self, **options) -> None:
        added = load_lists(by="system:prepare")
        self.stdout.write(f"Reference lists: {added} rows added.")
