"""The figures of `/metrics`. Nothing of people, and nothing of any one entry.

What the web processes counted is added up for the machine that is asked (`counting.py`). All else is
read from the database, so that every machine says the same of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum

from register.core.dates import now
from register.dashboard import wellbeing
from register.dashboard.counting import BUCKETS, COUNTS, DURATIONS, REQUESTS, SECONDS
from register.dashboard.exposition import COUNTER, GAUGE, HISTOGRAM, Family
from register.documents.models import StoredFile
from register.jobs.backups import last_backup_at
from register.jobs.models import FailedItem, Run
from register.jobs.registry import jobs
from register.ledger.models import Head
from register.notices.jobs import waiting


def families() -> Iterator[Family]:
    """Every figure."""
    yield Family("register_info", GAUGE, "The release that runs, and its database.").add(
        1, {"revision": settings.REVISION, "database": connection.vendor}
    )
    yield from _requests()
    yield from _jobs()
    yield from _queues()
    yield from _sizes()
    yield Family("register_ledger_entries", GAUGE, "The number of the newest entry.").add(
        Head.objects.values_list("number", flat=True).first() or 0
    )
    if (at := last_backup_at()) is not None:
        yield Family("register_backup_age_seconds", GAUGE, "Seconds since the last backup.").add(
            (now() - at).total_seconds()
        )


def _requests() -> list[Family]:
    answered = Family("register_requests_total", COUNTER, "Answers by page, method and status.")
    lasted = Family("register_request_duration_seconds", HISTOGRAM, "Seconds by room of the house.")
    totals = COUNTS.totals()
    for name, number in sorted(totals.items()):
        if name[0] == REQUESTS:
            _, page, method, status = name
            answered.add(number, {"route": page, "method": method, "status": status})
        elif name[0] == SECONDS:
            _add_histogram(lasted, name[1], totals, number)
    return [answered, lasted]


def _add_histogram(lasted: Family, room: str, totals: dict, seconds: float) -> None:
    so_far = 0.0
    for limit in [*map(str, BUCKETS), "+Inf"]:
        so_far += totals.get((DURATIONS, room, limit), 0.0)
        lasted.add(so_far, {"room": room, "le": limit}, "_bucket")
    lasted.add(seconds, {"room": room}, "_sum").add(so_far, {"room": room}, "_count")


def _jobs() -> list[Family]:
    runs = Family("register_job_runs_total", COUNTER, "Runs of each kind of work that ended.")
    failed = Family("register_job_failures_total", COUNTER, "Runs that failed.")
    in_a_row = Family("register_job_failures_in_a_row", GAUGE, "Failures since it last ended well.")
    ago = Family("register_job_success_age_seconds", GAUGE, "Seconds since it last ended well.")
    for row in Run.objects.filter(job__in=[job.name for job in jobs()]).order_by("job"):
        labels = {"job": row.job}
        runs.add(row.runs, labels)
        failed.add(row.failed_runs, labels)
        in_a_row.add(row.failures, labels)
        if row.succeeded_at:
            ago.add((now() - row.succeeded_at).total_seconds(), labels)
    heard = wellbeing.heard_seconds()
    alive = Family("register_worker_heard_seconds", GAUGE, "Seconds since any worker was heard of.")
    return [runs, failed, in_a_row, ago, alive.add(heard) if heard is not None else alive]


def _queues() -> list[Family]:
    many = Family("register_queue_length", GAUGE, "What waits for the worker.")
    ages = Family("register_queue_age_seconds", GAUGE, "For how long the first of them has waited.")
    for row in wellbeing.queues():
        labels = {"queue": row["name"]}
        many.add(row["count"], labels)
        age = (now() - row["since"]).total_seconds() if row["since"] else 0
        ages.add(max(0, age), labels)
    due = Family("register_outbox_due", GAUGE, "Messages that are due and not sent.")
    lost = Family("register_given_up", GAUGE, "What was given up after the last try.")
    for what, count in wellbeing.given_up().items():
        lost.add(count, {"what": what})
    failing = Family("register_failed_items", GAUGE, "What failed and is tried again.")
    failing.add(FailedItem.objects.filter(given_up_at__isnull=True).count())
    return [many, ages, due.add(waiting().count()), lost, failing]


def _sizes() -> list[Family]:
    kept = StoredFile.objects.aggregate(count=Count("pk"), size=Sum("size"))
    free = Family("register_disk_free_bytes", GAUGE, "Room left where data lie.")
    for name, folder in (("data", settings.DATA_DIR), ("files", settings.MEDIA_ROOT)):
        place = Path(folder)
        while not place.exists():
            place = place.parent
        free.add(shutil.disk_usage(place).free, {"folder": name})
    return [
        Family("register_database_bytes", GAUGE, "The size of the database.").add(_database()),
        Family("register_files", GAUGE, "Stored files.").add(kept["count"]),
        Family("register_files_bytes", GAUGE, "Their size together.").add(kept["size"] or 0),
        free,
    ]


def _database() -> int:
    size = (
        "SELECT pg_database_size(current_database())"
        if connection.vendor == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    with connection.cursor() as cursor:
        cursor.execute(size)
        return cursor.fetchone()[0]
