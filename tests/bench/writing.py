"""Starting an agreement and changing its title, each with its history, beside a plain Django admin.

Both are whole posts of a form over HTTP, answered by gunicorn on databases of the same kind and set-up.
The admin writes the rows that the register writes, with simple-history, and keeps nothing else: no
ledger, no rights of readers, no lists or searches that are brought into line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from html.parser import HTMLParser

from tests.bench.figures import Figure, print_figures
from tests.bench.installation import BESIDE, PASSWORD, PLAIN, plain_installation, run, serving
from tests.bench.measure import Browser, in_turn
from tests.bench.pages import signed_in

ROUNDS = 25
PORT_OF = {"ours": 0, "plain": BESIDE}
NEW, ADD = "/register/new/3/", "/admin/plain/agreement/add/"
CREATE, UPDATE = 1.3, 1.0


def measure(engine: str, entries: int, env: dict[str, str], port: int) -> None:
    """Print both beside the admin over as many agreements."""
    with plain_installation(engine) as plain:
        run(plain, "-m", "tests.bench.plain.fill", str(entries))
        with serving(env, port=port), serving(plain, PLAIN, BESIDE):
            ours = signed_in("all", port)
            theirs = Browser(BESIDE)
            theirs.sign_in("all", PASSWORD, "/admin/login/", "username")
            figures(ours, theirs)


def figures(ours: Browser, theirs: Browser) -> None:
    """Post in turn, and print."""
    made, change = starting(ours)
    times = in_turn(
        {
            "create": made,
            "plain create": adding(theirs),
            "update": change,
            "plain update": changing(theirs),
        },
        ROUNDS,
    )
    history = theirs.page(changed_often(theirs))
    entry = ours.page(f"{often(ours)}history/")
    times |= in_turn({"history": entry, "plain history": history}, ROUNDS)
    print_figures(
        "written with history, whole posts",
        [
            Figure("create", times["create"], beside="plain admin",
                   rival=times["plain create"], aim=CREATE),
            Figure("update", times["update"], beside="plain admin",
                   rival=times["plain update"], aim=UPDATE),
            Figure("history of 100 changes", times["history"], beside="plain admin",
                   rival=times["plain history"]),
        ],
    )  # fmt: skip


def starting(browser: Browser) -> tuple[Callable, Callable]:
    """What starts an agreement by the form, and what gives one another title."""
    form = fields(browser, NEW)
    form["lead"] = re.search(rb'<select name="lead".*?<option value="(\d+)"',
                             browser.ask(NEW)[1], re.DOTALL)[1].decode()  # fmt: skip
    count = itertools.count(1)

    def create() -> str:
        return posted(browser, NEW, {**form, "title": f"Measured agreement {next(count)}"})

    page = f"{create()}title/"
    typed = fields(browser, page)

    def update() -> None:
        posted(browser, page, {**typed, "title": f"Changed title {next(count)}"})
        typed["row_version"] = str(int(typed["row_version"]) + 1)

    return create, update


def adding(browser: Browser) -> Callable:
    """What adds an agreement in the plain admin."""
    form = fields(browser, ADD)
    count = itertools.count(1)

    def create() -> str:
        number = next(count)
        asked = {
            **form,
            "reference": f"BN-N-{number:06d}",
            "lead": "1",
            "versions-0-title": f"Measured agreement {number}",
            "placing-0-community": "Everybody",
            "text-0-purpose": "To measure.",
            "parties-0-body": "1",
        }
        return posted(browser, ADD, asked)

    return create


def changing(browser: Browser, key: int = 1) -> Callable:
    """What gives an agreement another title in the plain admin."""
    page = f"/admin/plain/agreement/{key}/change/"
    typed = fields(browser, page)
    count = itertools.count(1)

    def update() -> None:
        posted(browser, page, {**typed, "versions-0-title": f"Changed title {next(count)}"})

    return update


def changed_often(browser: Browser) -> str:
    """The history page of an agreement of the plain admin that was changed a hundred times."""
    page = "/admin/plain/agreement/2/change/"
    typed = fields(browser, page)
    for number in range(100):
        posted(browser, page, {**typed, "kept_by": f"Keeper {number}"})
    return "/admin/plain/agreement/2/history/"


def often(browser: Browser) -> str:
    """The address of the entry that was changed a hundred times."""
    page = browser.ask("/search/?q=hundredfold")[1]
    return re.search(rb'href="(/register/BN-A-\d+/)"', page)[1].decode()


def posted(browser: Browser, path: str, form: dict[str, str]) -> str:
    """Send a form that has to be taken; where it leads."""
    status, page, to = browser.ask(path, form)
    if status != 302:
        said = re.findall(rb'(?s)class="(?:govuk-error-message|errorlist)[^>]*>.*?</', page)
        raise RuntimeError(f"{path} answered {status}: {said[:5]}")
    return to


def fields(browser: Browser, path: str) -> dict[str, str]:
    """The form on a page as it stands there, by the names of its fields."""
    reader = _Form()
    reader.feed(browser.ask(path)[1].decode())
    return reader.found


class _Form(HTMLParser):
    """Reads fields and what they hold; buttons and boxes without a tick are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and name:
            if said.get("type") in ("submit", "file"):
                return
            if said.get("type") in ("checkbox", "radio") and "checked" not in said:
                return
            self.found[name] = said.get("value") or ""
        elif tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "select":
            self.select, self.found[name] = name, ""
        elif tag == "option" and self.select and "selected" in said:
            self.found[self.select] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data
