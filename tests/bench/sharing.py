"""Flows, rules and the reports on sharing over generated agreements; run by `tests.bench.run`.

The check of every agreement comes first, batch by batch, then once more where no input has changed;
then the pages of each officer beside an empty page, with the statements of each.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

from tests.bench.installation import (
    OFFICERS,
    PASSWORD,
    PORT,
    analyze,
    counts,
    prepare,
    run,
    serving,
)
from tests.bench.measure import Browser, milliseconds, table, where

ROUNDS = 7
PAGES = {
    "empty": "/accessibility/",
    "matrix": "/who-shares/",
    "two kinds": "/who-shares/?giver_kind=police_force&taker_kind=nhs_trust",
    "pairs": "/who-shares/?form=list",
    "flows": "/who-shares/flows/",
    "flow picture": "/who-shares/picture/?body=1",
    "coverage": "/reports/coverage/",
    "not covered": "/reports/not-covered/",
    "partner report": "/reports/partner/1/",
    "inventory": "/reports/inventory/",
    "duplicates": "/reports/duplicates/",
    "tasks": "/tasks/",
    "check bars": "/register/?check=bars",
    "rule F1": "/register/?rule=F1",
    "rule F41": "/register/?rule=F41",
}
PAIR = r'href="(/who-shares/flows/\?[^"]*giver=\d+[^"]*)"'
ENTRY = r'href="(/register/BN-A-\d+/)"'
AIMS = (
    ("matrix", "empty", 25.0),
    ("pairs", "empty", 25.0),
    ("two kinds", "empty", 8.0),
    ("flows", "empty", 15.0),
    ("one pair", "empty", 8.0),
    ("flow picture", "empty", 12.0),
    ("coverage", "empty", 25.0),
    ("not covered", "empty", 15.0),
    ("partner report", "empty", 8.0),
    ("inventory", "empty", 40.0),
    ("duplicates", "empty", 60.0),
    ("may share", "empty", 6.0),
    ("api may share", "empty", 6.0),
    ("check bars", "empty", 6.0),
    ("rule F1", "empty", 6.0),
    ("rule F41", "empty", 6.0),
    ("document", "empty", 12.0),
)


def measure(engine: str, agreements: int, env: dict[str, str]) -> None:
    """Print the tables of one database."""
    prepare(env)
    started = time.perf_counter()
    run(env, "-m", "tests.bench.fill", str(agreements))
    run(env, "-m", "tests.bench.fill_sharing")
    analyze(engine, env)
    taken = time.perf_counter() - started
    print(f"\n{engine}, {agreements:,} agreements with flows (made in {taken:.0f} s)", flush=True)
    run(env, "-m", "tests.bench.checking", output=None)
    analyze(engine, env)
    with serving(env):
        for officer, words in OFFICERS.items():
            browser = Browser(PORT)
            browser.sign_in(f"{officer}@bench.example", PASSWORD)
            pages = {**PAGES, **asked(browser)}
            times = milliseconds(browser, pages, ROUNDS)
            table(words, AIMS, times, counts(env, officer, pages))


def asked(browser: Browser) -> dict[str, str]:
    """The pages whose addresses stand on other pages: one pair, may they share, an entry."""
    names = {"giver": "Body 000 of Benchshire Council", "taker": "Body 001 of Benchshire Council"}
    question = {"from": names["giver"], "to": names["taker"], "category": "health"}
    return {
        "one pair": where(browser, "/who-shares/?form=list&sort=amount", PAIR),
        "may share": f"/may-share/?{urlencode({**names, 'category': 'health'})}",
        "api may share": f"/api/may-share?{urlencode(question)}",
        "document": where(browser, "/register/?tier=3", ENTRY),
    }
