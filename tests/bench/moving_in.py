"""Brings a spreadsheet in as the worker does: `python -m tests.bench.moving_in FILE` prints its seconds as JSON."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from register.directory.models import Partnership  # noqa: E402
from register.exchange.models import ImportState  # noqa: E402
from register.exchange.services import (  # noqa: E402
    SYSTEM,
    bring_in,
    make_plan,
    receive,
    take_up,
)


def main(path: Path) -> None:
    """Receive, plan, bring in; each by the clock."""
    partnership = Partnership.objects.get(prefix="BN")
    row = receive(by=SYSTEM, partnership=partnership, path=path, name=path.name)
    started = time.perf_counter()
    make_plan(row)
    planned = time.perf_counter() - started
    if row.rejected or row.new != row.rows:
        raise SystemExit(f"{row.counts_words}: {row.report_text[:2000]}")
    started = time.perf_counter()
    row = bring_in(take_up(row))
    applied = time.perf_counter() - started
    if row.state != ImportState.DONE:
        raise SystemExit(row.failure)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"planned": planned, "applied": applied, "megabytes": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
