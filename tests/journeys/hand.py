"""A hand that does a journey in the browser and counts what it costs: clicks and typed fields."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Hand:
    """Drives a page as somebody at a desk does, and counts.

    A click is a press on a link, a button or a tick box, and a key that does the same. A field is a
    box that somebody types in, a file that they pick or a choice from a drop-down list. Going
    straight to an address counts nothing: that is where a journey begins.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicked: list[str] = []
        self.typed: list[str] = []

    def click(self, role: str, name, *, within: Locator | None = None, exact: bool = False) -> None:
        """Press a link or a button, the first of its name."""
        place = within or self.page
        self.press_on(place.get_by_role(role, name=name, exact=exact).first, str(name))

    def press_on(self, what: Locator, name: str = "") -> None:
        """Press on something that is found already."""
        self.clicked.append(name or str(what))
        what.click()

    def tick(self, what: Locator) -> None:
        """Tick a box, or choose one of several round ones."""
        self.clicked.append(str(what))
        what.check()

    def key(self, key: str) -> None:
        """Press a key that does what a click does."""
        self.clicked.append(f"the key {key}")
        self.page.keyboard.press(key)

    def type(self, what: Locator, words: str) -> None:
        """Type in a field."""
        self.typed.append(str(what))
        what.fill(words)

    def choose(self, what: Locator, words: str) -> None:
        """Choose from a drop-down list the first line that holds some words."""
        self.typed.append(f"{words} in {what}")
        value = what.locator("option", has_text=words).first.get_attribute("value")
        what.select_option(value)

    def pick(self, what: Locator, file: dict) -> None:
        """Pick a file."""
        self.typed.append(f"the file {file['name']}")
        what.set_input_files(file)

    def spent(self, *, clicks: int, fields: int = 0) -> None:
        """The journey took no more than this; else every step is named."""
        assert len(self.clicked) <= clicks, f"{len(self.clicked)} clicks: {self.clicked}"
        assert len(self.typed) <= fields, f"{len(self.typed)} fields: {self.typed}"
