"""Writes the generated pages of docs/."""

from django.conf import settings
from django.core.management.base import BaseCommand

from register.dashboard.generated import PAGES


class Command(BaseCommand):
    """`manage.py write_docs`: rules.md and lifecycle.md, from the code that they describe."""

    help = "Writes docs/rules.md and docs/lifecycle.md from the code."

    def handle(self, **options) -> None:
        """Write each page where it differs."""
        for name, page in PAGES.items():
            (settings.BASE_DIR / "docs" / name).write_text(page())
