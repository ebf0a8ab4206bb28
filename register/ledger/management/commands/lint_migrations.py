"""Looks for unsafe operations in migrations: `manage.py lint_migrations`; exit 1 naming each."""

from django.core.management.base import BaseCommand, CommandError

from register.ledger.landed_migrations import ALLOWED
from register.ledger.unsafe_migrations import findings


class Command(BaseCommand):
    """Compares what is unsafe with what was allowed for a reason."""

    help = "Name operations of migrations that would stop or break a register while it is upgraded."
    requires_system_checks: list[str] = []

    def handle(self, **options) -> None:
        """Tell what is unsafe and not allowed, and what is allowed and safe."""
        found = findings()
        unsafe = [str(each) for each in found if each.migration not in ALLOWED]
        idle = sorted(set(ALLOWED) - {each.migration for each in found})
        unsafe += [f"{name}: nothing in it is unsafe: take it off the list." for name in idle]
        if unsafe:
            raise CommandError("\n".join(unsafe))
        self.stdout.write(f"{len(found)} unsafe operations, each allowed for a reason.")
