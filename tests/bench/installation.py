"""The installation that is measured: its environment, its commands, its web server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OFFICERS = {"one": "of one body", "twenty": "of twenty bodies", "all": "register officer"}
PASSWORD = "a long word for measuring"
PORT = 8931


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


def prepare(env: dict[str, str]) -> None:
    """An empty database and the files of the front end."""
    run(env, "manage.py", "prepare")
    run(env, "manage.py", "collectstatic", "--noinput", "-v0")


def analyze(engine: str, env: dict[str, str]) -> None:
    """Let PostgreSQL count what was just filled in; its own housekeeping would come too late."""
    if engine == "postgresql":
        run(env, "manage.py", "shell", "-c", "from django.db import connection as c; "
            "c.cursor().execute('ANALYZE')")  # fmt: skip


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


def run(env: dict[str, str], *command: str, output=sys.stderr) -> None:
    """Run one of the project's commands; what it prints goes beside the tables, or (None) among them."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, stdout=output)
