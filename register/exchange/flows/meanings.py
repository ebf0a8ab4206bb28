"""What the words of a schedule of flows mean in the codes of the reference lists.

A cell is read whole, then piece by piece; a piece is the wording of a row of the list, its code, or
one of the usual ways to say it. What is none of these is given back, so that nothing is lost.
"""

from __future__ import annotations

import re
from functools import lru_cache

from register.exchange.flows.words import PATTERNS
from register.exchange.headings import heading_key
from register.lists.labels import labels

_COARSE, _FINE = r"[;\n•|]", r"[,/]|\s(?:and|or|&)\s"
LONGEST = 600  # a longer cell is prose, in which a word proves nothing


def read_codes(list_code: str, text: str) -> tuple[tuple[str, ...], str]:
    """The codes that a cell names, in its order, and the words that name none."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return (), text
    read = [pair for piece in _parted(_COARSE, text) for pair in _read_piece(list_code, piece)]
    codes = tuple(dict.fromkeys(code for _, code in read if code))
    return codes, "; ".join(piece for piece, code in read if not code) if codes else text


def read_code(list_code: str, text: str) -> tuple[str, str]:
    """The one code that a cell names, and the cell where it names several."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return "", text
    whole = _code(list_code, _wordings(list_code, tuple(labels(list_code).items())), text)
    codes, rest = read_codes(list_code, text)
    if len(codes) > 1:
        return codes[0], text
    return whole or "".join(codes), "" if whole else rest


def says_no(text: str) -> bool:
    """Whether a cell says no, none or not applicable, and nothing else."""
    return bool(
        re.fullmatch(r"\W*(?:no|none|n/?a|nil|not applicable|not any)\W*", text, re.IGNORECASE)
    )


def says_yes(text: str) -> bool:
    """Whether a cell says yes and nothing else."""
    return bool(re.fullmatch(r"\W*(?:yes|y|true)\W*", text, re.IGNORECASE))


def volume_of(text: str) -> str:
    """The band that a number of records falls in, by its code; "" where there is no one number."""
    numbers = re.findall(r"\d[\d,]*", text)
    if len(numbers) != 1 or re.search(r"million|thousand|\dk\b", text, re.IGNORECASE):
        return ""
    count = int(numbers[0].replace(",", "") or 0)
    bands = ((10, "1_10"), (100, "11_100"), (1_000, "101_1000"), (10_000, "1001_10000"))
    return next((code for most, code in bands if 0 < count <= most), "over_10000" if count else "")


def _read_piece(list_code: str, piece: str) -> list[tuple[str, str]]:
    """The parts of a piece with their codes: where no part of it says anything, the piece whole."""
    wordings = _wordings(list_code, tuple(labels(list_code).items()))
    if code := wordings.get(heading_key(piece)):
        return [(piece, code)]
    parts = [(part, _code(list_code, wordings, part)) for part in _parted(_FINE, piece)]
    return parts if any(code for _, code in parts) else [(piece, _code(list_code, wordings, piece))]


def _parted(at: str, text: str) -> list[str]:
    pieces = (piece.strip(" .-\u2013\t") for piece in re.split(at, text))
    return [piece for piece in pieces if piece]


def _code(list_code: str, wordings: dict[str, str], piece: str) -> str:
    if code := wordings.get(heading_key(piece)):
        return code
    known = set(wordings.values())
    for pattern, code in _patterns(list_code):
        if code in known and pattern.search(piece):
            return code
    return ""


@lru_cache(maxsize=100)
def _wordings(list_code: str, rows: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found = {heading_key(code): code for code, _ in rows}
    return found | {heading_key(label): code for code, label in rows}


@lru_cache(maxsize=100)
def _patterns(list_code: str) -> list[tuple[re.Pattern, str]]:
    rows = PATTERNS.get(list_code, ())
    return [(re.compile(pattern, re.IGNORECASE), code) for pattern, code in rows]
