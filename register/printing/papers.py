"""Kinds of paper that rooms above add to the prints of an entry: a summary, a staff sheet, a ZIP.

Printing itself knows the whole text, its headings and the pack. What another room makes plugs in
here, and is asked for, waited for and fetched in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.printing.models import PrintRequest

PDF, ZIP = "pdf", "zip"
MEDIA = {PDF: "application/pdf", ZIP: "application/zip"}


@dataclass(frozen=True)
class Paper:
    """One kind: its code, what people call it, how it is made, and what kind of file it is.

    `make` takes the request and answers the bytes with the file name; it raises PrintFailed with a
    sentence where they cannot be made.
    """

    code: str
    words: str
    make: Callable[[PrintRequest], tuple[bytes, str]]
    ending: str = PDF


PAPERS: dict[str, Paper] = {}


def plug_in(paper: Paper) -> None:
    """Add a kind of paper; a second one of the same code is a mistake in the program."""
    if paper.code in PAPERS:
        raise RuntimeError(f"The paper {paper.code} is there already.")
    PAPERS[paper.code] = paper


def words_of(code: str) -> str:
    """What people call a kind of paper: "one-page summary"; nothing for the whole text."""
    paper = PAPERS.get(code)
    return paper.words if paper else ""
