"""Word files as people send them back: comments in the margin, changes tracked, and worse."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx import Document as open_file
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

WHEN = "2026-11-20T10:00:00Z"


def changed(content: bytes, change: Callable) -> bytes:
    """A Word file after somebody worked on it."""
    file = open_file(io.BytesIO(content))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def line_of(file, words: str):
    """The first paragraph in which words stand."""
    return next(line for line in file.paragraphs if words in line.text)


def comment(file, words: str, text: str, author: str = "Bo Lind") -> None:
    """Put a comment into the margin of a paragraph."""
    file.add_comment(line_of(file, words).runs, text=text, author=author, initials="BL")


def track(file, words: str, *, out: str = "", put: str = "", author: str = "Bo Lind") -> None:
    """Take words out of a paragraph and put others in, with changes tracked."""
    line = line_of(file, words)
    run = next(run for run in line.runs if out in run.text)
    before, _, after = run.text.partition(out)
    run.text = before
    place = run._r
    for kind, text in (("del", out), ("ins", put)):
        if text:
            made = _tracked(kind, text, author)
            place.addnext(made)
            place = made
    rest = OxmlElement("w:r")
    rest.append(_text("t", after))
    place.addnext(rest)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The file with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return out.getvalue()


def _tracked(kind: str, text: str, author: str):
    made = OxmlElement(f"w:{kind}")
    for name, value in (("id", "900"), ("author", author), ("date", WHEN)):
        made.set(qn(f"w:{name}"), value)
    run = OxmlElement("w:r")
    run.append(_text("delText" if kind == "del" else "t", text))
    made.append(run)
    return made


def _text(tag: str, words: str):
    text = OxmlElement(f"w:{tag}")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return text
