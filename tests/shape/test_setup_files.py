"""The set-up's files parse, agree with each other, and every command in them exists."""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
# What the images of others bring with them.
OF_THE_IMAGES = {"apt-get", "install", "nginx", "pg_isready", "psql", "python", "rm", "useradd"}


def read(name: str) -> str:
    return (ROOT / name).read_text()


def dockerfile() -> list[tuple[str, str]]:
    """The instructions with their arguments, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", read("Dockerfile"))
    lines = [line for line in joined.splitlines() if line.strip() and line[0] != "#"]
    return [tuple(line.split(None, 1)) for line in lines]


def commands() -> list[list[str]]:
    """Every command that image and compose file start, as words."""
    found = [service["command"] for service in SERVICES.values() if "command" in service]
    found += [s["healthcheck"]["test"][1:] for s in SERVICES.values() if "healthcheck" in s]
    for name, rest in dockerfile():
        if name == "CMD":
            found.append(json.loads(rest))
        if name == "RUN":
            found += [shlex.split(part) for part in rest.split("&&")]
    return [[word for word in words if not re.match(r"[A-Z_]+=", word)] for words in found]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_exists(command):
    program, *words = command
    if "/" in program and not program.startswith(".venv/"):
        assert (ROOT / program).stat().st_mode & 0o100
    elif program == "gunicorn":
        assert words[0] == "register.wsgi"
        assert importlib.util.find_spec("gunicorn")
    else:
        assert Path(program).name in OF_THE_IMAGES
    if words and words[0] == "manage.py":
        assert words[1] in get_commands()


def test_what_the_image_copies_is_there():
    copied = [rest.split() for name, rest in dockerfile() if name == "COPY"]
    ours = [word for words in copied if "--from" not in words[0] for word in words[:-1]]
    assert "register" in ours
    assert [name for name in ours if not (ROOT / name).exists()] == []
    stages = {rest.split(" AS ")[1] for name, rest in dockerfile() if " AS " in rest}
    taken = {words[0].removeprefix("--from=") for words in copied if "--from" in words[0]}
    assert taken == stages


def test_the_image_runs_as_nobody_special():
    *_, last = [rest for name, rest in dockerfile() if name == "USER"]
    assert last == "register"


def test_image_and_compose_file_start_the_same_web_server():
    *_, command = [json.loads(rest) for name, rest in dockerfile() if name == "CMD"]
    assert SERVICES["web"]["command"] == command


def test_two_webs_stand_behind_one_door_and_neither_they_nor_the_worker_own_the_tables():
    assert SERVICES["web"]["deploy"]["replicas"] == 2
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    owners = [
        name
        for name, service in SERVICES.items()
        if "MIGRATE_DATABASE_URL" in service.get("environment", {})
    ]
    assert owners == ["migrate", "keeper"]
    for name in ("web", "worker", "keeper"):
        wanted = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert wanted == "service_completed_successfully"


def test_what_the_compose_file_mounts_and_names_is_there():
    volumes = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    sources = {mount.split(":")[0] for mount in volumes}
    named = {source for source in sources if not source.startswith(".")}
    assert named == set(COMPOSE["volumes"])
    assert all((ROOT / path).exists() for path in sources - named - {"./tls", "./seal"})
    assert "server web:8000" in read("tools/nginx.conf")


@pytest.mark.parametrize("name", re.findall(r"tools/\w+\.(?:sh|py)", read("Makefile")))
def test_what_the_makefile_starts_is_there(name):
    path = ROOT / name
    assert path.exists()
    assert path.suffix == ".py" or path.stat().st_mode & 0o100


@pytest.mark.parametrize("path", sorted((ROOT / "tools").glob("*.sh")), ids=lambda path: path.name)
def test_every_shell_script_parses(path):
    subprocess.run(["sh", "-n", path], check=True)


def test_ci_checks_then_tests():
    lines = read(".ci/run").splitlines()
    assert "set -euo pipefail" in lines
    assert lines[-2:] == ["make check", "make test"]
    assert shutil.which("make")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_with_hashes_what_is_asked_for_and_names_no_address(lock):
    text = lock.read_text()
    pinned = re.findall(r"^([a-z0-9._-]+)==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S", text, re.MULTILINE))
    asked = re.findall(r"^([\w.-]+)(?:\[\w+\])?==", lock.with_suffix(".in").read_text(), re.M)
    assert set(asked) <= set(pinned)
    assert "://" not in text


def test_the_development_lock_holds_the_same_versions_as_the_running_one():
    run, dev = (
        set(re.findall(r"^[\w.-]+==\S+", read(f"requirements/{n}.lock"), re.M))
        for n in ("run", "dev")
    )
    assert run <= dev


def test_the_front_end_is_pinned_and_its_lock_names_no_address():
    wanted = json.loads(read("package.json"))["dependencies"]
    locked = json.loads(read("package-lock.json"))["packages"]
    assert all(locked[f"node_modules/{name}"]["version"] == v for name, v in wanted.items())
    assert all("integrity" in entry for name, entry in locked.items() if name)
    assert "://" not in read("package-lock.json")
