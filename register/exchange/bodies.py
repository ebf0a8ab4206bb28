"""Several bodies in one cell, taken apart without cutting a name in two."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from register.core.names import normal_form

LONGEST = 20_000  # characters of a cell that can be a list of names

# Codes of published registers: "local-authority-eng:BNS", joined by anything or by nothing.
_CODE = re.compile(
    r"(?<![a-z-])([a-z][a-z0-9-]{1,80}):([A-Z]{1,8}\d{0,6}(?:-[A-Z0-9]{1,8})?|\d{1,8}(?![A-Z0-9]))"
)
_BULLET = re.compile(r"^\s*(?:[•●▪◦*·\u2023]|-(?=\s)|\u2013(?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_NOBODY = re.compile(
    r"(?:n/?a|none|nil|not applicable|not known|unknown|t\.?b\.?[acd]\.?|to be confirmed|[-\u2013\u2014?.]+)",
    re.IGNORECASE,
)
_LAST_WORDS = (
    "council councils police constabulary trust ft service services authority university college"
    " school academy ltd limited plc llp cic ccg icb ics board partnership agency commission"
    " association foundation hospital hospitals group brigade fund centre office executive society"
    " corporation company museum hospice surgery practice church diocese federation consortium"
    " bank union inspectorate tribunal ombudsman regulator commissioner constable hmrc"
)
_FIRST_WORDS = (
    r"(?:university|college|london borough|royal borough|city|borough|county|diocese|bank) of"
    r"|(?:department|ministry|office) (?:of|for)|nhs england|public health|secretary of state"
)
_WHOLE = re.compile(
    rf"(?:.+\b(?:{_LAST_WORDS.replace(' ', '|')})|(?:{_FIRST_WORDS})\b.+)(?:\s*\([^()]*\))?\.?",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z][A-Z&]{1,7}")


@dataclass(frozen=True)
class Named:
    """A body as a cell names it: by its name, or by a code in a published scheme."""

    text: str
    scheme: str = ""
    code: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What to look the body up by: as written, then without and within its brackets."""
        found = re.fullmatch(r"(.{3,}?)\s*\(([^()]{2,60})\)", self.text, re.DOTALL)
        return (self.text, found[1], found[2]) if found else (self.text,)


def split(cell: object, *, known: Callable[[str], bool] | None = None) -> list[Named]:
    """The bodies in one cell, each once, in order.

    Semicolons, bars, bullets and new lines part names; so do commas and " / " where each piece is
    a body on its own (`known` may say so for names of the directory); "and" never does.
    """
    text = str("" if cell is None else cell).strip()
    if len(text) > LONGEST:
        return [Named(text)]
    if codes := _codes(text):
        return codes
    found: dict[str, Named] = {}
    for piece in _pieces(text):
        for name in _at_commas(piece, known):
            name = " ".join(name.split()).strip(" ,;")
            if name and not _NOBODY.fullmatch(name):
                found.setdefault(normal_form(name) or name, Named(name))
    return list(found.values())


def is_whole_name(text: str) -> bool:
    """Whether a text is surely the name of a body: it begins or ends as such names do."""
    return bool(_WHOLE.fullmatch(text.strip()))


def _codes(text: str) -> list[Named]:
    rest = _CODE.sub("", text)
    if not text or re.search(r"\w", rest):
        return []
    return list(dict.fromkeys(Named(f[0], f[1], f[2]) for f in _CODE.finditer(text)))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    lines = [line for line in text.splitlines() if line.strip()]
    listed = len(lines) > 2 and all(line.rstrip().endswith(",") for line in lines[:-1])
    for line in lines:
        bulleted = bool(_BULLET.match(line))
        line = _BULLET.sub("", line).strip()
        if pieces and line and not (bulleted or listed) and _runs_on(pieces[-1], line):
            pieces[-1] = f"{pieces[-1]} {line}"
        elif line:
            pieces.append(line)
    return [part for piece in pieces for part in _outside_brackets(piece, r";|\||\t|•|●")]


def _runs_on(above: str, line: str) -> bool:
    """Whether the line was only wrapped: "Department for Digital,", "Media and Sport"."""
    return line[0].islower() or line.startswith("& ") or above.endswith((",", " and", " &", " of"))


def _at_commas(piece: str, known: Callable[[str], bool] | None) -> list[str]:
    if known and known(piece):
        return [piece]
    parts = [part.strip() for part in _outside_brackets(piece, r",|\s/\s")]
    parts = [re.sub(r"^and\s+", "", part) for part in parts if part]
    if len(parts) < 2 or all(_INITIALS.fullmatch(part) for part in parts):
        return parts
    capitals = piece.isupper()
    return parts if all(_is_whole(part, known, capitals) for part in parts) else [piece]


def _is_whole(part: str, known: Callable[[str], bool] | None, capitals: bool) -> bool:
    if (known and known(part)) or (_INITIALS.fullmatch(part) and not capitals):
        return True
    return len(part.split()) > 1 and part[0].isupper() and bool(_WHOLE.fullmatch(part))


def _outside_brackets(text: str, separators: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for found in re.finditer(rf"[()]|{separators}", text):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth = max(0, depth - 1)
        elif not depth:
            pieces.append(text[start : found.start()])
            start = found.end()
    # An unclosed bracket hides nothing.
    if depth:
        return re.split(separators, text)
    return [*pieces, text[start:]]
