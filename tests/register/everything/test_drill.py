"""The drill: backed up under load, destroyed, restored, on both databases; and moved between them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest

from tools import with_postgres

ROOT = Path(__file__).resolve().parents[3]
DATABASES = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "APP_DATABASE_ROLE")
WAIT_SECONDS = 300
BUSY = "from tests.register.everything import busy"
pytestmark = pytest.mark.own_servers


@dataclass
class Place:
    """One installation: its folder and its database."""

    folder: Path
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its commands run with."""
        others = {name: value for name, value in os.environ.items() if name not in DATABASES}
        ours = {"REGISTER_MODE": "test", "DATA_DIR": str(self.folder)}
        return {**others, **self.addresses, **ours}

    def prepare(self) -> Place:
        """Make the tables, and what stands in an installation that nobody has used yet."""
        self.run("-m", "tests.register.everything.quick_tables")
        return self

    def run(self, *command: str) -> str:
        """Run a program of the project, which has to end well; what it said."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def do(self, *commands: tuple[str, ...]) -> list[dict]:
        """What each command said or refused, and what the installation held after it."""
        code = f"{BUSY}; busy.do(*{commands!r})"
        said = self.run("manage.py", "shell", "-v0", "-c", code)
        return json.loads(said.strip().splitlines()[-1])

    @contextmanager
    def in_use(self, logs: list[Path], *, first: str = "pass") -> Iterator[None]:
        """While two write without a pause, until they are killed."""
        code = f"{BUSY}; {first}; busy.keep_writing(*{[str(log) for log in logs]!r})"
        writers = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT,
            env=self.environment, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until(
                lambda: writers.poll() is not None or all(len(lines(log)) > 1 for log in logs)
            )
            yield
            assert writers.poll() is None
        finally:
            os.killpg(writers.pid, signal.SIGKILL)
            writers.wait()

    def destroy(self) -> None:
        """Nothing of it is left."""
        shutil.rmtree(self.folder)
        if self.addresses:
            sql(self.addresses, f'DROP DATABASE "{name_of(self.addresses)}" WITH (FORCE)')


def sql(addresses: dict[str, str], statement: str) -> None:
    """Run a statement as the owner, beside the register's own database."""
    folder = re.search(r"host=(.+)$", addresses["DATABASE_URL"]).group(1)
    connection = psycopg2.connect(host=folder, user=with_postgres.OWNER, dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def name_of(addresses: dict[str, str]) -> str:
    """The name of the database in an address."""
    return re.search(r"@/(\w+)\?", addresses["DATABASE_URL"]).group(1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An installation on SQLite with nothing in it but what `prepare` makes."""
    return Place(tmp_path_factory.mktemp("prepared")).prepare()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A PostgreSQL whose database is prepared, to make others from."""
    with with_postgres.server() as addresses:
        Place(tmp_path_factory.mktemp("template"), addresses).prepare()
        yield addresses


def on_sqlite(prepared: Place, folder: Path) -> Place:
    """An empty installation on SQLite."""
    shutil.copytree(prepared.folder, folder)
    return Place(folder)


def on_postgres(server: dict[str, str], folder: Path) -> Place:
    """An empty installation on PostgreSQL."""
    name = folder.name
    sql(server, f'CREATE DATABASE "{name}" TEMPLATE "{with_postgres.DATABASE}"')
    folder.mkdir()
    old = f"@/{with_postgres.DATABASE}?"
    moved = {key: value.replace(old, f"@/{name}?") for key, value in server.items()}
    return Place(folder, moved)


def back_up_in_use(place: Place, file: Path, logs: list[Path], *, first: str = "pass") -> set[str]:
    """Two write while a third backs up; then all is destroyed. What was acknowledged before."""
    with place.in_use(logs, first=first):
        acknowledged = {line for log in logs for line in lines(log)}
        place.run("manage.py", "backup", "--to", str(file))
        assert {line for log in logs for line in lines(log)} > acknowledged
    place.destroy()
    return acknowledged


def broken(file: Path) -> list[tuple[str, ...]]:
    """Commands that restore a backup that was cut off, and one in which a byte is another."""
    whole = file.read_bytes()
    cut, altered = file.with_suffix(".cut"), file.with_suffix(".altered")
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    middle = len(whole) // 4
    altered.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0x5A]) + whole[middle + 1 :])
    return [("restore", "--from", str(cut)), ("restore", "--from", str(altered))]


def check_restored(answers: list[dict], file: Path, acknowledged: set[str]) -> None:
    """The broken backups left nothing, the whole one all, and its second restoring was refused."""
    cut, altered, found, again = answers[:4]
    assert "is cut off, damaged" in cut["refused"]
    assert "altered or damaged" in altered["refused"]
    for refused in (cut, altered):
        assert not refused["files"]
        assert not refused["notes"]
        assert refused["counts"]["documents_document"] == refused["counts"]["accounts_user"] == 0
    assert "holds a register already" in again.pop("refused")
    said, manifest = found.pop("said"), manifest_of(file)
    assert again == found
    assert f"Head: {manifest['head']['sha256']}" in said
    assert found["head"] == manifest["head"]["sha256"]
    assert acknowledged <= set(found["notes"])
    for table in manifest["tables"]:
        name = Path(table["member"]).name.removesuffix(".copy")
        if name in found["counts"] and name != "jobs_restoredcopy":
            assert found["counts"][name] == table["rows"], name
    assert found["files"] == {file["path"]: file["sha256"] for file in manifest["files"]}
    assert len(found["files"]) > len(acknowledged)
    assert found["is_held"]


def check_moved(before: dict, after: dict) -> None:
    """An installation says what the other said, but for passwords, and is held."""
    for what in ("head", "notes", "files"):
        assert after[what] == before[what], what
    assert not after["signs_in"]
    assert after["is_held"]


def test_backed_up_under_load_destroyed_restored_and_moved(prepared, server, tmp_path):
    one, two, three, four = [str(tmp_path / name) for name in ("one", "two", "three", "four")]
    first = on_sqlite(prepared, tmp_path / "first")
    acknowledged = back_up_in_use(first, Path(one), logs(tmp_path, "a"), first="busy.fill()")

    second = on_sqlite(prepared, tmp_path / "second")
    said = second.do(
        *broken(Path(one)), ("restore", "--from", one), ("restore", "--from", one),
        ("export_everything", "--to", two),
    )  # fmt: skip
    check_restored(said, Path(one), acknowledged)
    assert said[-1]["signs_in"]

    third = on_postgres(server, tmp_path / "third")
    used = {name: given for name, given in third.addresses.items() if "MIGRATE" not in name}
    (refused,) = Place(third.folder, used).do(("import_everything", "--from", two))
    assert "Only the owner of the tables may do this" in refused["refused"]
    assert not refused["files"]
    wrong, moved = third.do(("restore", "--from", one), ("import_everything", "--from", two))
    assert "a backup of SQLite, and this installation runs on PostgreSQL" in wrong["refused"]
    check_moved(said[-1], moved)
    acknowledged = back_up_in_use(third, Path(three), logs(tmp_path, "b"))

    fourth = on_postgres(server, tmp_path / "fourth")
    said = fourth.do(
        *broken(Path(three)), ("restore", "--from", three), ("restore", "--from", three),
        ("export_everything", "--to", four),
    )  # fmt: skip
    check_restored(said, Path(three), acknowledged)
    fifth = on_sqlite(prepared, tmp_path / "fifth")
    wrong, moved = fifth.do(("restore", "--from", three), ("import_everything", "--from", four))
    assert "a backup of PostgreSQL, and this installation runs on SQLite" in wrong["refused"]
    check_moved(said[-1], moved)


def logs(folder: Path, name: str) -> list[Path]:
    """Where two writers note what was acknowledged."""
    return [folder / f"{name}{number}.log" for number in (1, 2)]


def wait_until(is_so) -> None:
    """Wait for something that takes a moment."""
    until = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def lines(path: Path) -> list[str]:
    """The whole lines of a log so far."""
    if not path.exists():
        return []
    return [line[:-1] for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]


def manifest_of(path: Path) -> dict:
    """The manifest of an archive."""
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))
