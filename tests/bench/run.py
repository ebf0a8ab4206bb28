"""`make bench`: pages over generated entries on both databases, beside an empty page in the same run.

    python -m tests.bench.run [--entries 100000] [--engine sqlite|postgresql]
                              [--only pages|sharing] [--agreements 10000]

First pages over many entries, then `tests.bench.sharing`: flows, rules and reports over fewer.

Every figure is a ratio to the empty page (the real base template, signed in, all middleware), or of
one page to another; nothing is asserted, the aims stand beside the figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import contextmanager, nullcontext

from register.core.dates import add_months, today
from tests.bench import sharing
from tests.bench.installation import (
    OFFICERS,
    PASSWORD,
    PORT,
    analyze,
    counts,
    environment,
    prepare,
    run,
    serving,
)
from tests.bench.measure import Browser, milliseconds, table, where
from tools.with_postgres import server

PAGES = {
    "empty": "/accessibility/",
    "home": "/",
    "list": "/register/",
    "filter": "/register/?status=in_force&review=90",
    "one hit": "/search/?q=quixotic",
    "thousands": "/search/?q=safeguarding",
}
LAST = r'href="([^"]+)"[^>]*>\s*Last'
ENTRY = r'href="(/register/BN-A-\d+/)"'
AIMS = (
    ("list", "empty", 6.0),
    ("filter", "empty", 6.0),
    ("last page", "list", 1.4),
    ("one hit", "list", 1.3),
    ("document", "empty", 7.0),
    ("home", "empty", 8.0),
    ("saved view", "empty", 8.0),
    ("as at", "empty", 12.0),
)
SAVED = "/register/?status=in_force&columns=title.reference.owner.tags.review&sort=-review"


def main() -> None:
    """Fill, serve, measure and print, for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--agreements", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--only", choices=("pages", "sharing"))
    asked = parser.parse_args()
    parts = {"pages": (measure, asked.entries), "sharing": (sharing.measure, asked.agreements)}
    for part, (take, count) in parts.items():
        if asked.only in (None, part):
            for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
                with installation(engine) as env:
                    take(engine, count, env)


@contextmanager
def installation(engine: str):
    """The environment of a fresh installation, for as long as the block lasts."""
    database = server() if engine == "postgresql" else nullcontext({})
    with tempfile.TemporaryDirectory(prefix="register-bench-") as folder, database as addresses:
        yield environment(folder, addresses)


def measure(engine: str, entries: int, env: dict[str, str]) -> None:
    """Print the table of one database."""
    prepare(env)
    started = time.perf_counter()
    run(env, "-m", "tests.bench.fill", str(entries))
    run(env, "-m", "tests.bench.fill_past")
    analyze(engine, env)
    print(f"\n{engine}, {entries:,} entries (made in {time.perf_counter() - started:.0f} s)")
    with serving(env):
        for officer in OFFICERS:
            browser = Browser(PORT)
            browser.sign_in(f"{officer}@bench.example", PASSWORD)
            pages = {**PAGES, "last page": where(browser, "/register/", LAST)}
            pages["document"] = where(browser, "/register/", ENTRY)
            pages |= {"saved view": SAVED, "as at": f"/past/{add_months(today(), -12)}/",
                      "month": "/reports/periods/?period=last_month"}  # fmt: skip
            times = milliseconds(browser, pages)
            table(OFFICERS[officer], AIMS, times, counts(env, officer, pages))


if __name__ == "__main__":
    main()
