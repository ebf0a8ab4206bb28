"""The drill: backed up under load, destroyed, restored, on both databases; and moved between them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest

from tools import with_postgres

ROOT = Path(__file__).resolve().parents[3]
DATABASES = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "APP_DATABASE_ROLE")
WAIT_SECONDS = 300
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
        made = self.run("-m", "tests.register.everything.quick_tables")
        assert made.returncode == 0, made.stderr
        self.do("prepare")
        return self

    def ask(self, *command: str) -> subprocess.CompletedProcess:
        """Run one of the register's commands to its end."""
        return self.run("manage.py", *command)

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run a program of the project to its end."""
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment,
            capture_output=True, text=True,
        )  # fmt: skip

    def do(self, *command: str) -> str:
        """Run a command that has to end well; what it said."""
        done = self.ask(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def inside(self, call: str) -> str:
        """Run a function of `busy.py` inside; what it printed last."""
        said = self.do(
            "shell", "-v0", "-c", f"from tests.register.everything import busy; busy.{call}"
        )
        return said.strip().splitlines()[-1] if said.strip() else ""

    def tell(self) -> dict:
        """What it holds."""
        return json.loads(self.inside("tell()"))

    def begin_writing(self, log: Path) -> subprocess.Popen:
        """A process that writes until it is killed."""
        code = f"from tests.register.everything import busy; busy.keep_writing({str(log)!r})"
        return subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT,
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

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


def drill(place: Place, empty: Place, file: Path, logs: Path) -> dict:
    """Two write without a pause while a third backs up; then all is destroyed, and restored elsewhere."""
    paths = [logs / f"{file.name}.{number}" for number in (1, 2)]
    writers = [place.begin_writing(path) for path in paths]
    try:
        wait_until(lambda: all(len(lines(path)) >= 2 for path in paths))
        acknowledged = [line for path in paths for line in lines(path)]
        place.do("backup", "--to", str(file))
        assert [writer.poll() for writer in writers] == [None, None]
        assert sum(len(lines(path)) for path in paths) > len(acknowledged)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    place.destroy()

    said = empty.do("restore", "--from", str(file))
    found, manifest = empty.tell(), manifest_of(file)
    assert f"Head: {manifest['head']['sha256']}" in said
    assert found["head"] == manifest["head"]["sha256"]
    assert set(acknowledged) <= set(found["notes"])
    for table in manifest["tables"]:
        name = Path(table["member"]).name.removesuffix(".copy")
        if name in found["counts"] and name != "jobs_restoredcopy":
            assert found["counts"][name] == table["rows"], name
    assert found["files"] == {file["path"]: file["sha256"] for file in manifest["files"]}
    assert len(found["files"]) > len(acknowledged)
    assert found["is_held"]

    again = empty.ask("restore", "--from", str(file))
    assert again.returncode == 1
    assert "holds a register already" in again.stderr
    assert empty.tell() == found
    return found


def move(old: Place, new: Place, file: Path) -> None:
    """Everything of one installation comes into another, and says the same there."""
    before = old.tell()
    old.do("export_everything", "--to", str(file))
    assert "did not agree" not in new.do("import_everything", "--from", str(file))
    after = new.tell()
    for what in ("head", "notes", "files", "partnerships"):
        assert after[what] == before[what], what
    assert not after["signs_in"]
    assert after["is_held"]


def test_backed_up_under_load_destroyed_restored_and_moved(prepared, server, tmp_path):
    first = on_sqlite(prepared, tmp_path / "first")
    first.inside("fill()")
    second = on_sqlite(prepared, tmp_path / "second")
    assert drill(first, second, tmp_path / "one.backup", tmp_path)["signs_in"]

    third = on_postgres(server, tmp_path / "third")
    wrong = third.ask("restore", "--from", str(tmp_path / "one.backup"))
    assert "a backup of SQLite, and this installation runs on PostgreSQL" in wrong.stderr
    move(second, third, tmp_path / "two.zip")

    fourth = on_postgres(server, tmp_path / "fourth")
    drill(third, fourth, tmp_path / "three.backup", tmp_path)
    wrong = second.ask("restore", "--from", str(tmp_path / "three.backup"))
    assert "a backup of PostgreSQL, and this installation runs on SQLite" in wrong.stderr
    move(fourth, on_sqlite(prepared, tmp_path / "fifth"), tmp_path / "four.zip")


def test_only_the_owner_of_the_tables_brings_a_register_in(prepared, server, tmp_path):
    first = on_sqlite(prepared, tmp_path / "owned")
    first.inside("fill()")
    first.do("export_everything", "--to", str(tmp_path / "all.zip"))
    other = on_postgres(server, tmp_path / "unowned")
    del other.addresses["MIGRATE_DATABASE_URL"]
    refused = other.ask("import_everything", "--from", str(tmp_path / "all.zip"))
    assert refused.returncode == 1
    assert "Only the owner of the tables may do this" in refused.stderr


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
