"""A draft as a Word file: headings, numbered clauses, lists and tables, each part under a bookmark.

The bookmarks say, when the file comes back, which clause or field a comment is about.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx import Document as new_file
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from register.consultation.marks import NUMBER_STYLE, bookmark_of, subject_of
from register.consultation.parts import Part, sections_in
from register.core import dates
from register.core.blocks import Bullets, Cell, Paragraph, Run, Table
from register.core.reading import read
from register.documents.models import Version

_GREY = RGBColor(0x50, 0x5A, 0x5F)
_KINDS = {"party": "Party", "observer": "Observer", "drafting_partner": "Drafting partner"}


def word_file(version: Version, body: dict) -> bytes:
    """The .docx of a version from its canonical body, as bytes."""
    writer = _Writer()
    writer.head(version, body)
    for section in sections_in(body):
        writer.file.add_heading(section.heading, level=1)
        for part in section.parts:
            writer.part(part)
    out = io.BytesIO()
    writer.file.save(out)
    return out.getvalue()


class _Writer:
    """Writes one file; keeps the number of the next bookmark."""

    def __init__(self) -> None:
        self.file = new_file()
        self.marks = 0
        number = self.file.styles.add_style(NUMBER_STYLE, WD_STYLE_TYPE.CHARACTER)
        number.font.color.rgb = _GREY
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(11)
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)

    def head(self, version: Version, body: dict) -> None:
        """Title, what the file is, the bodies named."""
        facts = self.file.core_properties
        facts.title, facts.subject = version.title[:250], subject_of(version)
        facts.author, facts.comments, facts.keywords = body["partnership"]["name"][:250], "", ""
        facts.created = facts.modified = dates.now().replace(tzinfo=None)
        self.file.add_heading(version.title, level=0)
        said = [body["reference"], f"version {body['version']}", "draft", body["marking"]]
        self._label(self.file.add_paragraph(), " · ".join(filter(None, said)))
        asks = "Comment in the margin, or write with changes tracked, and send the file back."
        self._label(self.file.add_paragraph(), asks)
        if body["parties"]:
            self.file.add_heading("Parties", level=1)
            rows = [
                [party["name"], _KINDS[party["part"]], party["role"]] for party in body["parties"]
            ]
            self._grid([["Body", "Part", "Role"], *rows])

    def part(self, part: Part) -> None:
        """One part, from the start of its bookmark to its end."""
        first = len(self.file.element.body)
        if part.kind == "clause":
            self._clause(part.draws)
        elif part.kind == "flow":
            self._flow(part.draws["value"][0])
        elif part.kind == "items":
            self._items(part)
        elif part.kind == "table":
            self._heading(part)
            table = part.draws["value"]
            self._grid([table["columns"], *table["rows"]])
        else:
            self._heading(part)
            self._text(part.draws["value"], is_html=part.kind == "html")
        self._bookmark(part.code, first)

    def _clause(self, clause: dict) -> None:
        number = clause["number"] or "•"
        if clause["heading"]:
            line = self.file.add_heading("", level=min(clause["level"] + 1, 4))
            self._label(line, f"{number}  ")
            line.add_run(clause["heading"])
            self._text(clause["text"])
        else:
            line = self.file.add_paragraph()
            self._label(line, f"{number}  ")
            self._text(clause["text"], first=line)

    def _heading(self, part: Part) -> None:
        self._label(self.file.add_heading("", level=2), part.draws["label"])

    def _items(self, part: Part) -> None:
        for item in part.draws["value"]:
            line = self.file.add_heading("", level=2)
            self._label(line, f"{item['number']}  ")
            line.add_run(item["heading"])
            self._text(item["text"])
            self._text(item["note"])

    def _flow(self, flow: dict) -> None:
        line = self.file.add_heading("", level=2)
        self._label(line, f"Flow {flow['number']}  ")
        line.add_run(flow["title"])
        ends = [["From", ", ".join(flow["from"])], ["To", ", ".join(flow["to"])]]
        answers = [answer for each in flow["parts"] for answer in each["answers"]]
        self._grid([["Question", "Answer"], *ends, *answers])
        for table in (flow["law"], flow["items"]):
            if table["rows"]:
                self.file.add_paragraph()
                self._grid([table["columns"], *table["rows"]])

    def _text(self, value: str, *, is_html: bool = True, first=None) -> None:
        blocks = read(value) if is_html else [Paragraph([Run(str(value))])]
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Bullets):
                self._list(block, 1)
            elif first is not None and block.tag == "p":
                self._runs(first, block.runs)
            else:
                line = self.file.add_paragraph()
                self._runs(line, block.runs, strong=block.tag != "p")
            first = None

    def _list(self, bullets: Bullets, depth: int) -> None:
        name = "List Bullet" if bullets.tag == "ul" else "List Number"
        style = name if depth == 1 else f"{name} {min(depth, 3)}"
        for item in bullets.items:
            self._runs(self.file.add_paragraph(style=style), item.runs)
            for below in item.lists:
                self._list(below, depth + 1)

    def _table(self, table: Table) -> None:
        wide = max(sum(cell.colspan for cell in row) for row in table.rows)
        made = self.file.add_table(rows=0, cols=wide, style="Table Grid")
        for row in table.rows:
            cells = made.add_row().cells
            for place, cell in _places(row):
                self._runs(cells[place].paragraphs[0], cell.runs, strong=cell.heading)

    def _grid(self, rows: list[list[str]]) -> None:
        made = self.file.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for number, row in enumerate(rows):
            for cell, words in zip(made.add_row().cells, row, strict=False):
                cell.paragraphs[0].add_run(_storable(words)).bold = number == 0

    def _runs(self, line, runs: list[Run], *, strong: bool = False) -> None:
        for run in runs:
            made = line.add_run(_storable(run.words))
            made.bold, made.italic = (strong or run.strong) or None, run.em or None
            if run.href:
                made.underline = True

    def _label(self, line, words: str) -> None:
        line.add_run(_storable(words), style=NUMBER_STYLE)

    def _bookmark(self, code: str, first: int) -> None:
        made = [
            each for each in list(self.file.element.body)[first - 1 :] if each.tag != qn("w:sectPr")
        ]
        if not made:
            return
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), bookmark_of(code))
        self.marks += 1
        made[0].addprevious(start)
        made[-1].addnext(end)


def _places(row: Iterable[Cell]):
    place = 0
    for cell in row:
        yield place, cell
        place += cell.colspan


def _storable(words: str) -> str:
    return "".join(char for char in str(words) if char in "\n\t\xa0" or char.isprintable())
