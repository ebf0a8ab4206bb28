"""Clauses out of plain text: “1”, “1.1”, “(a)” and “-” at the head of a line say level and marker."""

from __future__ import annotations

import re

from register.core.text import from_plain

_NUMBER = re.compile(r"(?:clause\s+)?(\d+(?:\.\d+){0,2})[.):]?\s+(.*)", re.IGNORECASE)
_DEEP = re.compile(r"(\d+(?:\.\d+){3,})[.):]?\s+(.*)")
_LETTER = re.compile(r"\(?([a-z]{1,2})[.)]\s+(.*)")
_BULLET = re.compile(r"[-*•‣]\s+(.*)")
HEADING_LIMIT = 120  # characters: a longer first line is text, not a heading


def clauses_in(text: str) -> list[dict]:
    """The clauses of a pasted text in order, each with level, marker, heading and text as markup.

    A short first line without a full stop is the heading; lines without a number go with the clause
    before, and each block between empty lines that follows no clause is a clause of its own.
    """
    found: list[dict] = []
    lines: list[list[str]] = []
    numbered_level = 0
    after_gap = True
    for line in (" ".join(raw.split()) for raw in text.splitlines()):
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
        and not first.endswith((".", ";", ":", ","))
    )
    text = "\n".join(rest if is_heading else said).strip("\n")
    return {
        "level": clause["level"],
        "marker": clause["marker"],
        "heading": first if is_heading else "",
        "text": from_plain(text),
    }
