"""A spreadsheet in, the register out, and the proof of the ledger: at a thousand rows, ten and a hundred thousand.

Beside the import the very rows that it wrote, written with simple-history's bulk_create_with_history
into an empty register; beside the export COPY of the same columns (PostgreSQL), or a csv.writer over
the same SELECT (SQLite).
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from tests.bench.figures import Figure, print_figures
from tests.bench.installation import (
    BESIDE,
    PORT,
    analyze,
    answer,
    installation,
    prepare,
    run,
    serving,
)
from tests.bench.pages import signed_in
from tests.bench.words import WORDS

HEADER = ("Reference", "Title", "Lead organisation", "Partners", "Purpose", "Legal basis",
          "Information shared", "Start date", "End date", "Review date", "Status")  # fmt: skip
BODIES, PARTNERS = 200, 3
IMPORT, EXPORT, A_SECOND = 2.0, 8.0, 1_000
TIMES = 3  # how often a file of up to ten thousand rows is asked for


def measure(engine: str, sizes: list[int]) -> None:
    """Print one table for each size."""
    for rows in sizes:
        with installation(engine) as env, installation(engine, port=BESIDE) as raw:
            for each in (env, raw):
                prepare(each)
                run(each, "-m", "tests.bench.fill", "0")
            print_figures(f"{engine}: moving {rows:,} rows", figures(engine, rows, env, raw))


def figures(engine: str, rows: int, env: dict[str, str], raw: dict[str, str]) -> list[Figure]:
    """What it takes to bring so many rows in, to take them out, and to prove their history."""
    file = Path(env["DATA_DIR"]) / "agreements.csv"
    spreadsheet(file, rows)
    dump = Path(env["DATA_DIR"]) / "rows.pickle"
    came = told(env, "tests.bench.moving_in", str(file))
    analyze(engine, env)
    run(env, "-m", "tests.bench.same_rows", "read", str(dump))
    bulk = told(raw, "tests.bench.same_rows", "write", str(dump))
    proof = told(env, "tests.bench.proving")
    ours, copied = exported(env, rows)
    return [
        Figure("dry run", came["planned"], "s"),
        Figure("import", came["applied"], "s", f"bulk_create, {bulk['rows']:,} rows, history",
               bulk["seconds"], IMPORT),
        Figure("import, rows a second", rows / came["applied"], "", aim=A_SECOND, at_least=True),
        Figure("import, peak of memory", came["megabytes"], "MB"),
        Figure("export as CSV", ours, "s", "raw COPY" if engine == "postgresql" else "csv of SELECT",
               copied, EXPORT),
        Figure("verify_ledger", proof["verified"], "s", f"{proof['rows']:,} rows read and hashed",
               proof["hashed"]),
    ]  # fmt: skip


def exported(env: dict[str, str], rows: int) -> tuple[float, float]:
    """Seconds that the list takes as CSV over HTTP, and the raw way; in turn."""
    ours, raw = [], []
    with serving(env):
        browser = signed_in("all", PORT)
        for _ in range(TIMES if rows <= 10_000 else 1):
            raw.append(told(env, "tests.bench.copying")["seconds"])
            started = time.perf_counter()
            status, body, _ = browser.ask("/register/export/csv/")
            ours.append(time.perf_counter() - started)
            lines = body.count(b"\r\n")
            if status != 200 or lines != rows + 1:
                raise RuntimeError(f"The export answered {status} with {lines} lines")
    return statistics.median(ours), statistics.median(raw)


def told(env: dict[str, str], module: str, *words: str) -> dict:
    """What a module that measures in a process of its own prints last."""
    return json.loads(answer(env, "-m", module, *words).splitlines()[-1])


def spreadsheet(file: Path, rows: int) -> None:
    """A register as an office keeps it: a row an agreement, four bodies each, dates and texts."""
    chance, first = random.Random(rows), date(2020, 1, 6)
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for number in range(1, rows + 1):
            lead, *others = (_body(n) for n in chance.sample(range(BODIES), PARTNERS + 1))
            begins = first + timedelta(days=chance.randrange(2_000))
            writer.writerow([
                f"ISA/{number:06d}", f"{' '.join(chance.sample(WORDS, 4)).capitalize()} {number}",
                lead, "; ".join(others), _text(chance, 30), "Children Act 2004, section 10",
                _text(chance, 12), _day(begins), _day(begins + timedelta(days=4_000)),
                _day(begins + timedelta(days=2_500)), "Current",
            ])  # fmt: skip


def _body(number: int) -> str:
    return f"Body {number:03d} of Benchshire Council"


def _text(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize()


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
