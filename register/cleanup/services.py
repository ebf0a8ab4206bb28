"""Comparing entries with each other, and counting what is left: derived, worked out by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from register.cleanup.lacking import TO_MEND, lacking
from register.cleanup.likeness import Place, pairs_of, stand_together, title_of
from register.cleanup.models import Alike, Standing
from register.core.dates import now
from register.directory.models import Partnership
from register.directory.survivors import survivors
from register.documents.lifecycle import PAST
from register.documents.models import Document
from register.exchange.models import Import
from register.ledger.entries import in_batches
from register.search.models import Row, RowBody
from register.ui.listing import counts_of

SYSTEM = "system:cleanup"
BATCH = 500
# Comparing reads every title: after an import at once, otherwise no more often than this.
COMPARED_EVERY = timedelta(hours=1)


def look_again() -> int:
    """Count anew what is left in every partnership that an old register came into; how many partnerships.

    Entries are compared with each other after an import, and hourly while entries change.
    """
    places = Document.objects.exclude(source="").order_by().values("partnership_id")
    found = list(Partnership.objects.filter(pk__in=places).order_by("pk"))
    for partnership in found:
        last = Standing.objects.filter(partnership=partnership).first()
        if _is_due(partnership, last.compared_at if last else None):
            compare(partnership)
        count(partnership)
    return len(found)


def count(partnership: Partnership) -> Standing:
    """Count what is left in a partnership: one statement, and one to keep it."""
    rows = Row.objects.filter(partnership_id=partnership.pk)
    numbers = counts_of([lacking(SYSTEM, rows, code) for code in TO_MEND])
    counts = dict(zip(TO_MEND, map(list, numbers), strict=True))
    values = {"counts": counts, "left": sum(n for n, _ in numbers), "counted_at": now()}
    return Standing.objects.update_or_create(partnership=partnership, defaults=values)[0]


def compare(partnership: Partnership) -> int:
    """Compare the titles of a partnership's entries, and keep which may be one and the same; how many pairs.

    Only pairs with an entry that came in by import are kept.
    """
    at = now()
    rows = Row.objects.filter(partnership_id=partnership.pk, is_archived=False)
    titles = rows.exclude(state__in=PAST).order_by("pk").values_list("pk", "title")
    came = set(
        Document.objects.filter(partnership=partnership).exclude(source="").order_by()
        .values_list("pk", flat=True)
    )  # fmt: skip
    found = pairs_of(title_of(*each) for each in titles.iterator(2_000))
    likely = [pair for pair in found if pair[0] in came or pair[1] in came]
    places = _places({key for pair in likely for key in pair[:2]})
    pairs = [pair for pair in likely if stand_together(places[pair[0]], places[pair[1]])]
    _keep(partnership, pairs, at)
    return len(pairs)


@transaction.atomic
def _keep(partnership: Partnership, pairs: list[tuple[int, int, int]], at: datetime) -> None:
    Standing.objects.update_or_create(
        partnership=partnership, defaults={"compared_at": at}, create_defaults={
            "compared_at": at, "counted_at": at,
        },
    )  # fmt: skip
    Alike.objects.filter(partnership=partnership).delete()
    both = [(*pair, score) for one, other, score in pairs for pair in ((one, other), (other, one))]
    Alike.objects.bulk_create(
        (Alike(partnership=partnership, entry_id=one, other_id=other, score=score)
         for one, other, score in both),
        batch_size=BATCH,
    )  # fmt: skip


def _places(keys: set[int]) -> dict[int, Place]:
    """Where entries stand, with the bodies that stand today for those they name."""
    merged = survivors()
    found = {key: Place() for key in keys}
    for some in in_batches(sorted(keys), BATCH):
        rows = Row.objects.filter(pk__in=some).order_by()
        for key, community in rows.values_list("pk", "community_id"):
            found[key].community = community
        named = RowBody.objects.filter(row_id__in=some).order_by()
        for key, body in named.values_list("row_id", "organisation_id"):
            found[key].bodies.add(merged.get(body, body))
    return found


def _is_due(partnership: Partnership, last: datetime | None) -> bool:
    if last is None:
        return True
    if Import.objects.filter(partnership=partnership, ended_at__gte=last).exists():
        return True
    changed = Row.objects.filter(partnership_id=partnership.pk, changed_at__gte=last)
    return last < now() - COMPARED_EVERY and changed.exists()
