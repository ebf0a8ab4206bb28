"""Characters that the shipped fonts can print.

PDF/A asks that every character has a glyph in an embedded font. One emoji without a glyph makes the
whole file break the standard, so a character that no shipped font holds is printed as "[U+1F642]".
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from register.printing.refusals import PrintFailed

PARTS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
FACES = (
    "400-normal",
    "400-italic",
    "600-normal",
    "600-italic",
    "700-normal",
    "700-italic",
)
KEPT = frozenset("\t\n")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
BREAKS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def font_files(folder: Path) -> dict[str, list[Path]]:
    """The shipped fonts of each part of the alphabet, in the order in which they are tried."""
    found = {}
    for part in PARTS:
        files = [folder / f"source-sans-3-{part}-{face}.woff2" for face in FACES]
        if present := [file for file in files if file.is_file()]:
            found[part] = present
    if "latin" not in found:
        raise PrintFailed("The print fonts are not installed. Ask for the set-up to be run again.")
    return found


@cache
def printable(folder: Path) -> frozenset[int]:
    """Every code point that has a glyph in each face of one of the parts."""
    return frozenset().union(*(_part_points(folder, part) for part in font_files(folder)))


def parts_needed(text: str, folder: Path) -> dict[str, list[Path]]:
    """The fonts that this text needs: a text in English needs the first part only."""
    left = {ord(one) for one in set(text)}
    needed = {}
    for part, files in font_files(folder).items():
        here = left & _part_points(folder, part)
        if here or part == "latin":
            needed[part] = files
        left -= here
    return needed


def shown(text: str, points: frozenset[int]) -> str:
    """The text as it can be printed: unseen characters dropped, those without a glyph named."""
    if text.isascii() and not UNSEEN.search(text):
        return text
    text = unicodedata.normalize("NFC", UNSEEN.sub("", BREAKS.sub("\n", text)))
    return "".join(_shown_one(one, points) for one in text)


def _shown_one(one: str, points: frozenset[int]) -> str:
    if one in KEPT or ord(one) in points:
        return one
    if unicodedata.category(one) == "Zs":
        return " "
    if one in "\u2010\u2011":
        return "-"
    return f"[U+{ord(one):04X}]"


@cache
def _part_points(folder: Path, part: str) -> frozenset[int]:
    first, *rest = (_code_points(file) for file in font_files(folder)[part])
    return frozenset(first.intersection(*rest))


def _code_points(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())
