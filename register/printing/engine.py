"""Makes the PDF of a version, or of several as one pack: PDF/A-3a and PDF/UA-1 in one file.

Runs in the bounded child process only (bounded.py): the web process never lays out a page. It needs
no database: a canonical body and a frame come in, bytes go out.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from register.printing import layout
from register.printing.characters import font_files, parts_needed, printable
from register.printing.drawings import SHELF, drawings_of
from register.printing.fetcher import ShelfFetcher
from register.printing.markup import tidy
from register.printing.tagging import claim_pdfua, finish

STYLES = Path(__file__).resolve().parents[2] / "static" / "print" / "print.css"
OPTIONS = {"pdf_variant": "pdf/a-3a"}
ACCENT = "#14505c"
OURS = "•…–"  # characters that the style sheet itself writes


@dataclass(frozen=True)
class Printable:
    """One version to print: its canonical body as stored bytes, and the frame of this printing."""

    canonical: bytes
    frame: dict

    @property
    def body(self) -> dict:
        """What the canonical bytes say."""
        return json.loads(self.canonical)


def build(version: Printable, *, fonts: Path) -> bytes:
    """The PDF of one version, its canonical body attached; PrintFailed where it cannot be made."""
    page = layout.document_page(version.body, version.frame)
    return _write(page, [version], version.frame, fonts)


def build_pack(versions: list[Printable], title: str, *, fonts: Path) -> bytes:
    """One PDF of several versions: cover, contents, a table of them, then each one whole."""
    frame = versions[0].frame
    items = [(version.body, version.frame) for version in versions]
    page = layout.pack_page(items, title, layout.printed_words(frame))
    return _write(page, versions, frame, fonts)


def write_page(page: str, frame: dict, fonts: Path) -> bytes:
    """The PDF of a page that is no version, such as a report: nothing is attached to it."""
    return _write(page, [], frame, fonts)


def write_one_page(
    page_at: Callable[[int], str], tries: int, frame: dict, fonts: Path
) -> bytes | None:
    """The PDF of the first of some tries that is one sheet of paper; None where the last is not.

    Each try holds less than the one before it, so that halving finds the first that fits; most sheets
    fit at once.
    """
    least, most, fitting = 0, tries, None
    while least < most:
        middle = (least + most) // 2 if least else 0
        document, _ = _laid_out(page_at(middle), frame, [], fonts)
        if len(document.pages) == 1:
            most, fitting = middle, document
        else:
            least = middle + 1
    return fitting and fitting.write_pdf(finisher=finish, attachments=[], **OPTIONS)


def _write(page: str, versions: list[Printable], frame: dict, fonts: Path) -> bytes:
    document, fetcher = _laid_out(page, frame, [version.frame for version in versions], fonts)
    attached = _attachments(versions, fetcher, _moment(frame))
    return document.write_pdf(finisher=finish, attachments=attached, **OPTIONS)


def _laid_out(page: str, frame: dict, frames: list[dict], fonts: Path):
    shelf = [file for part in font_files(fonts).values() for file in part]
    drawings = drawings_of(frames)
    fetcher = ShelfFetcher(shelf, {at: one.svg for at, one in drawings.items()})
    html = HTML(string=page, base_url=SHELF, url_fetcher=fetcher)
    tidy(html.etree_element, printable(fonts), {at: one.words for at, one in drawings.items()})
    files = parts_needed("".join(html.etree_element.itertext()) + OURS, fonts)
    config = FontConfiguration()
    styles = CSS(
        string=_styles(files, frame.get("partnership_colour") or ""),
        base_url=SHELF,
        url_fetcher=fetcher,
        font_config=config,
    )
    document = html.render(stylesheets=[styles], font_config=config, **OPTIONS)
    claim_pdfua(document)
    # Links inside a text could ask for files of their own: only ours are attached.
    document.metadata.attachments = []
    return document, fetcher


def _styles(files: dict[str, list[Path]], colour: str) -> str:
    faces = []
    for part, present in files.items():
        for file in present:
            weight, style = file.stem.rsplit("-", 2)[1:]
            faces.append(
                f'@font-face {{ font-family: "Print {part}"; font-weight: {weight};'
                f" font-style: {style}; src: url({SHELF}{file.name}); }}"
            )
    stack = ", ".join(f'"Print {part}"' for part in files)
    root = f":root {{ --accent: {_accent(colour)}; font-family: {stack}; }}"
    widths = [f".w{n} {{ width: {n}%; }}" for n in range(1, 101)]
    return "\n".join([*faces, *widths, STYLES.read_text(encoding="utf-8"), root])


def _accent(colour: str) -> str:
    """The partnership's colour where it reads well on white (WCAG 1.4.3: 4.5 to 1), else ours."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ACCENT
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return colour if 1.05 / (luminance + 0.05) >= 4.5 else ACCENT


def _attachments(versions: list[Printable], fetcher, when: datetime) -> list[Attachment]:
    found, names = [], set()
    for version in versions:
        if version.frame.get("is_release"):
            # What is withheld on paper must not lie in the file for machines.
            continue
        stem = layout.file_stem(version.body)
        name, again = f"{stem}.json", 2
        while name in names:
            name, again = f"{stem}-{again}.json", again + 1
        names.add(name)
        found.append(
            Attachment(
                file_obj=BytesIO(version.canonical),
                name=name,
                description=f"The text of {layout.metadata_title(version.body)}, for machines",
                relationship="Source",
                created=when,
                modified=when,
                url_fetcher=fetcher,
            )
        )
    return found


def _moment(frame: dict) -> datetime:
    try:
        return datetime.fromisoformat(frame.get("printed_at") or "").astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
