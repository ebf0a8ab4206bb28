"""verify_ledger beside reading the same rows raw and hashing each: `python -m tests.bench.proving` prints JSON."""

import hashlib
import json
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from django.db import connection  # noqa: E402

from register.ledger.models import Change, Entry  # noqa: E402
from register.ledger.tracked import history_of, tracked_models  # noqa: E402
from register.ledger.verify import verify  # noqa: E402


def main() -> None:
    """Hash, verify, and print both."""
    started = time.perf_counter()
    rows = sum(hashed(model) for model in read())
    raw = time.perf_counter() - started
    started = time.perf_counter()
    verify()
    verified = time.perf_counter() - started
    print(json.dumps({"verified": verified, "hashed": raw, "rows": rows}))


def read() -> list:
    """All that a proof reads: entries, changes, history and live rows."""
    tracked = tracked_models()
    return [Entry, Change, *map(history_of, tracked), *tracked]


def hashed(model) -> int:
    """Read a table as the database gives it, and hash every row; how many there are."""
    count = 0
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        while rows := cursor.fetchmany(1_000):
            count += len(rows)
            for row in rows:
                hashlib.sha256(repr(row).encode()).digest()
    return count


if __name__ == "__main__":
    main()
