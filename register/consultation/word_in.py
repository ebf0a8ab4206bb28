"""Reads what a Word file that came back says: its comments, and the changes that it tracks.

A file comes from a stranger: it was examined before (`documents.files`), its parts are bounded again
here, and its XML is read without entities by a parser that keeps no tree.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError

from register.consultation.marks import NUMBER_STYLE, read_subject

XML_LIMIT = 20 * 1024 * 1024  # bytes of one part, unpacked
DEPTH_LIMIT = 200
ELEMENT_LIMIT = 500_000
MOST = 1_000  # comments and changes of one file
WORDS_LIMIT = 10_000  # characters of one comment
DAMAGED = "The Word file cannot be read: it is damaged. Save it again in Word, and choose it again."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass
class Said:
    """One comment, or one paragraph with tracked changes: who, when, where, and the words.

    Of a comment `quoted` is what it is anchored to; of a change `quoted` is the paragraph as it was
    and `suggestion` as it would be. `bookmark` is that of its part, empty where there is none.
    """

    is_change: bool
    bookmark: str
    author: str = ""
    written_at: datetime | None = None
    quoted: str = ""
    text: str = ""
    suggestion: str = ""


@dataclass
class _Line:
    """A paragraph while it is read: as it was, as it would be, and what was changed by whom."""

    before: str = ""
    after: str = ""
    put_in: str = ""
    taken_out: str = ""
    authors: dict[str, None] = field(default_factory=dict)
    written_at: datetime | None = None


def version_in(content: bytes) -> tuple[str, int] | None:
    """The reference and number of the version that a file says it is; None where it says nothing."""
    with _opened(content) as parts:
        for element in _elements(parts, "docProps/core.xml"):
            if element.tag == f"{_DC}subject":
                return read_subject(element.text or "")
    return None


def said_in(content: bytes) -> list[Said]:
    """Everything that a file says, in the order of its text.

    Raises ValidationError with a sentence for a file that cannot be read or says too much.
    """
    with _opened(content) as parts:
        reader = _Reader(_comments(parts))
        for event, element in _events(parts, "word/document.xml"):
            reader.take(event, element)
    found = [said for said in reader.found if said.text or said.suggestion]
    if len(found) > MOST:
        raise ValidationError(f"The file holds more than {MOST:,} comments and changes. Split it.")
    return found


class _Reader:
    """Goes through the text once: knows the part, the open comments and the tracked change it is in."""

    def __init__(self, comments: dict[str, Said]) -> None:
        self.comments = comments
        self.found: list[Said] = []
        self.bookmark = ""
        self.anchored: dict[str, Said] = {}
        self.line: _Line | None = None
        self.change: list[tuple[str, str, datetime | None]] = []
        self.is_label = False

    def take(self, event: str, element: Element) -> None:
        """One start or end of an element."""
        name = element.tag.removeprefix(_W)
        handler = getattr(self, f"_{event}_{name}", None)
        if handler is not None:
            handler(element)

    def _start_bookmarkStart(self, element: Element) -> None:
        if (name := element.get(f"{_W}name", "")).startswith("part_"):
            self.bookmark = name

    def _start_commentRangeStart(self, element: Element) -> None:
        self._anchor(element)

    def _end_commentRangeEnd(self, element: Element) -> None:
        self.anchored.pop(element.get(f"{_W}id", ""), None)

    def _start_commentReference(self, element: Element) -> None:
        if (key := element.get(f"{_W}id", "")) in self.comments:
            self._anchor(element)
            self.anchored.pop(key, None)

    def _anchor(self, element: Element) -> None:
        said = self.comments.pop(element.get(f"{_W}id", ""), None)
        if said is not None:
            said.bookmark = self.bookmark
            self.anchored[element.get(f"{_W}id", "")] = said
            self.found.append(said)

    def _start_p(self, element: Element) -> None:
        self.line = _Line()

    def _end_p(self, element: Element) -> None:
        line, self.line = self.line, None
        for said in self.anchored.values():
            said.quoted += "\n"
        if line is not None and (line.put_in or line.taken_out):
            self.found.append(_change(line, self.bookmark))

    def _start_ins(self, element: Element) -> None:
        self.change.append(("ins", _author(element), _when(element)))

    def _start_del(self, element: Element) -> None:
        self.change.append(("del", _author(element), _when(element)))

    def _end_ins(self, element: Element) -> None:
        self.change.pop()

    _end_del = _end_moveFrom = _end_moveTo = _end_ins
    _start_moveFrom, _start_moveTo = _start_del, _start_ins

    def _start_r(self, element: Element) -> None:
        self.is_label = False

    def _end_rStyle(self, element: Element) -> None:
        # Word keeps the name of a style without its spaces.
        value = element.get(f"{_W}val", "").replace(" ", "").lower()
        self.is_label = value == NUMBER_STYLE.replace(" ", "").lower()

    def _end_t(self, element: Element) -> None:
        self._words(element.text or "")

    def _end_delText(self, element: Element) -> None:
        self._words(element.text or "")

    def _end_br(self, element: Element) -> None:
        self._words("\n")

    def _end_tab(self, element: Element) -> None:
        self._words(" ")

    def _words(self, words: str) -> None:
        if self.line is None or self.is_label:
            return
        kinds = [kind for kind, _, _ in self.change]
        if "del" in kinds:
            self.line.taken_out += words if "ins" not in kinds else ""
        if "ins" in kinds and "del" not in kinds:
            self.line.put_in += words
        self.line.before += words if "ins" not in kinds else ""
        self.line.after += words if "del" not in kinds else ""
        for _, author, at in self.change:
            self.line.authors[author] = None
            self.line.written_at = self.line.written_at or at
        for said in self.anchored.values():
            if "del" not in kinds and len(said.quoted) < WORDS_LIMIT:
                said.quoted += words


def _change(line: _Line, bookmark: str) -> Said:
    """A paragraph with its changes; one that is new or gone altogether is told, not suggested."""
    before, after = line.before.strip(), line.after.strip()
    told = []
    if not before:
        told.append(f"New paragraph: “{after}”")
    elif not after:
        told.append(f"Paragraph taken out: “{before}”")
    else:
        if line.taken_out.strip():
            told.append(f"Taken out: “{line.taken_out.strip()}”")
        if line.put_in.strip():
            told.append(f"Put in: “{line.put_in.strip()}”")
    is_suggestion = bool(before and after and before != after)
    return Said(
        is_change=True,
        bookmark=bookmark,
        author=", ".join(line.authors),
        written_at=line.written_at,
        quoted=before[:WORDS_LIMIT],
        text=". ".join(told)[:WORDS_LIMIT],
        suggestion=after[:WORDS_LIMIT] if is_suggestion else "",
    )


def _comments(parts: zipfile.ZipFile) -> dict[str, Said]:
    found: dict[str, Said] = {}
    said: Said | None = None
    for event, element in _events(parts, "word/comments.xml"):
        name = element.tag.removeprefix(_W)
        if name == "comment" and event == "start":
            said = Said(False, "", _author(element), _when(element))
            found[element.get(f"{_W}id", "")] = said
        elif name == "comment":
            said.text, said = said.text.strip()[:WORDS_LIMIT], None
        elif event == "end" and said is not None and len(said.text) < WORDS_LIMIT:
            said.text += (element.text or "") if name == "t" else "\n" if name == "p" else ""
        if len(found) > MOST:
            raise ValidationError(f"The file holds more than {MOST:,} comments. Split it.")
    return found


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise ValidationError(DAMAGED) from error


def _elements(parts: zipfile.ZipFile, name: str) -> Iterator[Element]:
    return (element for event, element in _events(parts, name) if event == "end")


def _events(parts: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """Starts and ends of the elements of a part; of a part that is not there, none."""
    depth = count = 0
    try:
        if name not in parts.namelist():
            return
        source = io.BytesIO(_bounded(parts, name))
        for event, element in ElementTree.iterparse(
            source, events=("start", "end"), forbid_dtd=True
        ):
            depth += 1 if event == "start" else -1
            count += 1
            if depth > DEPTH_LIMIT or count > 2 * ELEMENT_LIMIT:
                raise ValidationError(DAMAGED)
            yield event, element
            if event == "end":
                element.clear()
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, OSError, ValueError) as error:
        raise ValidationError(DAMAGED) from error
    except (
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:  # packed or locked in a way nobody reads
        raise ValidationError(DAMAGED) from error


def _bounded(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as opened:
        content = opened.read(XML_LIMIT + 1)
    if len(content) > XML_LIMIT:
        raise ValidationError("The Word file unpacks to more than it should. Send a smaller one.")
    return content


def _author(element: Element) -> str:
    words = "".join(char for char in element.get(f"{_W}author", "") if char.isprintable())
    return " ".join(words.split())[:200]


def _when(element: Element) -> datetime | None:
    try:
        made = datetime.fromisoformat(element.get(f"{_W}date", ""))
    except ValueError:
        return None
    return made if made.tzinfo else None
