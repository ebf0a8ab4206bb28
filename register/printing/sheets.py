"""Sheets: papers of another shape than the text of a version, such as a summary or a poster.

A sheet that must be one page is laid out with less on it, or smaller, until it is; what was left out
is said on the sheet itself. Knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.template import Context

from register.printing import engine, layout, words
from register.printing.limits import within
from register.printing.refusals import PrintFailed

LONGEST_TITLE = 300


@dataclass(frozen=True)
class Room:
    """How much a sheet may hold at one try: letters of a text, lines of a list, and the size of type."""

    letters: int
    lines: int
    size: int = 1


@dataclass(frozen=True)
class Shape:
    """How a form of sheet is drawn, and the tries that bring it onto one page; none where it may be longer."""

    template: str
    tries: tuple[Room, ...] = ()


SUMMARY = tuple(
    Room(*room)
    for room in ((900, 40), (600, 24), (420, 16), (300, 10), (200, 7), (140, 4), (90, 2), (50, 1))
)
# A poster first takes smaller type, and only then loses words.
POSTER = (
    *(Room(2_000, 60, size) for size in range(1, 8)),
    *(Room(letters, lines, 7) for letters, lines in ((300, 60), (140, 60), (0, 60), (0, 30), (0, 12))),
)  # fmt: skip
SHAPES = {
    "summary": Shape("print/sheet.html", SUMMARY),
    "staff": Shape("print/sheet.html"),
    "poster-a4": Shape("print/poster.html", POSTER),
    "poster-a3": Shape("print/poster.html", POSTER),
}


def build_sheet(sheet: dict, *, fonts: Path) -> bytes:
    """The PDF of a sheet; PrintFailed where it cannot be made, or not on its one page.

    A sheet has a `form` of SHAPES, `title`, `kind`, `reference`, `version`, `status`, `facts` (pairs)
    and `blocks`: each a `heading` with `text`, `items` (lines) or `rows` (pairs of name and words).
    """
    shape = SHAPES[sheet["form"]]
    if not shape.tries:
        return engine.write_page(_page(shape, _whole(sheet), [], 1), sheet, fonts)

    def page_at(place: int) -> str:
        cut, left_out = cut_to(sheet, shape.tries[place])
        return _page(shape, cut, left_out, shape.tries[place].size)

    pdf = engine.write_one_page(page_at, len(shape.tries), sheet, fonts)
    if pdf is None:
        raise PrintFailed("It does not fit on one page. Shorten its title, and print again.")
    return pdf


def cut_to(sheet: dict, room: Room) -> tuple[dict, list[str]]:
    """The sheet with no more than a room holds, and what was left out of it, in words."""
    left_out: list[str] = []
    blocks = [_cut_block(block, room, left_out) for block in sheet["blocks"]]
    return sheet | {"blocks": blocks}, left_out


def _cut_block(block: dict, room: Room, left_out: list[str]) -> dict:
    text, items, rows = block.get("text") or "", block.get("items") or [], block.get("rows") or []
    cut = {
        "text": _cut(text, room),
        "items": [_cut(item, room) for item in items[: room.lines]],
        "rows": [[name, _cut(said, room)] for name, said in rows[: room.lines]],
    }
    name = block["heading"] or "The beginning"
    if more := len(items) - len(cut["items"]) + len(rows) - len(cut["rows"]):
        left_out.append(f"{name}: {more} more")
    elif cut != {"text": text, "items": items, "rows": [list(row) for row in rows]}:
        left_out.append(f"{name}: shortened")
    return block | cut


def _cut(text: str, room: Room) -> str:
    return words.shortened(text, room.letters) if room.letters else ""


def _whole(sheet: dict) -> dict:
    return sheet | {"blocks": [_bounded(block) for block in sheet["blocks"]]}


def _bounded(block: dict) -> dict:
    where = f"“{block['heading']}”"
    return block | {
        "text": within(block.get("text") or "", where),
        "items": [within(item, where) for item in block.get("items") or []],
        "rows": [[name, within(said, where)] for name, said in block.get("rows") or []],
    }


def _page(shape: Shape, sheet: dict, left_out: list[str], size: int) -> str:
    title = words.shortened(within(sheet["title"], "The title"), LONGEST_TITLE)
    about = f"{sheet['reference']} version {sheet['version']}"
    context = {
        "sheet": sheet | {"title": title},
        "left_out": "; ".join(left_out),
        "size": str(size),
        "is_a3": sheet["form"].endswith("-a3"),
        "status": words.status_words(sheet["status"]),
        "mark_words": words.MARKS.get(sheet.get("mark") or "", ""),
        "edge": {
            "title": words.shortened(title, 76),
            "partnership": words.shortened(sheet.get("partnership") or "", 56),
            "marking": words.shortened(sheet.get("marking") or "", 40),
            "printed": words.shortened(layout.printed_words(sheet), 90),
            "about": words.shortened(about, 60),
        },
        "head": {
            "title": f"{sheet['kind']} of {about}: {title}",
            "author": sheet.get("partnership") or "",
            "created": sheet.get("printed_at") or "",
        },
    }
    return layout.ENGINE.get_template(shape.template).render(
        Context(context, use_l10n=False, use_tz=False)
    )
