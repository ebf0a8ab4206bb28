"""Checks every agreement of a generated register, and prints what each batch costs.

Run as `python -m tests.bench.checking`. Twice: as the worker does after an import, and once more where
the same answers are found. The longest that anybody else has to wait is the longest transaction.
"""

import os
import resource
import statistics
import time

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from register.documents.case import BATCH  # noqa: E402
from register.documents.models import BrokenRule, Document  # noqa: E402
from register.documents.services.checking import check_documents, mark_all_stale  # noqa: E402


def main() -> None:
    """Check everything, mark it stale, and check it again."""
    ids = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    for words in ("first", "again"):
        mark_all_stale()
        everything(words, ids)
    print(f"  findings kept: {BrokenRule.objects.count():,}")


def everything(words: str, ids: list[int]) -> None:
    """One round over all entries."""
    taken, statements, held = [], [], []
    for start in range(0, len(ids), BATCH):
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as found, connection.execute_wrapper(Holding(held)):
            check_documents(ids[start : start + BATCH])
        taken.append(time.perf_counter() - started)
        statements.append(len(found))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  check of {len(ids):,} ({words}): {sum(taken):.0f} s; a batch of {BATCH}: "
        f"{statistics.median(taken):.2f} s, {max(statements)} statements; "
        f"longest transaction {max(held, default=0) * 1_000:.0f} ms; {memory} MB",
        flush=True,
    )


class Holding:
    """Notes how long each row lock for answers was held: from its statement to the last before the next."""

    def __init__(self, held: list[float]) -> None:
        self.held, self.since = held, 0.0

    def __call__(self, execute, sql, params, many, context):
        """Run a statement, and note how far it lies from the one that locked."""
        if not connection.in_atomic_block:
            self.since = 0.0
            return execute(sql, params, many, context)
        if "documents_check" in sql and sql.startswith("SELECT"):
            self.since = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if self.since:
                self.held.append(time.perf_counter() - self.since)


if __name__ == "__main__":
    main()
