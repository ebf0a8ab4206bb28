"""Shows how long each kind of record is kept, and sets it for one kind."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from register.ledger.actors import PERSON, Actor
from register.ledger.retention import change_rule, rules


class Command(BaseCommand):
    """`manage.py retention [KIND --months N --by ID --name NAME]`; without a kind it lists the rules."""

    help = "Lists the retention rules, or sets for how many months one kind of record is kept."

    def add_arguments(self, parser) -> None:
        """The kind, the months, and the administrator who sets them."""
        parser.add_argument("kind", nargs="?", help="as the list names it")
        parser.add_argument("--months", type=int, help="for how many months it is kept")
        parser.add_argument("--by", help="the number of the person who sets it")
        parser.add_argument("--name", help="that person's name")

    def handle(self, kind, months, by, name, **options) -> None:
        """Set the rule where a kind is given, then list all."""
        if kind:
            self._set(kind, months, by, name)
        for rule in rules():
            self.stdout.write(f"{rule.kind}: {rule.months} months from {rule.after}. {rule.note}")

    def _set(self, kind: str, months: int | None, by: str | None, name: str | None) -> None:
        if kind not in {rule.kind for rule in rules()}:
            raise CommandError(f"There is no kind “{kind}”: run it without a kind to see the list.")
        if months is None or not by or not name:
            raise CommandError("Say --months, and who sets it: --by and --name.")
        try:
            change_rule(by=Actor(PERSON, by, name), kind=kind, months=months)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
