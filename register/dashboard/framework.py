"""The three tiers of a partnership as a picture with live counts, and the same figures as a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from register.dashboard.reading import visible_rows
from register.directory.models import Partnership
from register.documents.lifecycle import GOVERNING, PREPARING

WIDTH, LEFT, TOP, HEIGHT, GAP = 1_000, 110, 8, 56, 34


@dataclass(frozen=True)
class Box:
    """One box of the picture: where it stands, what it says, where it leads."""

    x: int
    y: int
    width: int
    words: str
    figures: str
    address: str

    @property
    def middle(self) -> int:
        """The middle of the box, for words and lines."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """The lower edge of the box."""
        return self.y + HEIGHT


def picture_of(partnership: Partnership, user) -> dict:
    """What the picture and its table need: boxes by tier, lines between them, figures by tier."""
    rows = visible_rows(user).filter(partnership_id=partnership.pk, is_archived=False)
    counts = rows.values("tier", "community_id", "community_name").annotate(
        governing=Count("pk", filter=Q(state__in=GOVERNING)),
        preparing=Count("pk", filter=Q(state__in=PREPARING)),
    )
    tiers: dict[int, list[dict]] = {1: [], 2: [], 3: []}
    for row in counts.order_by("tier", "community_name"):
        tiers[row["tier"]].append(dict(row))
    charter = _boxes(partnership, 1, [_sum(tiers[1])])
    protocols = _boxes(partnership, 2, _by_community(tiers[2], tiers[3]))
    agreements = _boxes(partnership, 3, _by_community(tiers[3], tiers[2]))
    return {
        "labels": [
            (partnership.word(tier), TOP + (tier - 1) * (HEIGHT + GAP) + HEIGHT // 2 + 5)
            for tier in tiers
        ],
        "boxes": [*charter, *protocols, *agreements],
        "lines": _lines(charter, protocols) + _lines_down(protocols, agreements),
        "height": TOP + 3 * HEIGHT + 2 * GAP + 8,
        "width": WIDTH,
        "box_height": HEIGHT,
        "table": [{"word": partnership.word(tier), **_sum(tiers[tier])} for tier in tiers],
    }


def _by_community(own: list[dict], other: list[dict]) -> list[dict]:
    """The figures of each community that stands in either tier, in the order of their names."""
    names = {row["community_id"]: row["community_name"] for row in [*own, *other]}
    figures = {row["community_id"]: row for row in own}
    empty = {"governing": 0, "preparing": 0}
    ordered = sorted(names.items(), key=lambda pair: (pair[0] is None, pair[1]))[:6]
    return [
        {**empty, **figures.get(pk, {}), "community_id": pk, "community_name": name}
        for pk, name in ordered
    ]


def _sum(rows: list[dict]) -> dict:
    return {
        "community_id": None,
        "community_name": "",
        "governing": sum(row["governing"] for row in rows),
        "preparing": sum(row["preparing"] for row in rows),
    }


def _boxes(partnership: Partnership, tier: int, figures: list[dict]) -> list[Box]:
    room = (WIDTH - LEFT) // max(len(figures), 1)
    return [_box(partnership, tier, place, room, row) for place, row in enumerate(figures)]


def _box(partnership: Partnership, tier: int, place: int, room: int, row: dict) -> Box:
    name = row["community_name"] or ("" if tier == 1 else "Under no community")
    address = f"/register/?tier={tier}"
    if row["community_id"]:
        address += f"&community={row['community_id']}"
    words = partnership.name if tier == 1 else name
    limit = max(10, room // 10)
    return Box(
        x=LEFT + place * room + 6,
        y=TOP + (tier - 1) * (HEIGHT + GAP),
        width=room - 12,
        words=words if len(words) <= limit else f"{words[: limit - 1]}…",
        figures=f"{row['governing']} in force, {row['preparing']} in preparation",
        address=address,
    )


def _lines(above: list[Box], below: list[Box]) -> list[tuple[int, int, int, int]]:
    return [(one.middle, one.bottom, two.middle, two.y) for one in above for two in below]


def _lines_down(above: list[Box], below: list[Box]) -> list[tuple[int, int, int, int]]:
    pairs = zip(above, below, strict=True)
    return [(one.middle, one.bottom, two.middle, two.y) for one, two in pairs]
