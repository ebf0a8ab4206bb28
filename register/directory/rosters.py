"""Who holds which post today, which posts stand empty, and which members have named nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from register.core.dates import today
from register.directory.models import Appointment, Membership, Organisation, Partnership, Post
from register.directory.models.partnerships import MembershipKind
from register.directory.models.people import Capacity
from register.lists.labels import labels

SENIOR_OFFICER = "senior_officer"


@dataclass
class PostLine:
    """A post with those who hold it on a day."""

    post: Post
    kind: str
    holders: list[Appointment] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post; a deputy alone does not fill it."""
        return all(row.capacity == Capacity.DEPUTY for row in self.holders)


@dataclass
class Nominations:
    """What a partnership waits for: members without a senior officer, and vacant posts."""

    unnamed: list[Membership]
    vacant: list[PostLine]

    @property
    def count(self) -> int:
        """How many nominations are missing."""
        return len(self.unnamed) + len(self.vacant)


def posts_of(bodies: Iterable[Organisation], day: date | None = None) -> list[PostLine]:
    """The posts of bodies on a day (today where none is given) with their holders, in two queries."""
    day = day or today()
    posts = Post.objects.current(day).filter(organisation__in=bodies).select_related("organisation")
    held = defaultdict(list)
    rows = Appointment.objects.current(day).filter(post__in=posts.values("pk"))
    for row in rows.select_related("person").order_by("starts_on", "pk"):
        held[row.post_id].append(row)
    words, order = labels("post_kind"), list(labels("post_kind"))
    lines = [
        PostLine(post, words.get(post.kind, post.kind), sorted(held[post.pk], key=_rank))
        for post in posts.order_by("organisation__legal_name", "title", "pk")
    ]
    place = {code: number for number, code in enumerate(order)}
    return sorted(lines, key=lambda line: place.get(line.post.kind, len(place)))


def missing_nominations(partnership: Partnership, day: date | None = None) -> Nominations:
    """The full members of a partnership that have named no senior officer, and their vacant posts.

    Every member names a senior officer who oversees what it signs: practice of local partnerships.
    """
    day = day or today()
    members = partnership.memberships.current(day).select_related("organisation")
    members = members.order_by("organisation__legal_name")
    bodies = Organisation.objects.filter(pk__in=members.values("organisation_id"))
    lines = posts_of(bodies, day)
    named = {
        line.post.organisation_id
        for line in lines
        if line.post.kind == SENIOR_OFFICER and not line.is_vacant
    }
    full = [m for m in members if m.kind == MembershipKind.FULL]
    return Nominations(
        unnamed=[m for m in full if m.organisation_id not in named],
        vacant=[line for line in lines if line.is_vacant],
    )


def lacks_senior_officer(organisation: Organisation, lines: list[PostLine]) -> bool:
    """Whether a body is a full member somewhere today and has named no senior officer."""
    if any(line.post.kind == SENIOR_OFFICER and not line.is_vacant for line in lines):
        return False
    current = organisation.memberships.current(today())
    return current.filter(kind=MembershipKind.FULL).exists()


def _rank(row: Appointment) -> int:
    return Capacity.values.index(row.capacity)
