"""Two web servers and two workers on one PostgreSQL behind nginx, each started as docker-compose.yml says."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml

from tests.collected import build_folder
from tools import with_postgres

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
EMAIL, PASSWORD = "ada@wyreford.example", "a long enough password"
GIVE_PASSWORD = f"""
from register.accounts.models import User
user = User.objects.get(email={EMAIL!r})
user.set_password({PASSWORD!r})
user.save()
"""
pytestmark = pytest.mark.own_servers


def test_the_register_goes_on_when_a_web_server_and_a_worker_die(house):
    browser = Browser(house.port)
    wait_until(lambda: browser.get("/healthz")[0] == 200)
    beats = count(house, "jobs_heartbeat")
    assert beats == 2

    page = browser.get("/accounts/login/")[1]
    style = re.search(r'href="(/static/css/register\.[0-9a-f]+\.css)"', page)
    assert browser.get(style.group(1))[0] == 200
    status, _ = browser.post("/accounts/login/", page, login=EMAIL, password=PASSWORD)
    assert status == 302
    for _ in range(6):
        status, page = browser.get("/")
        assert status == 200
        assert "Sign out" in page
    assert len(house.answered()) == 2

    for name in ("web 1", "worker 1"):
        house.kill(name)
    for _ in range(6):
        assert browser.get("/")[0] == 200
    assert browser.get("/healthz")[0] == 200
    assert_runs_once(house)


def test_the_application_cannot_alter_evidence(house):
    ended = sql(house.environment["DATABASE_URL"], "DELETE FROM ledger_entry")
    assert "permission denied" in ended.stderr
    ended = sql(house.environment["DATABASE_URL"], "SELECT count(*) FROM cache")
    assert ended.stdout.strip().isdigit(), ended.stderr


def assert_runs_once(house):
    """However many workers there are, each kind of work has one row that says who did it last."""
    jobs = sql(
        house.environment["DATABASE_URL"], "SELECT count(*) - count(DISTINCT job) FROM jobs_run"
    )
    assert jobs.stdout.strip() == "0"


@dataclass
class House:
    """What is running, and where."""

    port: int
    environment: dict[str, str]
    folder: Path
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self, name: str, command: list[str]) -> None:
        log = (self.folder / f"{name}.log").open("w")
        self.running[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        os.killpg(process.pid, 9)
        process.wait()

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(30)

    def answered(self) -> set[str]:
        """The web servers that nginx has had answers from."""
        return set((self.folder / "answered.log").read_text().split())


class Browser:
    """As much of a browser as signing in takes."""

    def __init__(self, port: int):
        self.port, self.cookies = port, SimpleCookie()

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, page: str, **values: str) -> tuple[int, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values})
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        tls = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=tls)
        origin = f"https://127.0.0.1:{self.port}"
        headers = {"Cookie": "; ".join(f"{m.key}={m.value}" for m in self.cookies.values())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The whole installation of docker-compose.yml, on ports of this machine."""
    folder = tmp_path_factory.mktemp("house")
    door, *ports = free_ports(4)
    build_folder(folder)
    with ExitStack() as stack:
        addresses = stack.enter_context(with_postgres.server())
        house = House(door, production(folder, door, addresses), folder)
        owner = {**house.environment, **addresses}
        manage(owner, SERVICES["migrate"]["command"][2:], "-m", "tests.quick_manage")
        manage(
            house.environment,
            ["add_administrator", EMAIL, "Ada Okoro", "--partnership", "Wyreford"],
        )
        manage(house.environment, ["shell", "-c", GIVE_PASSWORD])
        stack.callback(house.stop)
        for number, port in enumerate(ports[:2], start=1):
            house.start(f"web {number}", as_here(SERVICES["web"]["command"], f"127.0.0.1:{port}"))
            house.start(f"worker {number}", as_here(SERVICES["worker"]["command"]))
        house.start("nginx", nginx(folder, door, ports))
        for port in (*ports[:2], door):
            wait_until(lambda port=port: is_listening(port))
        yield house


def production(folder: Path, port: int, addresses: dict[str, str]) -> dict[str, str]:
    """The environment of web servers and workers: production, and never the owner's address."""
    given = {name: value for name, value in os.environ.items() if name != "MIGRATE_DATABASE_URL"}
    return {
        **given,
        "DATABASE_URL": addresses["DATABASE_URL"],
        "REGISTER_MODE": "production",
        "SECRET_KEY": "".join(f"{number:x}k" for number in range(40)),
        "BASE_URL": f"https://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "DATA_DIR": str(folder / "data"),
        "BUILD_DIR": str(folder / "build"),
    }


def as_here(command: list[str], address: str = "") -> list[str]:
    """A command of the compose file, with this environment's Python, at an address of its own."""
    words = [address if word == "0.0.0.0:8000" else word for word in command]
    return [sys.executable, *(words[1:] if words[0] == "python" else ["-m", *words])]


def nginx(folder: Path, door: int, ports: list[int]) -> list[str]:
    """The command that starts nginx with our own file, its names and places made those of here."""
    make_certificate(folder)
    text = (ROOT / "tools/nginx.conf").read_text()
    limits = "max_fails=1 fail_timeout=10s;"
    webs = " ".join(f"server 127.0.0.1:{port} {limits}" for port in ports[:2])
    for ours, here in {
        f"server web:8000 {limits}": webs,
        "listen 8080;": f"listen 127.0.0.1:{ports[2]};",
        "listen 8443 ssl;": f"listen 127.0.0.1:{door} ssl;",
        "/etc/nginx/tls/": f"{folder}/",
        "/tmp/nginx": f"{folder}/nginx",
        "access_log off;": f"log_format a '$upstream_addr'; access_log {folder}/answered.log a;",
    }.items():
        assert ours in text
        text = text.replace(ours, here)
    (folder / "nginx.conf").write_text(text)
    return [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]


def make_certificate(folder: Path) -> None:
    made = ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    asked = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run(["openssl", "req", "-x509", *asked, *made], check=True, capture_output=True)


def manage(environment: dict[str, str], words: list[str], *program: str) -> None:
    command = [sys.executable, *(program or ["manage.py"]), *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def sql(address: str, text: str) -> subprocess.CompletedProcess:
    psql = with_postgres.find_binaries() / "psql"
    return subprocess.run([psql, "-At", "-c", text, address], capture_output=True, text=True)


def count(house: House, table: str) -> int:
    return int(sql(house.environment["DATABASE_URL"], f"SELECT count(*) FROM {table}").stdout)


def free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.2)
