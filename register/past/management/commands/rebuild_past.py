"""`manage.py rebuild_past`: what the list of a past day is filtered by, written anew from history."""

from django.core.management.base import BaseCommand

from register.documents.models import Document
from register.past import spans
from register.past.models import Span


class Command(BaseCommand):
    help = "Write the spans of all entries anew from history."

    def handle(self, *args, **options) -> None:
        ids = list(Document.objects.order_by("pk").values_list("pk", flat=True))
        made = 0
        for start in range(0, len(ids), 100):
            made += spans.rebuild(ids[start : start + 100])
            self.stdout.write(f"{min(start + 100, len(ids))} of {len(ids)} entries")
        known = set(Span.objects.values_list("document_id", flat=True).distinct())
        spans.forget(sorted(known - set(ids)))
        self.stdout.write(f"Rebuilt: {len(ids)} entries in {made} spans.")
