"""`manage.py rebuild_search`: the read table and the search text, written anew from the documents."""

from django.core.management.base import BaseCommand
from django.db import transaction

from register.documents import index
from register.documents.models import Document
from register.search import services
from register.search.engines import take_stock
from register.search.models import Row

BATCH = 500


class Command(BaseCommand):
    help = "Write the read table and the search text anew from the documents."

    def handle(self, *args, **options) -> None:
        ids = list(Document.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            with transaction.atomic():
                # Locked as by an act, so that no act writes the same rows meanwhile.
                list(Document.objects.select_for_update().filter(pk__in=batch).order_by("pk"))
                index.refresh(batch)
            self.stdout.write(f"{min(start + BATCH, len(ids))} of {len(ids)} entries")
        stale = set(Row.objects.values_list("pk", flat=True)) - set(ids)
        services.forget(sorted(stale))
        take_stock()
        self.stdout.write(f"Rebuilt: {len(ids)} entries, {len(stale)} stale rows removed.")
