"""`make bench`: what the register costs, beside its limits and its rivals of the same run, on both databases.

    python -m tests.bench.run [--entries 100000] [--engine sqlite|postgresql] [--only PART …]
                              [--agreements 10000] [--folder FOLDER]

Nothing is asserted: the aims stand beside the figures. `docs/recipes/bench.md` says what each part
measures. `--folder` fills an SQLite installation there once, and uses it as it stands the next time.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from tests.bench import moving, pages, sharing, starting, writing
from tests.bench.installation import BESIDE, PORT, analyze, collect, installation, prepare, run

FILLED = ("pages", "writing", "starting")  # parts that ask one register of many entries
PARTS = (*FILLED, "moving", "printing", "sharing")
SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Measure each part that is asked for, on each database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--agreements", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--folder", default="")
    asked = parser.parse_args()
    # Ended from outside it still takes its servers and folders away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    collect()
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
        measure(engine, asked)


def measure(engine: str, asked: argparse.Namespace) -> None:
    """Print the tables of one database."""
    if wanted := [part for part in FILLED if part in asked.only]:
        over_many(engine, asked.entries, wanted, asked.folder)
    if "moving" in asked.only:
        moving.measure(engine, [size for size in SIZES if size <= asked.entries] or [asked.entries])
    others: dict[str, Callable] = {
        "printing": printed,
        "sharing": lambda env: sharing.measure(engine, asked.agreements, env),
    }
    for part, take in others.items():
        if part in asked.only:
            with installation(engine) as env:
                take(env)


def printed(env: dict[str, str]) -> None:
    """Lay out in a process that has the settings of an installation; no database is asked."""
    run(env, "-m", "tests.bench.printing", output=None)


def over_many(engine: str, entries: int, wanted: list[str], folder: str) -> None:
    """Fill one register, and measure all parts that ask it."""
    with installation(engine, folder if engine == "sqlite" else "") as env:
        fill(engine, env, entries)
        if "pages" in wanted:
            is_large = entries > pages.SMALL
            beside = installation(engine, port=BESIDE) if is_large else nullcontext(None)
            with beside as small:
                if small:
                    fill(engine, small, pages.SMALL)
                pages.measure(env, small)
        if "writing" in wanted:
            writing.measure(engine, entries, env, PORT)
        if "starting" in wanted:
            starting.measure(engine, env)


def fill(engine: str, env: dict[str, str], entries: int) -> None:
    """Generate entries with their past; a folder that holds a register is used as it stands."""
    began = time.perf_counter()
    is_kept = engine == "sqlite" and Path(env["DATA_DIR"], "register.sqlite3").exists()
    prepare(env)
    if not is_kept:
        run(env, "-m", "tests.bench.fill", str(entries))
        run(env, "-m", "tests.bench.fill_past")
    run(env, "-m", "tests.bench.fill_changed")
    analyze(engine, env)
    made = "as they stood" if is_kept else f"made in {time.perf_counter() - began:.0f} s"
    print(f"\n{engine}, {entries:,} entries ({made})", flush=True)


if __name__ == "__main__":
    main()
