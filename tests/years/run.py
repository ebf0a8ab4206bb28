"""`python -m tests.years.run`: ten years of 500 entries, and the table of every notice.

    python -m tests.years.run [--entries 500] [--years 10] [--rounds 45] [--seed 1]

A database of its own in a folder that is removed afterwards; every job of the register runs. Ends with
status 1 where anything is missing, came twice, came late or was not expected.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import date

FIRST = date(2026, 11, 23)
LEAST_DAYS = 366


def main() -> None:
    """Make the database, live through the years, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=45)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of jobs, with commas; all where empty")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="register-years-") as folder:
        os.environ |= {"REGISTER_MODE": "test", "DATA_DIR": folder, "LOG_LEVEL": "CRITICAL"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
        sys.exit(_live(asked))


def _live(asked: argparse.Namespace) -> int:
    import django  # once the environment stands

    django.setup()
    from tests.years.prepared import prepared_years, printed

    started = time.monotonic()
    years, outcome = prepared_years(
        first=FIRST, days=max(LEAST_DAYS, asked.years * 365 + 3), entries=asked.entries,
        rounds=asked.rounds, seed=asked.seed,
        only=frozenset(filter(None, asked.only.split(","))) or None,
    )  # fmt: skip
    print(printed(outcome))
    print("* the same message again, after a worker died or the server hung up before it was noted")
    print(f"{years.ticks} ticks, {years.killed} of them killed; {time.monotonic() - started:.0f} s")
    for line in outcome.wrong[:50]:
        print("WRONG:", line)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    main()
