"""Reads markup from anywhere (our editor, Word, a page) into the blocks that a text may have."""

import re
from collections.abc import Sequence

from register.core.blocks import (
    SPAN_LIMIT,
    Block,
    Bullets,
    Cell,
    Item,
    Node,
    Paragraph,
    Run,
    Table,
    safe_address,
    tidy,
    tree,
)

STRONG = {"strong", "b"}
EM = {"em", "i"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
LISTS = {"ul", "ol"}
INLINE = STRONG | EM | {"a", "br"}
_WORD_BULLET = re.compile(r"^[·•▪§o\-–\uf0b7\uf0a7]\s+")
_WORD_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")


def read(html: str) -> list[Block]:
    """The blocks of markup that nh3 has already made well formed."""
    return _joined(_blocks(tree(html).children))


def split_lines(runs: list[Run]) -> list[list[Run]]:
    """A paragraph's runs, parted where two line breaks follow each other."""
    parts: list[list[Run]] = [[]]
    pending = 0
    for run in runs:
        for piece in re.split(r"([\n])", run.words):
            if piece == "\n":
                pending += 1
            elif piece.strip():
                if pending > 1:
                    parts.append([])
                elif pending:
                    parts[-1].append(Run("\n", run.strong, run.em, run.href))
                pending = 0
                parts[-1].append(Run(piece, run.strong, run.em, run.href))
            elif piece and not pending:
                parts[-1].append(Run(piece, run.strong, run.em, run.href))
    return [made for part in parts if (made := tidy(part))]


def _blocks(children: list[Node | str]) -> list[Block]:
    blocks: list[Block] = []
    loose: list[Node | str] = []
    for child in children:
        if isinstance(child, str) or child.tag in INLINE:
            loose.append(child)
            continue
        blocks += _paragraphs(loose)
        loose = []
        blocks += _block(child)
    return blocks + _paragraphs(loose)


def _block(node: Node) -> list[Block]:
    if node.tag in HEADINGS:
        runs = tidy([Run(run.words.replace("\n", " "), run.strong, run.em, run.href)
                     for run in _runs(node)])  # fmt: skip
        return [Paragraph(runs, HEADINGS[node.tag])] if runs else []
    if node.tag in LISTS:
        items = _items(node)
        return [Bullets(node.tag, items)] if items else []
    if node.tag == "table":
        rows = _rows(node)
        return [Table(rows)] if any(cell.runs for row in rows for cell in row) else []
    if node.tag == "li":
        return [Bullets("ul", items)] if (items := _item(node)) else []
    if node.attributes.get("class", "").startswith("MsoListParagraph"):
        return _word_item(node)
    return _blocks(node.children)


def _paragraphs(children: list[Node | str]) -> list[Block]:
    runs = [run for child in children for run in _runs(child)]
    return [Paragraph(part) for part in split_lines(runs)]


def _word_item(node: Node) -> list[Block]:
    # Word writes its lists as paragraphs that begin with the bullet or the number.
    runs = tidy(_runs(node))
    if not runs:
        return []
    whole = "".join(run.words for run in runs)
    for tag, marker in (("ul", _WORD_BULLET), ("ol", _WORD_NUMBER)):
        if found := marker.match(whole):
            return [Bullets(tag, [Item(rest)])] if (rest := _without(runs, found.end())) else []
    return [Paragraph(part) for part in split_lines(runs)]


def _without(runs: list[Run], count: int) -> list[Run]:
    rest = []
    for run in runs:
        rest.append(Run(run.words[count:], run.strong, run.em, run.href))
        count = max(0, count - len(run.words))
    return tidy(rest)


def _items(node: Node) -> list[Item]:
    items: list[Item] = []
    for child in node.children:
        if isinstance(child, str):
            runs = tidy([Run(child.replace("\n", " "))])
            items += [Item(runs)] if runs else []
        elif child.tag == "li":
            items += _item(child)
        elif child.tag in LISTS and items:
            items[-1].lists = _lists([*items[-1].lists, *_block(child)])
        else:
            items += _item(Node("li", children=[child]))
    return items


def _item(node: Node) -> list[Item]:
    """One item; more when words follow a list under it, none when it is empty."""
    items = [Item([])]
    for part in _parts(node):
        if isinstance(part, Node):
            items[-1].lists += _lists(_block(part))
        elif items[-1].lists:
            items.append(Item(part))
        else:
            items[-1].runs += [Run("\n"), *part]
    kept: list[Item] = []
    for item in items:
        runs, lists = tidy(item.runs), _lists(item.lists)
        if runs:
            kept.append(Item(runs, lists))
        else:
            kept += [inner for under in lists for inner in under.items]
    return kept


def _parts(node: Node) -> list["Node | list[Run]"]:
    """The lists in an item or container, and the runs between them."""
    parts: list[Node | list[Run]] = []
    for child in node.children:
        if isinstance(child, str) or child.tag in INLINE:
            runs = _runs(child)
            if parts and isinstance(parts[-1], list) and not _ends_block(parts[-1]):
                parts[-1] += runs
            elif any(run.words.strip() for run in runs):
                parts.append(runs)
        elif child.tag in LISTS:
            parts.append(child)
        elif child.tag == "table":
            parts.append(_runs(child))
        else:
            parts += [
                [*part, Run("\n")] if isinstance(part, list) else part for part in _parts(child)
            ]
    return parts


def _ends_block(runs: list[Run]) -> bool:
    return bool(runs) and runs[-1] == Run("\n")


def _rows(node: Node) -> list[list[Cell]]:
    rows = []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag == "tr":
            cells = [_cell(c) for c in child.children if not isinstance(c, str)]
            rows += [cells] if cells else []
        else:
            rows += _rows(child)
    return rows


def _cell(node: Node) -> Cell:
    spans = (_span(node.attributes.get(name, "")) for name in ("colspan", "rowspan"))
    return Cell(tidy(_runs(node)), node.tag == "th", *spans)


def _span(value: str) -> int:
    return min(int(value[:4]), SPAN_LIMIT) if re.fullmatch(r"[1-9][0-9]*", value) else 1


def _runs(node: Node | str, look: Run = Run("")) -> list[Run]:  # noqa: B008
    if isinstance(node, str):
        return [Run(re.sub(r"[\n\r]", " ", node), look.strong, look.em, look.href)]
    if node.tag == "br":
        return [Run("\n", look.strong, look.em, look.href)]
    href = safe_address(node.attributes.get("href", "")) if node.tag == "a" else ""
    inner = Run("", look.strong or node.tag in STRONG, look.em or node.tag in EM, href or look.href)
    runs = [run for child in node.children for run in _runs(child, inner)]
    return runs if node.tag in INLINE else [Run("\n"), *runs, Run("\n")]


def _lists(blocks: Sequence[Block]) -> list[Bullets]:
    return [block for block in _joined(blocks) if isinstance(block, Bullets)]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Two lists of one kind that follow each other are one list."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Bullets) and isinstance(last, Bullets) and last.tag == block.tag:
            last.items += block.items
        else:
            joined.append(block)
    return joined
