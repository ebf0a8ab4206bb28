"""The papers on the register's own use of personal data, as it ships them, read for a page.

They are written in docs/privacy: headings, paragraphs and tables of Markdown, with `code` in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

NAMES = {
    "privacy-notice": "Privacy notice, with what to fill in",
    "record-of-processing": "Record of processing",
    "dpia": "Data protection impact assessment",
}
_HEADING = re.compile(r"(#{1,3}) (.+)")
_RULE = re.compile(r"[|\s:]*-[|\s:-]*")


@dataclass
class Block:
    """A piece of a paper: a heading, a paragraph, or a table with its head."""

    kind: str
    text: SafeString | str = ""
    head: list[SafeString] = field(default_factory=list)
    rows: list[list[tuple[SafeString, SafeString]]] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """A paper: its file, its title and what stands in it."""

    file_name: str
    title: str
    source: str
    blocks: list[Block]


@cache
def paper(name: str) -> Paper:
    """A paper of NAMES. Raises KeyError where there is no such paper."""
    source = _file(name).read_text(encoding="utf-8")
    title, _, rest = source.partition("\n")
    return Paper(f"{name}.md", title.removeprefix("# "), source, _blocks(rest))


def _file(name: str) -> Path:
    if name not in NAMES:
        raise KeyError(name)
    return Path(settings.BASE_DIR) / "docs" / "privacy" / f"{name}.md"


def _blocks(text: str) -> list[Block]:
    return [_block(part.splitlines()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _block(lines: list[str]) -> Block:
    lines = [line.strip() for line in lines if line.strip()]
    if heading := _HEADING.fullmatch(lines[0]):
        return Block("heading", _words(heading[2]))
    if lines[0].startswith("|"):
        return _table([_cells(line) for line in lines if not _RULE.fullmatch(line)])
    return Block("paragraph", _words(" ".join(lines)))


def _table(rows: list[list[SafeString]]) -> Block:
    head, *body = rows
    return Block("table", head=head, rows=[list(zip(head, row, strict=True)) for row in body])


def _cells(line: str) -> list[SafeString]:
    return [_words(cell.strip()) for cell in line.strip("|").split("|")]


def _words(text: str) -> SafeString:
    """Words with what stands between backticks as code."""
    parts = [
        format_html("<code>{}</code>", part) if number % 2 else escape(part)
        for number, part in enumerate(text.split("`"))
    ]
    return format_html_join("", "{}", ([part] for part in parts))
