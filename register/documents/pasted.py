"""Clauses out of plain text: “1”, “1.1”, “(a)” and “-” at the head of a line say level and marker.

A text without such numbers is read by its headings: short lines that stand alone between empty lines.
"""

from __future__ import annotations

import re

from register.core.text import from_plain

# After its number a line goes on with a space, or straight on after a mark: “8.4.The parties”.
_AFTER = r"(?:[.):]?\s+|[.):](?=[A-Z]))(.*)"
_NUMBER = re.compile(rf"(?:[Cc]lause\s+|CLAUSE\s+)?(\d+(?:\.\d+){{0,2}}){_AFTER}")
_DEEP = re.compile(rf"(\d+(?:\.\d+){{3,}}){_AFTER}")
_LETTER = re.compile(r"\(?([a-z]{1,2})[.)]\s+(.*)")
_BULLET = re.compile(r"[-*•‣]\s+(.*)")
_HASHES = re.compile(r"(#+)\s+(.*)")
HEADING_LIMIT = 120  # characters: a longer first line is text, not a heading
SENTENCE_ENDS = (".", ";", ":", ",")


def clauses_in(text: str) -> list[dict]:
    """The clauses of a pasted text in order, each with level, marker, heading and text as markup.

    A short first line without a full stop is the heading; lines without a number go with the clause
    before, and each block between empty lines that follows no clause is a clause of its own. Without
    numbers such as “1.1”, and with two headings or more, each paragraph is a clause under its heading.
    """
    cleaned = [" ".join(raw.split()) for raw in text.splitlines()]
    if _is_headed(cleaned):
        return _by_headings(_blocks(cleaned))
    return _by_numbers(cleaned)


def _by_numbers(cleaned: list[str]) -> list[dict]:
    found: list[dict] = []
    lines: list[list[str]] = []
    numbered_level = 0
    after_gap = True
    for line in cleaned:
        if not line:
            after_gap = True
            continue
        mark = _mark(line, numbered_level)
        if mark is None and found and not (after_gap and found[-1]["plain"]):
            lines[-1].append(("\n" if after_gap else "") + line)
        else:
            level, marker, rest = mark or (1, "number", line)
            numbered_level = level if marker == "number" else numbered_level
            found.append({"level": level, "marker": marker, "plain": mark is None})
            lines.append([rest])
        after_gap = False
    return [_clause(clause, said) for clause, said in zip(found, lines, strict=True)]


def _mark(line: str, numbered_level: int) -> tuple[int, str, str] | None:
    if match := _DEEP.fullmatch(line):
        return 3, "number", match[2]
    if match := _NUMBER.fullmatch(line):
        return match[1].count(".") + 1, "number", match[2]
    below = min(max(numbered_level, 1) + 1, 3)
    if match := _LETTER.fullmatch(line):
        return below, "letter", match[2]
    if match := _BULLET.fullmatch(line):
        return below, "bullet", match[1]
    return None


def _clause(clause: dict, said: list[str]) -> dict:
    first, rest = said[0], said[1:]
    is_heading = (
        clause["marker"] == "number"
        and not clause["plain"]
        and len(first) <= HEADING_LIMIT
        and not first.endswith(SENTENCE_ENDS)
        and not (rest and rest[0][:1].islower())
    )
    text = "\n".join(rest if is_heading else said).strip("\n")
    return {
        "level": clause["level"],
        "marker": clause["marker"],
        "heading": first if is_heading else "",
        "text": from_plain(text),
    }


def _is_headed(lines: list[str]) -> bool:
    """Whether a text is ordered by headings and not by numbers."""
    first = next((line for line in lines if line), "")
    numbers = [match for line in lines if (match := _NUMBER.fullmatch(line))]
    if _NUMBER.fullmatch(first) or any("." in match[1] for match in numbers):
        return False
    return sum(_heading(block) is not None for block in _blocks(lines)) > 1


def _blocks(lines: list[str]) -> list[list[str]]:
    """The lines of a text in blocks, as empty lines part them."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _heading(block: list[str]) -> tuple[int, str] | None:
    """The heading that a block is, with the number of marks before it; None where it is text."""
    if len(block) > 1:
        return None
    if match := _HASHES.fullmatch(block[0]):
        return len(match[1]), match[2]
    is_text = len(block[0]) > HEADING_LIMIT or block[0].endswith(SENTENCE_ENDS)
    return None if is_text or _mark(block[0], 1) else (0, block[0])


def _by_headings(blocks: list[list[str]]) -> list[dict]:
    """Headings at their level, paragraphs as numbered clauses under them, lists below those."""
    headings = [_heading(block) for block in blocks]
    top = min(each[0] for each in headings if each)
    found: list[dict] = []
    level = 0
    for block, heading in zip(blocks, headings, strict=True):
        if heading:
            level = min(heading[0] - top + 1, 2)
            found.append(_made(level, "number", heading=heading[1]))
        else:
            found += _paragraphs(block, level)
    return found


def _paragraphs(block: list[str], level: int) -> list[dict]:
    """A block of text under a heading: lines of a list are clauses of their own."""
    found: list[dict] = []
    for line in block:
        mark = _mark(line, 1)
        if mark and mark[1] != "number":
            found.append(_made(min(level + 2, 3), mark[1], line=mark[2]))
        elif mark or not found or found[-1]["marker"] != "number":
            found.append(_made(min(level + 1, 3), "number", line=mark[2] if mark else line))
        else:
            found[-1]["lines"].append(line)
    return [each | {"text": from_plain("\n".join(each.pop("lines")))} for each in found]


def _made(level: int, marker: str, *, heading: str = "", line: str = "") -> dict:
    made = {"level": level, "marker": marker, "heading": heading, "text": ""}
    return made | ({"lines": [line]} if line else {})
