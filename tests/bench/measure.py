"""Signs in over HTTP and times pages one after the other, so that they share whatever the machine does."""

from __future__ import annotations

import http.client
import re
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlencode

ROUNDS = 25
WARM = 2  # rounds that are not counted


class Browser:
    """One connection that keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict | list | None = None) -> tuple[int, bytes, str]:
        """Status, body and where it leads."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, content, answer.headers.get("Location", "")

    def token(self, path: str) -> str:
        """The word that a form page asks to be sent back."""
        _, page, _ = self.ask(path)
        return re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()

    def sign_in(self, email: str, password: str, path="/accounts/login/", name="login") -> None:
        """Sign in by the form."""
        form = {"csrfmiddlewaretoken": self.token(path), name: email, "password": password}
        status, _, _ = self.ask(path, form)
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def page(self, path: str) -> Callable[[], None]:
        """What asks for a page and insists that it comes."""

        def asked() -> None:
            status, _, _ = self.ask(path)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")

        return asked


def milliseconds(browser: Browser, pages: dict[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """The median time of each page in milliseconds, the pages asked in turn."""
    return in_turn({name: browser.page(path) for name, path in pages.items()}, rounds)


def in_turn(acts: dict[str, Callable[[], object]], rounds: int, warm: int = WARM) -> dict:
    """The median time of each act in milliseconds, by its name; in each round each is done once."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for place in range(rounds + warm):
        for name, act in acts.items():
            started = time.perf_counter()
            act()
            spent = (time.perf_counter() - started) * 1_000
            if place >= warm:
                taken[name].append(spent)
    return {name: statistics.median(times) for name, times in taken.items()}


def where(browser: Browser, path: str, pattern: str) -> str:
    """The address of the first link on a page that matches; the pattern has one group, the address."""
    _, page, _ = browser.ask(path)
    match = re.search(pattern.encode(), page)
    if match is None:
        raise RuntimeError(f"{path} has no link like {pattern}")
    address = match[1].decode().replace("&amp;", "&")
    return address if address.startswith("/") else path.split("?")[0] + address


def table(whose: str, aims: tuple, times: dict[str, float], statements: dict[str, int]) -> None:
    """Print one officer's figures, and how the pages stand to the aims: page, page beside it, ratio."""
    print(f"\n  {whose}")
    print(f"  {'page':<16}{'ms':>8}{'statements':>12}{'of empty':>10}")
    for name, taken in times.items():
        print(f"  {name:<16}{taken:>8.1f}{statements[name]:>12}{taken / times['empty']:>10.1f}")
    for page, beside, aim in aims:
        ratio = times[page] / times[beside]
        verdict = "met" if ratio <= aim else "MISSED"
        print(f"  {page} / {beside}: {ratio:.2f} (aim {aim}) {verdict}", flush=True)
