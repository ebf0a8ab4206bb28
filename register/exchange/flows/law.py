"""Legal words of a schedule: articles, conditions, and the sections of Acts that the list of gateways has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from register.lists.labels import labels

LONGEST = 4_000  # characters in which law is looked for
_NOT_OF_AN_ACT = r"(?<![\d.s])(?<!section )(?<!sections )"
_SIX = re.compile(
    rf"{_NOT_OF_AN_ACT}6\s*[.(]?\s*1\s*[.)]?\s*[.(]?\s*(ea|[a-f])\b\)?", re.IGNORECASE
)
_NINE = re.compile(rf"{_NOT_OF_AN_ACT}9\s*[.(]?\s*2\s*[.)]?\s*[.(]?\s*([a-j])\b\)?", re.IGNORECASE)
_SCHEDULE = re.compile(
    r"\bsch(?:edule|\.)?\s*1\b[^;\n]{0,60}?(?:para(?:graph)?s?\.?|condition)\s*(\d{1,2})\b",
    re.IGNORECASE,
)
_BASES = (
    ("6_1_ea", r"recognised legitimate interests?"),
    ("6_1_f", r"legitimate interests?"),
    ("6_1_e", r"public (?:task|interest task)"),
    ("6_1_c", r"legal obligations?"),
    ("6_1_d", r"vital interests?"),
    ("6_1_b", r"contract"),
    ("6_1_a", r"consent"),
)
_FILLING = re.compile(
    r"(?:articles?|art|uk|gdpr|dpa|data protection act|2018|general data protection regulation|and|of|the"
    r"|condition|for|personal|data|special|category|under|public|task|legal|obligation|vital|interests?"
    r"|consent|contract|legitimate|recognised|\W|_)*",
    re.IGNORECASE,
)
_ACT = re.compile(r"\b(?:act|regulations|measure) \d{4}\b")
_NUMBER = r"\d{1,3}[a-z]{0,2}"
_SECTION = re.compile(
    rf"\b(?:sections?|secs?|ss?)\.? ?({_NUMBER})\b((?: ?(?:,|and|to|-) ?(?:s )?{_NUMBER}\b)*)"
)


@dataclass(frozen=True)
class LawRead:
    """What legal words name, as codes; `is_whole` says that nothing else stands there."""

    lawful_basis: tuple[str, ...] = ()
    article9: tuple[str, ...] = ()
    schedule1: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    is_whole: bool = False


def read_law(text: str) -> LawRead:
    """Read the articles, conditions and gateways that a cell names; the rest stays with its words."""
    looked = text[:LONGEST]
    found = LawRead(
        _known("lawful_basis", [*_articles(_SIX, looked, "6_1"), *_named(looked)])[:1],
        _known("article9_condition", _articles(_NINE, looked, "9_2")),
        _known("schedule1_condition", [f"sch1_{f[1]}" for f in _SCHEDULE.finditer(looked)]),
        tuple(dict.fromkeys(_gateways(looked))),
    )
    rest = _SCHEDULE.sub("", _NINE.sub("", _SIX.sub("", looked, count=1)))
    is_whole = not found.gateways and len(text) <= LONGEST and bool(_FILLING.fullmatch(rest))
    anything = found.lawful_basis or found.article9 or found.schedule1
    return LawRead(found.lawful_basis, found.article9, found.schedule1, found.gateways,
                   bool(anything) and is_whole)  # fmt: skip


def _articles(pattern: re.Pattern, text: str, article: str) -> list[str]:
    return [f"{article}_{found[1].lower()}" for found in pattern.finditer(text)]


def _named(text: str) -> list[str]:
    """A lawful basis by its name, where the cell or a piece of it is nothing but that name."""
    pieces = [piece.strip(" .-\u2013") for piece in re.split(r"[;,\n(]", text)]
    return [
        code
        for piece in pieces
        for code, name in _BASES
        if re.fullmatch(name, piece, re.IGNORECASE)
    ][:1]


def _known(list_code: str, codes: list[str]) -> tuple[str, ...]:
    held = labels(list_code)
    return tuple(dict.fromkeys(code for code in codes if code in held))


def _gateways(text: str) -> Iterator[str]:
    if re.search(r"common law polic|police.{0,20}common law powers", text, re.IGNORECASE):
        yield from _known("legal_gateway", ["common_law_policing"])
    known = _index(tuple(labels("legal_gateway").items()))
    acts = {act for act, _, _ in known}
    cited = [pair for part in re.split(r"[;\n]", text) for pair in _cited(_squeezed(part), acts)]
    for act, sections in cited:
        for of_act, of_sections, code in known:
            if act == of_act and (sections & of_sections or not (sections or of_sections)):
                yield code


@lru_cache(maxsize=4)
def _index(rows: tuple[tuple[str, str], ...]) -> list[tuple[str, frozenset[str], str]]:
    """Each gateway's Act with its sections, which may be none, and its code."""
    found = []
    for code, label in rows:
        text = _squeezed(label)
        if act := _ACT.search(text):
            sections = _sections(text[act.end() :].partition("schedule")[0])
            found.append((text[: act.end()], frozenset(sections), code))
    return found


def _cited(text: str, acts: set[str]) -> list[tuple[str, set[str]]]:
    """The Acts that a text names, each with the sections that stand beside it."""
    places = [(found.start(), found.end()) for found in _ACT.finditer(text)]
    cited: list[tuple[str, set[str]]] = []
    for _start, end in places:
        name = max((act for act in acts if text[:end].endswith(act)), key=len, default="")
        cited.append((name, set()))
    numbers = list(_SECTION.finditer(text))
    before = bool(numbers and places) and numbers[0].start() < places[0][0]
    for number in numbers:
        ends = [place for place, (_s, end) in enumerate(places) if end <= number.start()]
        later = [place for place, (start, _e) in enumerate(places) if start >= number.end()]
        at = (later or ends)[:1] if before else ends[-1:] or later[:1]
        for place in at:
            cited[place][1].update(_sections(number[0]))
    return [(act, sections) for act, sections in cited if act]


def _sections(text: str) -> set[str]:
    found: set[str] = set()
    for match in _SECTION.finditer(text):
        numbers = re.findall(_NUMBER, match[0])
        found.update(numbers)
        for first, last in re.findall(rf"({_NUMBER}) ?(?:to|-) ?(?:s )?({_NUMBER})", match[0]):
            found.update(_between(first, last))
    return found


def _between(first: str, last: str) -> set[str]:
    if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) < 60:
        return {str(number) for number in range(int(first), int(last) + 1)}
    stem = first[:-1]
    if stem and stem == last[:-1] and first[-1] < last[-1]:
        return {f"{stem}{chr(letter)}" for letter in range(ord(first[-1]), ord(last[-1]) + 1)}
    return set()


def _squeezed(text: str) -> str:
    """Small letters; brackets stand as spaces but for those after a section's number, which go."""
    text = re.sub(r"(?<=[0-9a-z])\([0-9a-z]{1,4}\)(?:\([0-9a-z]{1,4}\))*", "", text.casefold())
    return " ".join(
        re.sub(r"[^\w,\-]+|_", " ", text.replace("\u2013", " ").replace("’", "'")).split()
    )
