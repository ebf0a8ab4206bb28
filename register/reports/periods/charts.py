"""Small charts as SVG: presentation attributes only, so that they need no style and print as they are.

Each shape is filled or outlined differently, so that a chart says the same in grey. What a chart shows
stands in words in its description, and as figures in the table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK, PAPER, FULL, PALE, LINE = "#0b0c0c", "#ffffff", "#14506b", "#c9d3d8", "#484949"
WIDTH, TOP, ROOM, FOOT = 360, 22, 96, 24
FONT = "font-size"


@dataclass(frozen=True)
class Bar:
    """One place on the foot of a chart: its name, its number, a second one where there is one."""

    words: str
    number: float
    second: float | None = None
    is_now: bool = False


def columns(code: str, title: str, bars: Sequence[Bar], *, second: str = "") -> SafeString:
    """Standing bars, one for each place; `second` names the outlined bars beside the filled ones."""
    slot = WIDTH / len(bars)
    most = max((max(bar.number, bar.second or 0) for bar in bars), default=0)
    parts = [_head(code, title, _says(bars, second), TOP + ROOM + FOOT)]
    for at, bar in enumerate(bars):
        parts.append(_column(bar, at * slot, slot, most, is_pair=bool(second)))
    parts.append(f'<path d="M0 {TOP + ROOM}H{WIDTH}" stroke="{LINE}" stroke-width="1"/></svg>')
    return mark_safe("".join(parts))


def spans(code: str, title: str, rows: Sequence[tuple[str, float, float]]) -> SafeString:
    """Lying bars of days: each row is its words, the median as a bar, the slowest tenth as a mark."""
    height, label = 26 * len(rows) + 8, 118
    most = max((max(low, high) for _, low, high in rows), default=0) or 1
    told = "; ".join(
        f"{words}: median {days_words(low)} days, slowest tenth {days_words(high)} or more"
        for words, low, high in rows
    )
    parts = [_head(code, title, f"{told}.", height)]
    unit = (WIDTH - label - 44) / most
    for at, (words, low, high) in enumerate(rows):
        y, end = 26 * at + 8, label + high * unit
        parts.append(
            f'<text x="{label - 6}" y="{y + 13}" text-anchor="end" {FONT}="12" fill="{INK}">'
            f"{escape(words)}</text>"
            f'<path d="M{label} {y + 9}H{end:.1f}" stroke="{LINE}" stroke-width="1.5"/>'
            f'<rect x="{label}" y="{y}" width="{max(low * unit, 1):.1f}" height="18" fill="{FULL}"/>'
            f'<path d="M{end:.1f} {y + 2}V{y + 16}" stroke="{INK}" stroke-width="2.5"/>'
            f'<text x="{end + 6:.1f}" y="{y + 13}" {FONT}="12" fill="{INK}">{days_words(high)}</text>'
        )
    return mark_safe("".join([*parts, "</svg>"]))


def days_words(days: float) -> str:
    """A number of days as people read it: 0.4, 12, 130."""
    return f"{days:.0f}" if days >= 10 else f"{days:.1f}".removesuffix(".0")


def _head(code: str, title: str, says: str, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="chart-{code}-title chart-{code}-desc">'
        f'<title id="chart-{code}-title">{escape(title)}</title>'
        f'<desc id="chart-{code}-desc">{escape(says)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
    )


def _says(bars: Sequence[Bar], second: str) -> str:
    told = (
        f"{bar.words}: {bar.number:,}" + (f" and {bar.second:,} {second}" if second else "")
        for bar in bars
    )
    return f"{'; '.join(told)}."


def _column(bar: Bar, x: float, slot: float, most: float, *, is_pair: bool) -> str:
    wide = slot * (0.36 if is_pair else 0.62)
    left = x + (slot - wide * (2 if is_pair else 1)) / 2
    foot = f'y="{TOP + ROOM + 16}" text-anchor="middle" {FONT}="11" fill="{INK}"'
    fill = FULL if bar.is_now or is_pair else PALE
    parts = [
        _standing(left, wide, bar.number, most, fill),
        f'<text x="{x + slot / 2:.1f}" {foot}>{escape(bar.words)}</text>',
    ]
    if is_pair:
        parts.append(_standing(left + wide, wide, bar.second or 0, most, PAPER))
    return "".join(parts)


def _standing(x: float, wide: float, number: float, most: float, fill: str) -> str:
    tall = ROOM * number / most if most else 0
    top = TOP + ROOM - tall
    said = f"{number:,}" if number or wide > 20 else ""
    size = 12 if len(said) <= 5 and wide > 20 else 9
    return (
        f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{fill}" '
        f'stroke="{LINE}" stroke-width="1"/>'
        f'<text x="{x + wide / 2:.1f}" y="{top - 5:.1f}" text-anchor="middle" {FONT}="{size}" '
        f'fill="{INK}">{said}</text>'
    )
