"""Takes withheld parts and names out of what is printed. Knows no database.

A part is a section of the tier, a clause of the first level with all beneath it, the files, or the
signatures. Where a part is taken out the copy says so, with the exemption.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from register.packs.reading_body import plain

FILES, SIGNATURES = "files", "signatures"
MARK = "RELEASE COPY"
MARK_WORDS = "Some parts may be withheld; each place says so. This is not the signed text."
NOT_SIGNED = "Made from the signed text"
MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
MAIL_LINK = re.compile(r'<a\s[^>]*href="mailto:[^"]*"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
NO_ADDRESS = "[address withheld]"
# The same name is typed with one apostrophe or hyphen here and with another there.
APOSTROPHES, HYPHENS = "'\u2018\u2019\u02bc", "-\u2010\u2011"
LONGEST = 200


@dataclass(frozen=True)
class Part:
    """A part of a text that may be withheld: its code, and its heading as people read it."""

    code: str
    heading: str


def parts_of(body: dict) -> list[Part]:
    """The parts of a body, in the order in which they are printed."""
    found = [
        Part(f"section:{section['code']}", section.get("heading") or "Section")
        for section in body.get("sections") or []
    ]
    found += [Part(code, heading) for code, heading, _ in _clauses(body)]
    if body.get("files"):
        found.append(Part(FILES, "Files that it rests on"))
    return [*found, Part(SIGNATURES, "Signatures")]


def without(body: dict, frame: dict, withheld: Mapping[str, str]) -> tuple[dict, dict]:
    """A body and a frame without the withheld parts; `withheld` gives each one's exemption in words."""
    sections = [_section(one, withheld) for one in body.get("sections") or []]
    clauses = [
        clause
        for code, _, rows in _clauses(body)
        for clause in (_one_clause(rows[0], withheld[code]) if code in withheld else rows)
    ]
    cut = body | {"sections": sections, "clauses": clauses, "slots": []}
    if FILES in withheld:
        said = f"Files withheld: {withheld[FILES]}"
        cut["files"] = [{"name": said, "sha256": "", "size": 0}]
    if SIGNATURES in withheld:
        said = f"Signatures withheld: {withheld[SIGNATURES]}"
        place = {"organisation": said, "post": "", "state": "signed", "person": "Withheld"}
        frame = frame | {"signatures": [place]}
    return cut, frame


def release_frame(frame: dict) -> dict:
    """The frame of a release copy: its own mark, no code of the signed text, nobody who prints it."""
    state = frame["mark"]
    control = {**frame["control"], "drawn_up_by": ""}
    return frame | {
        "mark": f"{MARK} - {state}" if state else MARK,
        "mark_words": MARK_WORDS,
        "control": control,
        "code": "",
        "verify_url": "",
        "text_sha256": "",
        "code_words": NOT_SIGNED,
        "printed_by": "",
        "certificate": None,
        "is_release": True,
    }


class Names:
    """Names to be replaced by posts, found however they are typed; and how often each was."""

    def __init__(self, posts: Mapping[str, str], kept_addresses: Iterable[str] = ()) -> None:
        self.posts = {_key(name): _harmless(post) for name, post in posts.items() if _key(name)}
        self.kept = {address.lower() for address in kept_addresses if address}
        self.found: dict[str, int] = {}
        # A name of one word, such as May, is a word of English too: replaced only where it stands alone.
        several = sorted((name for name in self.posts if " " in name), key=len, reverse=True)
        self.pattern = (
            re.compile("|".join(map(_as_typed, several)), re.IGNORECASE) if several else None
        )

    def out_of(self, value):
        """The same values, however deep, with every such name and mail address replaced."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {key: self.out_of(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.out_of(each) for each in value]
        return value

    def _text(self, text: str) -> str:
        if _key(text) in self.posts:
            return self._post(_key(text))
        if self.pattern:
            text = self.pattern.sub(lambda match: self._post(_key(match[0])), text)
        if "@" not in text:
            return text
        text = MAIL_LINK.sub(r"\1", text)
        return MAIL.sub(lambda m: m[0] if m[0].lower() in self.kept else NO_ADDRESS, text)

    def _post(self, name: str) -> str:
        self.found[name] = self.found.get(name, 0) + 1
        return self.posts[name]


def _clauses(body: dict) -> list[tuple[str, str, list[dict]]]:
    groups: list[list[dict]] = []
    for clause in body.get("clauses") or []:
        if groups and int(clause.get("level") or 1) > 1:
            groups[-1].append(clause)
        else:
            groups.append([clause])
    return [(f"clause:{n}", _called(rows[0]), rows) for n, rows in enumerate(groups, 1)]


def _called(clause: dict) -> str:
    words = clause.get("heading") or plain(clause.get("text") or "")
    return f"Clause {clause.get('number') or ''} {words}".replace("  ", " ")[:LONGEST].strip()


def _one_clause(clause: dict, ground: str) -> list[dict]:
    # The heading of a clause may say what is withheld; that of a section is the register's own.
    return [clause | {"heading": "Clause withheld", "text": f"<p>{ground}</p>"}]


def _section(section: dict, withheld: Mapping[str, str]) -> dict:
    ground = withheld.get(f"section:{section['code']}")
    if ground is None:
        return section
    field = {"code": "", "label": "", "kind": "html", "value": f"<p>Section withheld: {ground}</p>"}
    return section | {"fields": [field]}


def _key(name: str) -> str:
    name = name.replace("&nbsp;", " ").replace("&amp;", "&")
    name = re.sub(rf"&#(?:x27|39);|[{APOSTROPHES}]", "'", name)
    return " ".join(re.sub(f"[{HYPHENS}]", "-", name).lower().split())


def _as_typed(name: str) -> str:
    either = {
        " ": r"(?:\s|&nbsp;)+",
        "'": f"(?:[{APOSTROPHES}]|&#x27;|&#39;)",
        "-": f"[{HYPHENS}]",
        "&": "(?:&amp;|&)",
    }
    return rf"(?<!\w){''.join(either.get(c, re.escape(c)) for c in name)}(?!\w)"


def _harmless(post: str) -> str:
    """A post's title as it may stand in a text and in markup alike."""
    return re.sub(r'[<>"]', "", post.replace("&", "and"))
