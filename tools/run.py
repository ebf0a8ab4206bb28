"""`make run`: prepares the demonstration, then keeps the web server and the worker running until stopped.

Ctrl-C, TERM or HUP stops both, with all that they started. When one of them ends by itself, so does the
other, and a sentence says which it was.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
ACCOUNTS = ("administrator", "officer", "signatory", "manager", "auditor")
ENDING_SECONDS = 15
STARTING_SECONDS = 60


class Stopped(Exception):
    """Somebody asked the program to stop."""


def main() -> int:
    """Prepare, start, and wait; answers the exit code."""
    stop_on_signals()
    port = os.environ.get("PORT") or "8000"
    if refusal := port_refusal(port):
        print(refusal, file=sys.stderr)
        return 1
    environment = demonstration_environment(port)
    try:
        prepare(environment)
        return supervise(commands(port), environment, lambda: announce(port))
    except subprocess.CalledProcessError as error:
        print(f"Stopped: {' '.join(map(str, error.cmd))} did not end well.", file=sys.stderr)
        return 1
    except Stopped:
        return 0


def demonstration_environment(port: str) -> dict[str, str]:
    """The environment of everything started here: demonstration mode, data in var/ unless said otherwise."""
    ours = {"BASE_URL": f"http://{HOST}:{port}", "DATA_DIR": "var", "BUILD_DIR": "build"}
    given = {name: value for name, value in os.environ.items() if value}
    return {**ours, **given, "REGISTER_MODE": "demonstration", "PYTHONUNBUFFERED": "1"}


def port_refusal(port: str) -> str:
    """Why the server cannot listen on this port, in a sentence; empty where it can."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT is “{port}”: set it to a number from 1 to 65535."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as error:
            reason = error.strerror.lower()
            return (
                f"Port {port} cannot be used ({reason}): choose another, as in make run PORT=8001."
            )
    return ""


def prepare(environment: Mapping[str, str]) -> None:
    """Bring database and static files up to date, and load the demonstration into an empty register."""
    (ROOT / environment["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    collect(environment)
    for command in ("prepare", "load_demonstration"):
        manage(environment, command)


def collect(environment: Mapping[str, str]) -> None:
    """Gather the static files where the web server serves them from, when one has changed."""
    stamp = ROOT / environment["BUILD_DIR"] / "stamps" / "collected"
    digest = static_digest(ROOT / environment["BUILD_DIR"] / "front", ROOT / "static")
    if stamp.exists() and stamp.read_text() == digest:
        return
    manage(environment, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run one of the register's commands to its end; raises CalledProcessError when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def static_digest(*folders: Path) -> str:
    """A digest of the names, sizes and times of all static files, our lock of libraries included."""
    files = [ROOT / "requirements/run.lock"]
    for folder in folders:
        files += sorted(path for path in folder.rglob("*") if path.is_file())
    facts = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def commands(port: str) -> dict[str, list[str]]:
    """What is started, by the name that a sentence gives it."""
    web = [sys.executable, "-m", "gunicorn", "register.wsgi", "--bind", f"{HOST}:{port}"]
    return {
        "The web server": [*web, "--workers", "2", "--threads", "4", "--no-control-socket"],
        "The worker": [sys.executable, "manage.py", "work"],
    }


def supervise(
    children: Mapping[str, list[str]],
    environment: Mapping[str, str],
    when_started: Callable[[], None],
) -> int:
    """Run the children until asked to stop (0) or until one of them ends by itself (1)."""
    running: dict[str, subprocess.Popen] = {}
    try:
        for name, command in children.items():
            running[name] = subprocess.Popen(
                command, env=environment, cwd=ROOT, start_new_session=True
            )
        when_started()
        while not (ended := [name for name, child in running.items() if child.poll() is not None]):
            time.sleep(0.2)
        code = running[ended[0]].returncode
        print(f"{ended[0]} ended by itself (exit code {code}), so the register stops.", flush=True)
        return 1
    except Stopped:
        print("Stopping ...", flush=True)
        return 0
    finally:
        stop(running.values())


def stop(children) -> None:
    """Ask each child to end, wait, and end what is left of it and of its own children."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + ENDING_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def stop_on_signals() -> None:
    """Turn Ctrl-C, TERM and HUP into `Stopped`."""

    def raise_stopped(number, frame):
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stopped)


def announce(port: str) -> None:
    """Wait until the server answers, then say where it is and who can sign in."""
    address = f"http://{HOST}:{port}/"
    deadline = time.monotonic() + STARTING_SECONDS
    while not _answers(f"{address}healthz") and time.monotonic() < deadline:
        time.sleep(0.1)
    names = "\n".join(f"  {name}@demo.example" for name in ACCOUNTS)
    print(f"\nThe register is at {address}\nSign in with the password “demonstration” as\n{names}")
    print("Ctrl-C stops it; what was entered is kept.\n", flush=True)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
