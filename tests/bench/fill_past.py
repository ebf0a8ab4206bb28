"""Gives the generated entries a past: twenty rows of history an entry, and the spans of its list.

Run as `python -m tests.bench.fill_past` after `tests.bench.fill`.
"""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from django.db import models  # noqa: E402

from agreements.models import Agreement, AgreementText  # noqa: E402
from register.core.dates import now  # noqa: E402
from register.documents.models import Clause, Document, Party, Version  # noqa: E402
from register.ledger.tracked import history_of  # noqa: E402
from register.past.models import FOR_NOW, Span, SpanBody  # noqa: E402
from register.search.models import Row, RowBody  # noqa: E402
from register.signing.models import Slot  # noqa: E402

BATCH = 2_000
# How often each kind of row was written, in days before today.
WRITTEN = {
    Document: (900, 700, 400, 100),
    Version: (900, 800, 600, 300),
    Agreement: (900,),
    AgreementText: (900, 850, 840),
    Party: (900,),
    Slot: (880, 500),
    Clause: (900,),
}


def main() -> None:
    """Write the history of all generated rows, then the spans."""
    for model, days in WRITTEN.items():
        _history(model, days)
    _spans()
    rows = sum(history_of(model).objects.count() for model in WRITTEN)
    print(f"{rows:,} rows of history, {Span.objects.count():,} spans")


def _history(model, days) -> None:
    history = history_of(model)
    names = [field.attname for field in model._meta.concrete_fields]
    found = models.QuerySet(model).order_by("pk")
    for chunk in _chunks(found.values(*names)):
        history.objects.bulk_create(
            [
                history(
                    **row,
                    history_date=now() - timedelta(days=day),
                    history_type="+" if place == 0 else "~",
                )
                for place, day in enumerate(days)
                for row in chunk
            ],
            batch_size=1_000,
        )


def _spans() -> None:
    """Five spans an entry: drafted, in consultation, being signed, as it stands, reviewed."""
    bodies: dict[int, list[int]] = {}
    for row, body in RowBody.objects.values_list("row_id", "organisation_id"):
        bodies.setdefault(row, []).append(body)
    stages = ((900, 850, "draft"), (850, 800, "consultation"), (800, 600, "signing"),
              (600, 300, ""), (300, None, ""))  # fmt: skip
    for chunk in _chunks(Row.objects.order_by("pk").values()):
        spans = [
            Span(
                document_id=row["document_id"], partnership_id=row["partnership_id"],
                reference=row["reference"], begins=now() - timedelta(days=begins),
                ends=now() - timedelta(days=ends) if ends else FOR_NOW, tier=row["tier"],
                state=state or row["state"], status=state or row["status"],
                review_on=row["review_on"], community_id=row["community_id"],
                is_issued=ends not in (850, 800),
            )
            for begins, ends, state in stages
            for row in chunk
        ]  # fmt: skip
        Span.objects.filter(document_id__in=[row["document_id"] for row in chunk]).delete()
        Span.objects.bulk_create(spans, batch_size=1_000)
        SpanBody.objects.bulk_create(
            [
                SpanBody(span=span, organisation_id=body)
                for span in spans
                for body in bodies.get(span.document_id, ())
            ],
            batch_size=1_000,
        )


def _chunks(rows):
    some = []
    for row in rows.iterator(chunk_size=BATCH):
        some.append(row)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


if __name__ == "__main__":
    main()
