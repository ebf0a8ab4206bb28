"""A real server with the demonstration partnership, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import tables
from tests.collected import build_folder

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Rules of WCAG 2.2 AA and axe's own best practice; serious and critical findings fail.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@dataclass
class Site:
    """The running register: its address, and the folder that holds its data and its mail."""

    url: str
    data: Path

    def mail(self) -> list[str]:
        """The messages that left, oldest first."""
        files = sorted(self.data.glob("mail/*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text() for path in files]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The web server and the worker over the demonstration partnership, as `make run` starts them."""
    data = tmp_path_factory.mktemp("site")
    port = _free_port()
    env = {
        **os.environ,
        "BUILD_DIR": str(build_folder(data)),
        "REGISTER_MODE": "demonstration",
        "DATA_DIR": str(data),
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    tables.copy_to(data)
    for command in (["prepare"], ["load_demonstration"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    web = [sys.executable, "-m", "gunicorn", "register.wsgi", "--bind", f"127.0.0.1:{port}",
           "--threads", "4", "--no-control-socket"]  # fmt: skip
    started = [
        subprocess.Popen(command, cwd=ROOT, env=env)
        for command in (web, [sys.executable, "manage.py", "work"])
    ]
    try:
        _wait_for(f"http://127.0.0.1:{port}/accounts/login/")
        yield Site(f"http://127.0.0.1:{port}", data)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


@pytest.fixture(scope="session")
def browser():
    """Chromium, once for all journeys."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_as(site: Site, browser: Browser):
    """Opens a page as one of the demonstration's accounts: `open_as("officer", "/register/")`."""
    contexts: list[BrowserContext] = []

    def open_page(who: str, path: str = "/", *, width: int = 1440, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        if who:
            sign_in(page, f"{who}@demo.example")
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    """Sign in by the form."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def findings(page: Page) -> list[str]:
    """What axe holds against a page: serious and critical findings, one a line."""
    results = Axe().run(page, options=AXE).response
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in results["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer in 30 seconds")
