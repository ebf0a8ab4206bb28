"""Reads all that a login can reach: every address, every link and every choice of a search form."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from urllib.parse import urlencode, urljoin, urlsplit
from zipfile import ZipFile, is_zipfile

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

# How often one page is asked, and all pages of one view together: no mixture of orders and sizes, and
# not every row of the reference lists.
MOST_OF_A_PAGE, MOST_OF_A_VIEW = 3, 10
# What no answer is about: signing out, and the library's own pages.
LEFT_OUT = ("/accounts/", "/static/", "/api/docs")
TYPED = {"text", "search", None}


@dataclass
class Reader:
    """A login that asks; every question is taken back, so that none changes what the next one finds."""

    user: object
    seen: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    searches: list[tuple[str, dict, str]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(
            self.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

    def ask(self, address: str, data: dict | None = None) -> str:
        """The words of an answer, of whatever kind it is; of a post where data are given."""
        with transaction.atomic():
            answer = self.client.get(address) if data is None else self.client.post(address, data)
            words = words_of(answer)
            transaction.set_rollback(True)
        assert answer.status_code != 500, address
        return f"{answer.status_code} {answer.get('Location', '')} {words}"

    def walk(self, addresses) -> None:
        """Ask for addresses, and for all that their answers lead to."""
        waiting = deque(addresses)
        while waiting:
            address = waiting.popleft()
            path = address.partition("?")[0]
            if address in self.seen or address.startswith(LEFT_OUT):
                continue
            view = _view(path)
            if self.asked[path] >= MOST_OF_A_PAGE or self.asked[view] >= MOST_OF_A_VIEW:
                continue
            self.seen.add(address)
            self.asked.update((path, view))
            said = self.answers[address] = self.ask(address)
            if said.startswith(("200", "422")) and "<html" in said:
                waiting.extend(self._ways(address, said))

    def _ways(self, address: str, said: str) -> Iterator[str]:
        page = html.fromstring(said[said.index("<html") :])
        for link in page.iter("a"):
            to = urljoin(address, link.get("href") or "")
            if to.startswith("/"):
                yield to.partition("#")[0]
        for form in page.iter("form"):
            if (form.get("method") or "get").lower() == "get":
                yield from self._choices(urljoin(address, form.get("action") or ""), form)

    def _choices(self, address: str, form) -> Iterator[str]:
        """The form with each of its choices made, one at a time; its typed fields are noted."""
        path = urlsplit(address).path
        held = {k: v for k, v in form.fields.items() if k and v is not None}
        for box in form.xpath(".//input[@name]"):
            if box.get("type") in TYPED and (path, box.get("name")) not in self.seen:
                self.seen.add((path, box.get("name")))
                self.searches.append((path, held, box.get("name")))
        for select in form.xpath(".//select[@name]"):
            for option in select.xpath(".//option[@value!='']"):
                key = (path, select.get("name"), option.get("value"))
                if key not in self.seen:
                    self.seen.add(key)
                    yield f"{path}?{urlencode({**held, select.get('name'): option.get('value')})}"
        for box in form.xpath(".//input[@name and (@type='checkbox' or @type='radio')]"):
            key = (path, box.get("name"), box.get("value"))
            if key not in self.seen:
                self.seen.add(key)
                yield f"{path}?{urlencode({**held, box.get('name'): box.get('value')})}"


def _view(path: str) -> str:
    try:
        return f"view {resolve(path).view_name}"
    except Resolver404:
        return "no view"


def words_of(answer) -> str:
    """The words of an answer; of a workbook or a packed file those of its parts."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK" and is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return unescape(content.decode("utf-8", "replace"))
