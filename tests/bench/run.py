"""`make bench`: pages over generated entries on both databases, beside an empty page in the same run.

    python -m tests.bench.run [--entries 100000] [--engine sqlite|postgresql]

Every figure is a ratio to the empty page (the real base template, signed in, all middleware), or of
one page to another; nothing is asserted, the aims stand beside the figures.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.bench.measure import Browser, milliseconds, where
from tools.with_postgres import server

ROOT = Path(__file__).resolve().parents[2]
OFFICERS = ("one", "twenty", "all")
WORDS = {"one": "of one body", "twenty": "of twenty bodies", "all": "register officer"}
PASSWORD = "a long word for measuring"
PORT = 8931
PAGES = {
    "empty": "/accessibility/",
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
)


def main() -> None:
    """Fill, serve, measure and print, for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
        database = server() if engine == "postgresql" else nullcontext({})
        with tempfile.TemporaryDirectory(prefix="register-bench-") as folder, database as addresses:
            measure(engine, asked.entries, environment(folder, addresses))


def environment(folder: str, addresses: dict[str, str]) -> dict[str, str]:
    """The environment of everything that is measured."""
    return {
        **os.environ,
        **addresses,
        "REGISTER_MODE": "demonstration",
        "DATA_DIR": folder,
        "BASE_URL": f"http://127.0.0.1:{PORT}",
        "DJANGO_SETTINGS_MODULE": "register.settings",
    }


def measure(engine: str, entries: int, env: dict[str, str]) -> None:
    """Print the table of one database."""
    run(env, "manage.py", "prepare")
    run(env, "manage.py", "collectstatic", "--noinput", "-v0")
    started = time.perf_counter()
    run(env, "-m", "tests.bench.fill", str(entries))
    if engine == "postgresql":
        run(env, "manage.py", "shell", "-c", "from django.db import connection as c; "
            "c.cursor().execute('ANALYZE')")  # fmt: skip
    print(f"\n{engine}, {entries:,} entries (made in {time.perf_counter() - started:.0f} s)")
    with serving(env):
        for officer in OFFICERS:
            browser = Browser(PORT)
            browser.sign_in(f"{officer}@bench.example", PASSWORD)
            pages = {**PAGES, "last page": where(browser, "/register/", LAST)}
            pages["document"] = where(browser, "/register/", ENTRY)
            times = milliseconds(browser, pages)
            table(officer, pages, times, counts(env, officer, pages))


def table(officer: str, pages: dict, times: dict[str, float], statements: dict[str, int]) -> None:
    """Print one officer's figures."""
    print(f"\n  {WORDS[officer]}")
    print(f"  {'page':<12}{'ms':>8}{'statements':>12}")
    for name in pages:
        print(f"  {name:<12}{times[name]:>8.1f}{statements[name]:>12}")
    for page, beside, aim in AIMS:
        ratio = times[page] / times[beside]
        verdict = "met" if ratio <= aim else "MISSED"
        print(f"  {page} / {beside}: {ratio:.2f} (aim {aim}) {verdict}")


def counts(env: dict[str, str], officer: str, pages: dict[str, str]) -> dict[str, int]:
    """How many statements each page takes."""
    out = subprocess.run(
        [sys.executable, "-m", "tests.bench.statements", f"{officer}@bench.example", *pages.values()],
        cwd=ROOT, env={**env, "ALLOWED_HOSTS": "testserver,127.0.0.1"}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return dict(zip(pages, map(int, out.stdout.split()), strict=True))


@contextmanager
def serving(env: dict[str, str]):
    """The web server, for as long as the block lasts."""
    command = [sys.executable, "-m", "gunicorn", "register.wsgi", "--bind", f"127.0.0.1:{PORT}",
               "--workers", "1", "--threads", "2", "--no-control-socket"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/accounts/login/", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(15)


def run(env: dict[str, str], *command: str) -> None:
    """Run one of the project's commands."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
