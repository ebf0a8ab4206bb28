"""Pages over many entries beside an empty page, and beside the same pages over a thousand entries.

Both registers answer in turn, so that they share whatever the machine does: what a page costs more
over a hundred times as many entries is its growth.
"""

from __future__ import annotations

from contextlib import ExitStack

from register.core.dates import add_months, today
from tests.bench.figures import Figure, print_figures
from tests.bench.installation import (
    BESIDE,
    OFFICERS,
    PASSWORD,
    PORT,
    counts,
    serving,
)
from tests.bench.measure import ROUNDS, Browser, in_turn, table, where

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
CHANGED = "/search/?q=hundredfold"
AIMS = (
    ("list", "empty", 6.0),
    ("filter", "empty", 6.0),
    ("last page", "list", 1.4),
    ("one hit", "list", 1.3),
    ("document", "empty", 7.0),
    ("history", "empty", 8.0),
    ("home", "empty", 8.0),
    ("saved view", "empty", 8.0),
    ("as at", "empty", 12.0),
)
SAVED = "/register/?status=in_force&columns=title.reference.owner.tags.review&sort=-review"
GROWTH = 1.3
SMALL = 1_000


def measure(env: dict[str, str], small: dict[str, str] | None) -> None:
    """Print each officer's table; `small` is the register of a thousand entries, where growth is asked."""
    with ExitStack() as servers:
        servers.enter_context(serving(env))
        if small:
            servers.enter_context(serving(small, port=BESIDE))
        for officer, words in OFFICERS.items():
            _officer(officer, words, env, bool(small))


def pages_of(browser: Browser) -> dict[str, str]:
    """The pages that are measured, by name; the addresses of some stand on others."""
    pages = {**PAGES, "last page": where(browser, "/register/", LAST)}
    pages["document"] = where(browser, "/register/", ENTRY)
    pages["history"] = where(browser, CHANGED, ENTRY) + "history/"
    return pages | {
        "saved view": SAVED,
        "as at": f"/past/{add_months(today(), -12)}/",
        "month": "/reports/periods/?period=last_month",
    }


def _officer(officer: str, words: str, env: dict[str, str], is_grown: bool) -> None:
    browser = signed_in(officer, PORT)
    pages = pages_of(browser)
    acts = {("", name): browser.page(path) for name, path in pages.items()}
    if is_grown:
        other = signed_in(officer, BESIDE)
        acts |= {("small", name): other.page(path) for name, path in pages_of(other).items()}
    times = in_turn(acts, ROUNDS)
    here = {name: times["", name] for name in pages}
    table(words, AIMS, here, counts(env, officer, pages))
    if is_grown:
        rows = [
            Figure(name, here[name], beside=f"over {SMALL:,} entries",
                   rival=times["small", name], aim=GROWTH)
            for name in pages
        ]  # fmt: skip
        print_figures(f"{words}: growth", rows)


def signed_in(officer: str, port: int) -> Browser:
    """A browser in which an officer is signed in."""
    browser = Browser(port)
    browser.sign_in(f"{officer}@bench.example", PASSWORD)
    return browser
