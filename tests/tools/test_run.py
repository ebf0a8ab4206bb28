"""`make run` keeps two programs running, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import run

ROOT = Path(__file__).resolve().parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Says who it is and who its own child is, and takes no notice of TERM.
DEAF = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid} ")
time.sleep(60)
"""
SUPERVISOR = """
import os, sys
from tools import run
run.ENDING_SECONDS = 1
run.stop_on_signals()
deaf = [sys.executable, "-c", {deaf!r}, {pids!r}]
sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
sys.exit(run.supervise({{"The deaf one": deaf, "The sleeper": sleeper}}, os.environ, lambda: print("up", flush=True)))
"""


@pytest.fixture(autouse=True)
def _signals_as_before():
    """The supervisor stops listening to signals when it ends; the tests go on listening."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_that_was_started(number, tmp_path):
    pids = tmp_path / "pids"
    source = SUPERVISOR.format(deaf=DEAF, pids=str(pids))
    program = subprocess.Popen(
        [sys.executable, "-c", source], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    wait_for(lambda: pids.exists() and pids.read_text().count(" ") == 2)
    started = [int(pid) for pid in pids.read_text().split()]
    assert all(is_alive(pid) for pid in started)

    program.send_signal(number)
    said, _ = program.communicate(timeout=20)

    assert program.returncode == 0
    assert said.splitlines() == ["up", "Stopping ..."]
    wait_for(lambda: not any(is_alive(pid) for pid in started))


def test_the_end_of_one_ends_the_other_with_a_sentence(capfd):
    dies = [sys.executable, "-c", "raise SystemExit(3)"]

    code = run.supervise({"The web server": SLEEP, "The worker": dies}, os.environ, lambda: None)

    assert code == 1
    said = capfd.readouterr().out
    assert "The worker ended by itself (exit code 3), so the register stops." in said


def test_a_port_in_use_is_refused_with_a_sentence():
    with socket.socket() as other:
        other.bind((run.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        assert run.port_refusal(str(port)) == (
            f"Port {port} cannot be used (address already in use): "
            "choose another, as in make run PORT=8001."
        )


@pytest.mark.parametrize("word", ["", "eighty", "0", "65536"])
def test_a_port_that_is_no_port_is_refused(word):
    assert run.port_refusal(word).endswith("set it to a number from 1 to 65535.")


def test_what_is_started_is_always_the_demonstration(monkeypatch):
    monkeypatch.setenv("REGISTER_MODE", "production")
    monkeypatch.setenv("DATA_DIR", "/srv/register")

    environment = run.demonstration_environment("8001")

    assert environment["REGISTER_MODE"] == "demonstration"
    assert environment["DATA_DIR"] == "/srv/register"
    assert environment["BASE_URL"] == "http://127.0.0.1:8001"


def test_static_files_are_gathered_again_only_after_a_change(tmp_path):
    file = tmp_path / "register.css"
    file.write_text("a")
    before = run.static_digest(tmp_path)
    assert run.static_digest(tmp_path) == before
    file.write_text("ab")
    assert run.static_digest(tmp_path) != before
