"""The installations that are measured: their environment, their commands, their web servers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tools.with_postgres import server

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("BUILD_DIR") or ROOT / "build")
OFFICERS = {"one": "of one body", "twenty": "of twenty bodies", "all": "register officer"}
PASSWORD = "a long word for measuring"
PORT = 8931
BESIDE = 8932  # where what it is held against listens, at the same time
REGISTER, PLAIN = "register.wsgi", "tests.bench.plain.wsgi"
_first: list[tempfile.TemporaryDirectory] = []  # an installation as it is prepared, on SQLite
SIGN_IN = {REGISTER: "/accounts/login/", PLAIN: "/admin/login/"}


@contextmanager
def installation(engine: str, folder: str = "", port: int = PORT) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation for as long as the block lasts; a named folder stays."""
    database = server() if engine == "postgresql" else nullcontext({})
    place = nullcontext(folder) if folder else tempfile.TemporaryDirectory(prefix="register-bench-")
    with place as data, database as addresses:
        yield environment(data, addresses, port)


def environment(folder: str, addresses: dict[str, str], port: int = PORT) -> dict[str, str]:
    """The environment of everything that is measured."""
    return {
        **os.environ,
        **addresses,
        "REGISTER_MODE": "demonstration",
        "DATA_DIR": folder,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "register.settings",
    }


@contextmanager
def plain_installation(engine: str) -> Iterator[dict[str, str]]:
    """The environment of the plain admin, on a database of the same kind that it owns."""
    with installation(engine, port=BESIDE) as env:
        owned = env.get("MIGRATE_DATABASE_URL", "")
        own = {"DATABASE_URL": owned} if owned else {}
        yield {**env, **own, "DJANGO_SETTINGS_MODULE": "tests.bench.plain.settings"}


def prepare(env: dict[str, str]) -> None:
    """An empty database with the reference lists; on SQLite made once in a run, and copied."""
    folder = Path(env["DATA_DIR"])
    is_fresh = not (env.get("DATABASE_URL") or (folder / "register.sqlite3").exists())
    if is_fresh and _first:
        shutil.copytree(_first[0].name, folder, dirs_exist_ok=True)
        return
    run(env, "manage.py", "prepare")
    if is_fresh:
        _first.append(tempfile.TemporaryDirectory(prefix="register-bench-"))
        shutil.copytree(folder, _first[0].name, dirs_exist_ok=True)


def collect() -> None:
    """The files of the front end, where one of them is newer than those that were collected."""
    made = BUILD / "collected" / "staticfiles.json"
    files = [path for top in (ROOT / "static", BUILD / "front") for path in top.rglob("*")]
    if not made.exists() or made.stat().st_mtime < max(path.stat().st_mtime for path in files):
        with tempfile.TemporaryDirectory(prefix="register-bench-") as folder:
            run(environment(folder, {}), "manage.py", "collectstatic", "--noinput", "-v0")


def analyze(engine: str, env: dict[str, str]) -> None:
    """Let PostgreSQL count what was just filled in; its own housekeeping would come too late."""
    if engine == "postgresql":
        run(env, "manage.py", "shell", "-c", "from django.db import connection as c; "
            "c.cursor().execute('ANALYZE')")  # fmt: skip


def counts(env: dict[str, str], officer: str, pages: dict[str, str]) -> dict[str, int]:
    """How many statements each page takes."""
    out = answer(
        {**env, "ALLOWED_HOSTS": "testserver,127.0.0.1"},
        "-m", "tests.bench.statements", f"{officer}@bench.example", *pages.values(),
    )  # fmt: skip
    return dict(zip(pages, map(int, out.split()), strict=True))


@contextmanager
def serving(env: dict[str, str], app: str = REGISTER, port: int = PORT):
    """The web server, for as long as the block lasts."""
    process = started(env, app, port)
    try:
        wait(app, port)
        yield process
    finally:
        stop(process)


def started(env: dict[str, str], app: str, port: int) -> subprocess.Popen:
    """A web server with one worker, as it is begun: it may not answer yet."""
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}",
               "--workers", "1", "--threads", "2", "--no-control-socket",
               "--keep-alive", "600", "--log-level", "error"]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, env=env)


def wait(app: str, port: int, every: float = 0.2) -> None:
    """Wait for the first answer of a web server."""
    for _ in range(int(60 / every)):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{SIGN_IN[app]}", timeout=60)
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(every)
    raise RuntimeError(f"{app} did not answer within a minute.")


def stop(process: subprocess.Popen) -> None:
    """End a server or a worker."""
    process.terminate()
    process.wait(30)


def run(env: dict[str, str], *command: str, output=sys.stderr) -> None:
    """Run one of the project's commands; what it prints goes beside the tables, or (None) among them."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, stdout=output)


def answer(env: dict[str, str], *command: str) -> str:
    """What one of the project's commands prints."""
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True,
                           stdout=subprocess.PIPE, text=True)  # fmt: skip
    return ended.stdout
