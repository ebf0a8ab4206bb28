"""The structure of a text: blocks made of runs, read from any markup and written in one way only.

Whatever comes in, what goes out is built anew from these few classes, so nothing that is not named
here can pass. Two texts that mean the same are written the same.
"""

import re
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby

SPAN_LIMIT = 12
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True)
class Run:
    """Words of one look; a line break is a newline in `words`."""

    words: str
    strong: bool = False
    em: bool = False
    href: str = ""


@dataclass
class Paragraph:
    """A paragraph (p) or a small heading (h3, h4)."""

    runs: list[Run]
    tag: str = "p"


@dataclass
class Item:
    """One item of a list with the lists under it."""

    runs: list[Run]
    lists: list["Bullets"] = field(default_factory=list)


@dataclass
class Bullets:
    """A list, bulleted (ul) or numbered (ol)."""

    tag: str
    items: list[Item]


@dataclass
class Cell:
    """A cell of a table; a heading cell is a th."""

    runs: list[Run]
    heading: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Table:
    """Rows of cells; the first row is the head when all its cells are headings."""

    rows: list[list[Cell]]

    def has_head(self) -> bool:
        """Whether the first row heads the columns."""
        return bool(self.rows) and all(cell.heading for cell in self.rows[0])


Block = Paragraph | Bullets | Table


def tidy(runs: list[Run]) -> list[Run]:
    """Runs with single spaces, no space at an edge or a line break, no empty or divided run."""
    kept: list[Run] = []
    for run in runs:
        words = _SPACES.sub(" ", run.words) if run.words else ""
        words = _BREAKS.sub("\n", words)
        last = kept[-1].words[-1] if kept else "\n"
        if last == "\n":
            words = words.lstrip(" \n")
        elif last == " " and words.startswith("\n"):
            _shorten(kept)
        elif last == " ":
            words = words.lstrip(" ")
        if words:
            kept.append(replace(run, words=words))
    while kept and kept[-1].words[-1] in " \n":
        _shorten(kept)
    whole = _merged(kept)
    return _merged([run if run.words.strip() or run.href else Run(run.words) for run in whole])


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours of one look as one run."""
    return [
        replace(look, words="".join(run.words for run in some))
        for look, some in groupby(runs, key=lambda run: replace(run, words=""))
    ]


def _shorten(runs: list[Run]) -> None:
    """Take the last letter off."""
    run = runs.pop()
    if len(run.words) > 1:
        runs.append(replace(run, words=run.words[:-1]))


def safe_address(href: str) -> str:
    """An https or mailto address that needs no quoting, or nothing."""
    href = re.sub(r"[\x00-\x20\x7f]", "", href)
    if not re.match(r"(?:https://|mailto:)[^/\\\s]", href, re.IGNORECASE):
        return ""
    return href.translate({ord(sign): f"%{ord(sign):02X}" for sign in '()<>"\\`'})


def to_html(blocks: list[Block]) -> str:
    """The one way to write a text as markup."""
    return "".join(_block_html(block) for block in blocks)


def _block_html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<{block.tag}>{_runs_html(block.runs)}</{block.tag}>"
    if isinstance(block, Bullets):
        return f"<{block.tag}>{''.join(map(_item_html, block.items))}</{block.tag}>"
    head = block.rows[:1] if block.has_head() else []
    parts = (("thead", head, "col"), ("tbody", block.rows[len(head) :], "row"))
    return "<table>" + "".join(_part_html(*part) for part in parts if part[1]) + "</table>"


def _item_html(item: Item) -> str:
    return f"<li>{_runs_html(item.runs)}{''.join(map(_block_html, item.lists))}</li>"


def _part_html(tag: str, rows: list[list[Cell]], scope: str) -> str:
    lines = ("".join(_cell_html(cell, scope) for cell in row) for row in rows)
    return f"<{tag}>" + "".join(f"<tr>{line}</tr>" for line in lines) + f"</{tag}>"


def _cell_html(cell: Cell, scope: str) -> str:
    tag = "th" if cell.heading else "td"
    attributes = f' scope="{scope}"' if cell.heading else ""
    for name in ("colspan", "rowspan"):
        if (span := getattr(cell, name)) > 1:
            attributes += f' {name}="{span}"'
    return f"<{tag}{attributes}>{_runs_html(cell.runs)}</{tag}>"


def _runs_html(runs: list[Run], looks: tuple[str, ...] = ("href", "strong", "em")) -> str:
    if not looks:
        return "".join(escape(run.words, quote=False).replace("\n", "<br>") for run in runs)
    written = ""
    for value, some in groupby(runs, key=lambda run: getattr(run, looks[0])):
        inner = _runs_html(list(some), looks[1:])
        tag = "a" if looks[0] == "href" else looks[0]
        opening = f'a href="{escape(value)}"' if tag == "a" else tag
        written += f"<{opening}>{inner}</{tag}>" if value else inner
    return written


@dataclass
class Node:
    """An element as read; text stands among its children as str."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag != "br":
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Node:
    """The elements of well-formed markup (nh3 makes it so)."""
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return reader.root
