"""SIGTERM in the middle of a post: the web server answers it before it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.models import Note
from register.ledger.verify import verify
from tests import county as counties
from tests import make_documents as make

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Words+that+took+a+while"
WAIT_SECONDS = 120
pytestmark = [pytest.mark.own_servers, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def web(on_disk, tmp_path):
    """The web server as it is started in production, with one process, over the register on disk."""
    if not on_disk:
        pytest.skip("one run of it is enough")
    port = free_port()
    environment = {name: v for name, v in os.environ.items() if "DATABASE" not in name}
    environment |= {
        "DATABASE_URL": f"sqlite:///{on_disk}", "REGISTER_MODE": "test",
        "BASE_URL": f"http://127.0.0.1:{port}", "DATA_DIR": os.environ["DATA_DIR"],
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "register.wsgi", "--bind", f"127.0.0.1:{port}",
               "--workers", "1", "--threads", "4", "--no-control-socket"]  # fmt: skip
    log = (tmp_path / "web.log").open("w")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    process.port = port
    yield process
    process.kill()
    process.wait()


def test_a_post_that_came_is_answered_and_kept(web, on_disk):
    county = counties.found(add_months(today(), -13))
    agreement = make.agreement(county.partnership, county.council, county.police)
    client = Client()
    client.force_login(
        county.users["office"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.cookies["session"].value
    page = reverse("documents:write_note", args=[agreement.reference])
    form = ask(web.port, f"GET {page} HTTP/1.1\r\nCookie: session={session}\r\n")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)
    cookie = re.search(r"Set-Cookie: csrf=(\w+)", form, re.IGNORECASE).group(1)
    body = f"csrfmiddlewaretoken={token}&kind=note&on=&follow_up_on=&text={WORDS}".encode()

    with socket.create_connection(("127.0.0.1", web.port), timeout=WAIT_SECONDS) as line:
        line.sendall(
            f"POST {page} HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\n"
            f"Origin: http://127.0.0.1:{web.port}\r\nCookie: session={session}; csrf={cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
        )
        line.sendall(body[:20])
        time.sleep(0.5)
        web.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert web.poll() is None
        line.sendall(body[20:])
        answer = read(line)

    assert answer.startswith("HTTP/1.1 302"), answer[:300]
    assert web.wait(WAIT_SECONDS) == 0
    assert Note.objects.get().text == WORDS.replace("+", " ")
    verify()


def ask(port: int, head: str) -> str:
    """The answer to a request, once the server listens."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS) as line:
                line.sendall(f"{head}Host: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                return read(line)
        except OSError:
            assert time.monotonic() < until, "it did not come up"
            time.sleep(0.2)


def read(line: socket.socket) -> str:
    found = b""
    while piece := line.recv(65536):
        found += piece
    return found.decode(errors="replace")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
