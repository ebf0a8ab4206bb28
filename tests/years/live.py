"""The process in which the years pass: what `tests.years.run` starts over a fresh database."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date

import django

django.setup()

from register.lists.services import load_lists  # noqa: E402
from tests.years.simulation import Years  # noqa: E402
from tests.years.table import printed  # noqa: E402

FIRST = date(2026, 11, 23)
SHOWN = 100


def main() -> int:
    """Live through the years and print the table; 1 where something does not agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=45)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of jobs, with commas; all where empty")
    asked = parser.parse_args()
    load_lists()
    started = time.monotonic()
    years = Years(
        FIRST, days=asked.years * 365 + 3, entries=asked.entries, rounds=asked.rounds,
        seed=asked.seed, only=frozenset(filter(None, asked.only.split(","))) or None,
        told=lambda line: print(line, flush=True),
    )  # fmt: skip
    outcome = years.run()
    print(printed(outcome))
    print("* the same message again: a worker died, or the server hung up, before it was noted")
    print(f"{years.ticks} ticks, {years.killed} killed; {time.monotonic() - started:.0f} seconds")
    for line in outcome.wrong[:SHOWN]:
        print("WRONG:", line)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
