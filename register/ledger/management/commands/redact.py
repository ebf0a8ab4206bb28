"""Takes text out of the register for good:
`manage.py redact MODEL KEY FIELD --find TEXT --reason WHY --by ID --second ID`.
"""

import sys

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from register.ledger.redaction import redact


class Command(BaseCommand):
    help = "Replace a text by [redacted] in a record and all its history; takes two persons."

    def add_arguments(self, parser):
        parser.add_argument("model", help="such as documents.Clause")
        parser.add_argument("key", help="the key of the record")
        parser.add_argument("field", help="the field that holds the text")
        parser.add_argument("--find", default="", help="the text; - reads it from the input")
        parser.add_argument("--reason", required=True, help="why it is taken out")
        parser.add_argument("--by", required=True, help="the number of the first person")
        parser.add_argument("--second", required=True, help="the number of the second person")

    def handle(self, *, model, key, field, find, reason, by, second, **options):
        # Read from the input, the text stays out of the shell's own history.
        find = sys.stdin.read().rstrip("\n") if find == "-" else find
        try:
            row = redact(
                by=_person(by),
                second=_person(second),
                model=model,
                pk=key,
                field=field,
                find=find,
                reason=reason,
            )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        except LookupError as unknown:
            raise CommandError(f"There is no kind of record called {model}.") from unknown
        self.stdout.write(f"Redacted {row}, entry {row.entry_id}.")


def _person(number: str):
    # The directory stands above the ledger: only its name is known here.
    person = apps.get_model("directory.Person").objects.filter(pk=int(number)).first()
    if person is None:
        raise CommandError(f"There is no person with the number {number}.")
    return person
