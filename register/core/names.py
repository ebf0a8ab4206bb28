"""Names of organisations: one careful form for the spellings of one body, and suggestions.

Two names with one normal form are taken for the same body without asking anybody, so the form
forgives only what offices do not mean: capitals, accents, "&", punctuation, "Ltd", "MBC", "London
Borough of". What may tell two bodies apart stays: "County" (Leicester, Leicestershire; Durham City,
County Durham), "Town" and "Parish", NHS trust or NHS foundation trust, plc or CIC, and the names of
places that are not said to be councils ("Essex" may be the county or the police).
"""

import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

LONGEST = 300  # longer texts are no names
SLIP = 75  # how alike two words are, of 100, that may be one with a slip

# City councils that are parish councils, beside a district of the same name or county.
_PARISHES = (
    "bangor,chichester,ely,hereford,lichfield,ripon,salisbury,st asaph,st davids,truro,wells"
)
PARISH_CITIES = frozenset(_PARISHES.split(","))
_WORDS = {
    "saint": "st",
    "upon": "on",
    "dept": "department",
    "govt": "government",
    "univ": "university",
    "limited": "ltd",
}
_PHRASES = tuple(
    (re.compile(rf"\b{phrase}\b"), short)
    for phrase, short in (
        (r"h(?:er|is) majestys", "hm"),
        (r"national health service", "nhs"),
        (r"(?:nhs foundation|foundation nhs) trust", "nhs ft"),
        (r"clinical commissioning group", "ccg"),
        (r"integrated care board", "icb"),
        (r"community interest company", "cic"),
        (r"public ltd company", "plc"),
        (r"ltd liability partnership", "llp"),
        (r"london boro", "london borough"),
    )
)
_ENDINGS = tuple(
    (re.compile(rf" {ending}$"), full)
    for ending, full in (
        (r"mbc", " metropolitan borough council"),
        (r"mdc", " metropolitan district council"),
        (r"cbc", " county borough council"),
        (r"l?bc", " borough council"),
        (r"dc", " district council"),
        (r"(?:ua|unitary authority|unitary council)", " council"),
        (r"county", " county council"),
        (r"ca", " combined authority"),
        (r"constabulary", " police"),
        (r"police (?:service|force)", " police"),
        (r"(?:fire and rescue service|fire and rescue|frs|fire service|fire brigade)", " fire"),
        (r"ltd", ""),
    )
)
# What stands for one thing or another, so that it tells nothing by itself but is worth a suggestion.
_UNSURE = {" cc": (" county council", " council")}
_PLACE_FIRST = re.compile(
    r"(?:lb|rb|(?:(?:london|royal|metropolitan) )?borough of|city and (?:county|district|borough) of"
    r"|city of) (?:of )?(.+)"
)
_TYPE_LAST = re.compile(
    r"(.+?) (city and district|city and borough|county borough|metropolitan borough"
    r"|metropolitan district|metropolitan|royal borough|london borough|borough|district|city)"
)
_PLACE_ONLY = re.compile(
    r"(?!(?:peak|lake) district$)(.+?) (?:(?:metropolitan|london|county|royal) )?(?:borough|district)"
)
_INVERTED = re.compile(r"(.+) ((?:city|(?:(?:london|royal) )?borough|city and county) of)")
_ORGANISED = re.compile(
    r"\b(?:police|college|university|hospitals?|schools?|academy|nhs|trust|services?|board|society"
    r"|association|partnership|fire|ccg|icb|authority|corporation|ltd|plc|cic|church|chamber)\b"
)
_GENERIC_WORDS = (
    "council county nhs trust ft police fire service services ccg icb board university college"
    " school and of the for on cic plc department"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())


@dataclass(frozen=True)
class Candidate:
    """A known body that a name may mean; the score runs from 0 to 100."""

    id: Hashable
    name: str
    score: float


@lru_cache(maxsize=50_000)
def normal_form(name: str) -> str:
    """The careful form of an organisation's name by which spellings are taken for the same."""
    if len(name) > LONGEST:
        return _plain(name)
    text = _plain(_without_initials(name))
    text = " ".join(_WORDS.get(word, word) for word in text.split()).removeprefix("the ")
    for phrase, short in _PHRASES:
        text = phrase.sub(short, text)
    for ending, full in _ENDINGS:
        text = ending.sub(full, text)
    if text.endswith((" ccg", " icb")):
        text = text.removeprefix("nhs ")
    if text in ("city of london", "corporation of london", "city of london corporation"):
        return "city of london corporation"
    return _council(text)


class KnownNames:
    """The names by which bodies are known: official, short, former and variant, each with its id."""

    def __init__(self, known: Mapping[str, Hashable]) -> None:
        self._ids: dict[str, dict[Hashable, str]] = {}
        for name, body in known.items():
            self._ids.setdefault(normal_form(name), {}).setdefault(body, name)
        self._ids.pop("", None)
        self._cores = {form: _core(form) for form in self._ids}
        self._initials: dict[str, list[str]] = {}
        for form in self._ids:
            for initials in set(_initials(form)):
                self._initials.setdefault(initials, []).append(form)

    def match(self, name: str) -> list[Hashable]:
        """The ids of the bodies with this name's normal form: none, one, or several to choose."""
        return list(self._ids.get(normal_form(name), {}))

    def candidates(self, name: str, limit: int = 5) -> list[Candidate]:
        """The bodies that a name may mean, likeliest first, each once."""
        form = normal_form(name)
        scored: dict[str, float] = {}
        for reading in _readings(form):
            core = _core(reading)
            near = process.extract(core, self._cores, scorer=fuzz.token_set_ratio, limit=40)
            for text, _score, known in near:
                score = _likeness(reading, core, known, text)
                scored[known] = max(score, scored.get(known, 0.0))
        scored |= dict.fromkeys(self._initials.get(form, ()), 80.0)
        ranked = sorted(((score, known) for known, score in scored.items()), reverse=True)
        found: dict[Hashable, Candidate] = {}
        for score, known in ranked:
            for body, spelt in self._ids[known].items():
                if score >= 55:
                    found.setdefault(body, Candidate(body, spelt, round(score, 1)))
        return list(found.values())[:limit]


def candidates(name: str, known: Mapping[str, Hashable], limit: int = 5) -> list[Candidate]:
    """The known bodies that a name may mean, likeliest first. `known` is name to id.

    For many names make one `KnownNames` and ask it.
    """
    return KnownNames(known).candidates(name, limit)


def is_slip(one: str, other: str) -> bool:
    """Whether two names differ by slips of spelling at most: the same words, each nearly the same."""
    form, known = normal_form(one), normal_form(other)
    words, others = form.split(), known.split()
    if len(words) != len(others):
        return form.replace(" ", "") == known.replace(" ", "")
    return all(fuzz.ratio(*pair) >= SLIP for pair in zip(words, others, strict=True))


def _readings(form: str) -> list[str]:
    for short, meant in _UNSURE.items():
        if form.endswith(short):
            return [form.removesuffix(short) + full for full in meant]
    return [form]


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)  # M.B.C.
    text = re.sub("['`\u2018\u2019\u02bc\u0300-\u036f]", "", text)
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _without_initials(name: str) -> str:
    """Drop "(VOA)" after "Valuation Office Agency": initials say nothing that the name does not."""
    found = re.fullmatch(r"(.+?)\s*\(([A-Za-z&-]{2,10})\)\s*", name, re.DOTALL)
    if not found:
        return name
    said = _plain(found[2]).replace(" ", "")
    return found[1] if said in _initials(_plain(found[1])) else name


def _initials(form: str) -> tuple[str, str]:
    words = form.split()
    telling = [word for word in words if word not in ("and", "of", "the", "for")]
    firsts = {word: word if word == "hm" else word[0] for word in words}
    return "".join(firsts[word] for word in words), "".join(firsts[word] for word in telling)


def _council(text: str) -> str:
    if found := re.fullmatch(r"council of (?:the )?(.+)", text):
        text = f"{found[1]} council"
    if found := _INVERTED.fullmatch(text):
        text = f"{found[2]} {found[1]}"
    place = text.removesuffix(" council")
    said = place != text
    if found := _PLACE_FIRST.fullmatch(place):
        place, said = found[1], said or not _ORGANISED.search(found[1])
    elif not said and (found := _PLACE_ONLY.fullmatch(place)) and not _ORGANISED.search(found[1]):
        return f"{found[1]} council"
    if not said:
        return text
    found = _TYPE_LAST.fullmatch(place)
    if found and not (found[2] == "city" and found[1] in PARISH_CITIES):
        place = found[1]
    return f"{place} council"


def _core(form: str) -> str:
    return " ".join(word for word in form.split() if word not in _GENERIC) or form


def _likeness(form: str, core: str, known: str, known_core: str) -> float:
    return (
        0.3 * fuzz.token_set_ratio(core, known_core)
        + 0.15 * fuzz.token_sort_ratio(core, known_core)
        + 0.55 * fuzz.token_sort_ratio(form, known)
    )
