"""A text as plain words, for the field without JavaScript, and back again without loss.

Blank lines part paragraphs; “- ” bullets and “1. ” numbers make lists, two spaces deeper for a list
under an item; “## ” and “### ” are headings; “| a | b |” is a row of a table, with “| --- |” under the
headings; **bold**, __italic__, [words](https://…). A backslash before a sign keeps it as a sign.
Only cells joined across columns or rows have no plain form.
"""

import re

from register.core.blocks import Block, Bullets, Cell, Item, Paragraph, Run, Table, tidy
from register.core.reading import split_lines

HEADING_MARKS = {"h3": "## ", "h4": "### "}
_MARKER = re.compile(r"(?P<indent> *)(?:(?P<ul>[-*•])|(?P<ol>\d{1,3}[.)])) +(?=\S)")
_HEADING = re.compile(r"(#{2,3}) +(?=\S)")
_RULE = re.compile(r"\|?( *:?-{3,}:? *\|)+( *:?-{3,}:? *)?$")
_ROW = re.compile(r"\||.*(?<!\\) \| ")
_TOKEN = re.compile(
    r"\\([\\*_\[\](|#!<•.)-])|(\*\*)|(__)|(\[)|\]\(((?:https://|mailto:)[^\s()]+)\)|(<br>)"
)
_SIGNS = "\\*_[](|#!<•.)-"


def write(blocks: list[Block]) -> str:
    """The blocks of a text in plain words."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks)


def read(plain: str) -> list[Block]:
    """The blocks that plain words mean."""
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*plain.expandtabs(4).splitlines(), ""]:
        if line.strip():
            lines.append(line.rstrip())
        else:
            blocks += _chunk(lines)
            lines = []
    return blocks


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph) and block.tag in HEADING_MARKS:
        return [HEADING_MARKS[block.tag] + _coded(block.runs)]
    if isinstance(block, Paragraph):
        return _kept_apart(_coded(block.runs)).split("\n")
    if isinstance(block, Bullets):
        return _list_lines(block, "")
    rows = [_row_line(row, head=not n and block.has_head()) for n, row in enumerate(block.rows)]
    if block.has_head():
        rows.insert(1, "|" + " --- |" * len(block.rows[0]))
    return rows


def _list_lines(bullets: Bullets, indent: str) -> list[str]:
    lines = []
    for number, item in enumerate(bullets.items, start=1):
        marker = f"{min(number, 999)}. " if bullets.tag == "ol" else "- "
        first, *rest = _kept_apart(_coded(item.runs)).split("\n")
        lines.append(indent + marker + first)
        lines += [indent + "  " + line for line in rest]
        for under in item.lists:
            lines += _list_lines(under, indent + "  ")
    return lines


def _row_line(row: list[Cell], *, head: bool) -> str:
    return "| " + " | ".join(_cell_words(cell, head=head) for cell in row) + " |"


def _cell_words(cell: Cell, *, head: bool) -> str:
    words = _coded(cell.runs, cell=True)
    if re.match(r"!|-{3,}", words):
        words = "\\" + words
    return f"! {words}".rstrip() if cell.heading and not head else words


def _kept_apart(words: str) -> str:
    """Lines that would read as a list, heading or row get a backslash."""
    lines = []
    for line in words.split("\n"):
        if found := re.match(r"\d{1,3}(?=[.)] )", line):
            line = f"{found[0]}\\{line[found.end() :]}"
        elif re.match(r"[-*•] |#{2,3} |\|", line):
            line = "\\" + line
        lines.append(re.sub(r"(?<!\\) \|(?= )", r" \\|", line))
    return "\n".join(lines)


def _coded(runs: list[Run], *, cell: bool = False) -> str:
    written, look = "", Run("")
    for run in runs:
        written += _turn(look, run) + _escaped(run, alone=len(runs) == 1 and _is_bare(run))
        look = run
    written += _turn(look, Run(""))
    return written.replace("|", "\\|").replace("\n", "<br>") if cell else written


def _is_bare(run: Run) -> bool:
    return not (run.strong or run.em or run.href)


def _turn(before: Run, after: Run) -> str:
    marks = f"]({before.href})" if before.href and before.href != after.href else ""
    marks += "**" if before.strong != after.strong else ""
    marks += "__" if before.em != after.em else ""
    return marks + ("[" if after.href and before.href != after.href else "")


def _escaped(run: Run, *, alone: bool) -> str:
    words, made = run.words, []
    for n, letter in enumerate(words):
        previous, following = words[n - 1 : n] if n else "", words[n + 1 : n + 2]
        at_edge = not alone and (not previous or not following)
        if (
            (letter == "\\" and (at_edge or not following or following in _SIGNS + "\n"))
            or (letter in "*_" and (at_edge or letter in {previous, following}))
            or (letter == "[" and run.href)
            or (letter == "(" and (previous == "]" or at_edge))
            or (letter == "<" and words.startswith("<br>", n))
        ):
            made.append("\\")
        made.append(letter)
    return "".join(made)


def _chunk(lines: list[str]) -> list[Block]:
    """The blocks of lines without a blank one between them."""
    blocks: list[Block] = []
    while lines:
        if _HEADING.match(lines[0]):
            blocks.append(_heading(lines.pop(0)))
            continue
        kind = _kind(lines[0])
        count = 1
        while count < len(lines) and _goes_on(kind, lines[count]):
            count += 1
        some, lines = lines[:count], lines[count:]
        blocks += _MADE[kind](some)
    return blocks


def _kind(line: str) -> str:
    if _MARKER.match(line):
        return "list"
    return "table" if _ROW.match(line) else "paragraph"


def _goes_on(kind: str, line: str) -> bool:
    if _HEADING.match(line):
        return False
    return _kind(line) == kind or (kind == "list" and line.startswith("  "))


def _heading(line: str) -> Paragraph:
    found = _HEADING.match(line)
    tag = "h3" if found and len(found[1]) == 2 else "h4"
    return Paragraph(_runs(line[found.end() if found else 0 :]), tag)


def _paragraph(lines: list[str]) -> list[Block]:
    runs = _runs("\n".join(line.strip() for line in lines))
    return [Paragraph(part) for part in split_lines(runs)]


def _list(lines: list[str]) -> list[Block]:
    entries: list[tuple[int, str, list[str]]] = []
    for line in lines:
        if found := _MARKER.match(line):
            tag = "ul" if found["ul"] else "ol"
            entries.append((len(found["indent"]), tag, [line[found.end() :]]))
        else:
            entries[-1][2].append(line.strip())
    top: list[Block] = []
    # For each open depth: its indent and the blocks that its lists stand in.
    open_depths: list[tuple[int, list]] = [(entries[0][0], top)]
    for indent, tag, words in entries:
        while len(open_depths) > 1 and indent < open_depths[-1][0]:
            open_depths.pop()
        if indent > open_depths[-1][0] + 1:
            open_depths.append((indent, open_depths[-1][1][-1].items[-1].lists))
        level = open_depths[-1][1]
        if not level or level[-1].tag != tag:
            level.append(Bullets(tag, []))
        level[-1].items.append(Item(_runs("\n".join(words))))
    return top


def _table(lines: list[str]) -> list[Block]:
    has_head = len(lines) > 1 and bool(_RULE.match(lines[1].strip()))
    rows = [_row(line) for n, line in enumerate(lines) if not (has_head and n == 1)]
    if has_head:
        rows[0] = [Cell(cell.runs, True) for cell in rows[0]]
    return [Table(rows)]


def _row(line: str) -> list[Cell]:
    line = line.strip().removeprefix("|")
    parts = re.split(r"(?<!\\)((?:\\\\)*)\|", line)
    cells = ["".join(parts[n : n + 2]).strip() for n in range(0, len(parts), 2)]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    return [_cell(words) for words in cells]


def _cell(words: str) -> Cell:
    heading = words == "!" or words.startswith("! ")
    return Cell(_runs(words[1:] if heading else words, cell=True), heading)


def _runs(words: str, *, cell: bool = False) -> list[Run]:
    tokens, links = _tokens(words, cell=cell)
    counts = {mark: sum(token == (mark, "") for token in tokens) for mark in ("**", "__")}
    runs, strong, em, seen = [], False, False, {"**": 0, "__": 0}
    href = ""
    for n, (kind, value) in enumerate(tokens):
        if kind in seen and seen[kind] < counts[kind] // 2 * 2:
            seen[kind] += 1
            strong, em = strong ^ (kind == "**"), em ^ (kind == "__")
        elif n in links:
            href = links[n]
        else:
            runs.append(Run(value or kind, strong, em, href))
    return tidy(runs)


def _tokens(words: str, *, cell: bool) -> tuple[list[tuple[str, str]], dict[int, str]]:
    """Words and marks in order, and where a link begins (its address) and ends (nothing)."""
    tokens: list[tuple[str, str]] = []
    links: dict[int, str] = {}
    opened: int | None = None
    at = 0
    for found in _TOKEN.finditer(words):
        tokens.append(("", words[at : found.start()]))
        at = found.end()
        sign, strong, em, bracket, address, line_break = found.groups()
        if bracket:
            opened = len(tokens)
        if address and opened is not None:
            links[opened], links[len(tokens)], opened = address, "", None
            tokens.append(("]", ""))
        elif strong or em or (line_break and cell):
            tokens.append((strong or em or "", "\n" if line_break else ""))
        else:
            tokens.append(("", sign or found[0]))
    return [*tokens, ("", words[at:])], links


_MADE = {"list": _list, "table": _table, "paragraph": _paragraph}
