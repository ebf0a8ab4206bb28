"""The QR code that stands on paper: an SVG of our own making, drawn into the PDF as lines.

It leads to the address where anyone can check the text. Nothing but these drawings and the fonts is
ever fetched by a print (fetcher.py), and no text can name a drawing that was not made here.
"""

import io
from dataclasses import dataclass

import segno

SHELF = "print:"  # what a print fetches stands under such addresses


@dataclass(frozen=True)
class Drawing:
    """A drawing for the shelf: its address within the print, its SVG, and what it shows in words."""

    address: str
    svg: bytes
    words: str


def qr_code(code: str, address: str) -> Drawing:
    """The QR code of the address where the text with a short code can be checked."""
    held = io.BytesIO()
    # Level M stays readable with a seventh of it soiled: paper is folded, stamped and photocopied.
    made = segno.make(address, error="m", micro=False)
    made.save(held, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, nl=False)
    words = f"QR code of {address}, where the text with the code {code} can be checked."
    return Drawing(f"{SHELF}qr-{code}.svg", held.getvalue(), words)


def drawings_of(frames: list[dict]) -> dict[str, Drawing]:
    """The drawings that prints with these frames need, by their addresses; a draft needs none."""
    wanted = {(one.get("code") or "", one.get("verify_url") or "") for one in frames}
    made = [qr_code(code, address) for code, address in sorted(wanted) if code and address]
    return {one.address: one for one in made}


def address_of(frame: dict) -> str:
    """The address of a frame's drawing within the print; nothing where it has none."""
    has_one = frame.get("code") and frame.get("verify_url")
    return f"{SHELF}qr-{frame['code']}.svg" if has_one else ""
