"""The flow picture: senders left, receivers right, a band for each pair, as wide as there are flows.

Drawn as SVG with presentation attributes only, so that it needs no style of its own and prints as it is.
Every band has edges in its sender's full colour, so that bands can be told apart in grey; names stand
beside the bars; the same figures stand in the table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from register.reports.seen import Body
from register.reports.who_shares import Amount, Pair

# Dark and less dark by turns, each at least 3 to 1 on white (WCAG 1.4.11).
COLOURS = (
    "#14506b", "#b3560f", "#3d2378", "#0f8a5c", "#6b1242", "#3f78c2", "#3f4a00", "#c0417f",
    "#5a3418", "#7a8500",
)  # fmt: skip
RECEIVER = "#484949"
INK = "#0b0c0c"
PAPER = "#ffffff"
MOST = 40  # bodies on a side; the smallest of more stand together as others
WIDTH, LABEL, BAR = 1000, 285, 12
LETTERS = 34  # of a name beside a bar
SLOT, GAP = 18, 7  # the least height of a bar's place, so that names never overlap
ROOM = 560  # the height that bands share, before names ask for more
WIDEST, THINNEST = 16.0, 1.0
OTHERS = 0  # the key of the bodies that stand together


class Band(NamedTuple):
    """One row of the table and one band of the picture."""

    giver: str
    taker: str
    amount: Amount
    address: str


@dataclass
class Picture:
    """The drawing with the rows of its table; `folded` is how many bodies stand together as others."""

    svg: SafeString
    bands: list[Band]
    folded: int = 0


@dataclass
class _Bar:
    """A body on one side: where its bar begins, how tall it is, and how far bands have filled it."""

    name: str
    short: str
    flows: int
    colour: str
    top: float = 0.0
    height: float = 0.0
    filled: float = field(default=0.0)


def picture_of(
    pairs: Iterable[Pair],
    bodies: dict[int, Body],
    *,
    title: str,
    address_of: Callable[[int, int], str],
) -> Picture:
    """Draw some pairs. `address_of` gives the page of the flows from one body to another.

    Where more than `MOST` bodies stand on a side, the smallest become others; `address_of` is asked with
    the key `OTHERS` then.
    """
    pairs = list(pairs)
    givers, takers = _largest(pairs, "giver"), _largest(pairs, "taker")
    folded = len(({p.giver for p in pairs} - givers) | ({p.taker for p in pairs} - takers))
    amounts: dict[tuple[int, int], Amount] = {}
    for giver, taker, amount in pairs:
        key = (giver if giver in givers else OTHERS, taker if taker in takers else OTHERS)
        amounts[key] = amounts.get(key, Amount()).plus(amount)
    left = _bars(amounts, 0, bodies)
    right = _bars(amounts, 1, bodies)
    order = {pk: at for at, pk in enumerate(left)}
    order_right = {pk: at for at, pk in enumerate(right)}
    keys = sorted(amounts, key=lambda key: (order[key[0]], order_right[key[1]]))
    bands = [Band(left[g].name, right[t].name, amounts[g, t], address_of(g, t)) for g, t in keys]
    svg = _drawing(keys, bands, left, right, title)
    return Picture(mark_safe(svg), bands, folded)


def _largest(pairs: list[Pair], side: str) -> set[int]:
    totals: dict[int, int] = {}
    for pair in pairs:
        pk = getattr(pair, side)
        totals[pk] = totals.get(pk, 0) + pair.amount.flows
    ranked = sorted(totals, key=lambda pk: (-totals[pk], pk))
    return set(ranked if len(ranked) <= MOST else ranked[: MOST - 1])


def _bars(
    amounts: dict[tuple[int, int], Amount], side: int, bodies: dict[int, Body]
) -> dict[int, _Bar]:
    totals: dict[int, int] = {}
    for key, amount in amounts.items():
        totals[key[side]] = totals.get(key[side], 0) + amount.flows
    others = Body(OTHERS, "Other bodies", "", "")
    named = {pk: bodies.get(pk, others) for pk in totals}
    ranked = sorted(totals, key=lambda pk: (pk == OTHERS, -totals[pk], named[pk].name))
    return {
        pk: _Bar(
            named[pk].name,
            named[pk].called,
            totals[pk],
            RECEIVER if side else COLOURS[at % len(COLOURS)],
        )
        for at, pk in enumerate(ranked)
    }


def _drawing(keys, bands: list[Band], left: dict, right: dict, title: str) -> str:
    total = sum(band.amount.flows for band in bands)
    unit = min(WIDEST, ROOM / max(total, 1))
    widths = {
        key: max(band.amount.flows * unit, THINNEST) for key, band in zip(keys, bands, strict=True)
    }
    for (giver, taker), width in widths.items():
        left[giver].height += width
        right[taker].height += width
    height = max(_place(left.values()), _place(right.values()))
    parts = [_head(title, total, len(left), len(right), height)]
    # Receivers are filled in the order of senders, so that bands cross no more than they must.
    parts += ["<g>"]
    for key, band in zip(keys, bands, strict=True):
        parts.append(_band(band, left[key[0]], right[key[1]], widths[key]))
    parts += ["</g>", '<g role="img" aria-labelledby="picture-title picture-desc">']
    parts += [_bar(bar, LABEL, "end", LABEL - 8) for bar in left.values()]
    far = WIDTH - LABEL - BAR
    parts += [_bar(bar, far, "start", far + BAR + 8) for bar in right.values()]
    return "".join([*parts, "</g></svg>"])


def _place(bars: Iterable[_Bar]) -> float:
    top = 10.0
    for bar in bars:
        slot = max(bar.height, SLOT)
        bar.top = bar.filled = top + (slot - bar.height) / 2
        top += slot + GAP
    return top


def _head(title: str, total: int, givers: int, takers: int, height: float) -> str:
    says = (
        f"{total:,} {'flow' if total == 1 else 'flows'} from {givers} "
        f"{'sender' if givers == 1 else 'senders'} on the left to {takers} "
        f"{'receiver' if takers == 1 else 'receivers'} on the right. "
        "The same figures are in the table beside it."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="group" '
        'aria-labelledby="picture-title picture-desc">'
        f'<title id="picture-title">{escape(title)}</title>'
        f'<desc id="picture-desc">{escape(says)}</desc>'
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="{PAPER}"/>'
    )


def _band(band: Band, sender: _Bar, receiver: _Bar, width: float) -> str:
    near, far = LABEL + BAR, WIDTH - LABEL - BAR
    middle = (near + far) / 2
    top, under = sender.filled, receiver.filled
    sender.filled += width
    receiver.filled += width
    shape = (
        f"M{near} {top:.1f}C{middle:.0f} {top:.1f} {middle:.0f} {under:.1f} {far} {under:.1f}"
        f"V{under + width:.1f}C{middle:.0f} {under + width:.1f} {middle:.0f} {top + width:.1f} "
        f"{near} {top + width:.1f}Z"
    )
    words = f"{band.giver} to {band.taker}: {band.amount.flows:,}"
    # The table beside the picture holds the same links for the keyboard.
    return (
        f'<a href="{escape(band.address)}" tabindex="-1" aria-label="{escape(words)}">'
        f'<path d="{shape}" fill="{sender.colour}" fill-opacity=".42" stroke="{sender.colour}" '
        f'stroke-width=".7"><title>{escape(words)}</title></path></a>'
    )


def _bar(bar: _Bar, x: int, anchor: str, label_x: int) -> str:
    middle = bar.top + bar.height / 2
    name = bar.name if len(bar.name) <= LETTERS else bar.short
    name = name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
    return (
        f'<rect x="{x}" y="{bar.top:.1f}" width="{BAR}" height="{bar.height:.1f}" '
        f'fill="{bar.colour}"/>'
        f'<text x="{label_x}" y="{middle + 5:.1f}" text-anchor="{anchor}" font-size="14" '
        f'fill="{INK}"><title>{escape(bar.name)}</title>{escape(name)} ({bar.flows:,})</text>'
    )
