"""Whom to ask: last time's adviser while they are in place, else the post's holder, else an adviser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from register.accounts.roles import ADVISE_FOR, ROLES
from register.advice.kinds import kind_of
from register.advice.models import ReviewRequest
from register.advice.standing import Key
from register.core.dates import today
from register.directory.models import Appointment, Person, Post
from register.directory.models.people import Capacity
from register.documents.models import Document

ADVISERS = [code for code, role in ROLES.items() if ADVISE_FOR in role.permissions]
_CAPACITIES = list(Capacity.values)


@dataclass(frozen=True)
class Whom:
    """A person who may be asked, and the post by which they answer; a vacant post has no person."""

    person: Person | None
    post: Post | None
    capacity: str = ""

    @property
    def code(self) -> str:
        """The choice as a form carries it: the keys of post and person."""
        return f"{self.post.pk if self.post else ''}-{self.person.pk if self.person else ''}"

    @property
    def words(self) -> str:
        """The person with the post: “Una Rowe, Data Protection Officer”."""
        name = self.person.name if self.person else "nobody holds it"
        if self.post is None:
            return f"{name}, adviser"
        held_as = (
            f" ({self.capacity})" if self.capacity in (Capacity.DEPUTY, Capacity.ACTING) else ""
        )
        return f"{name}, {self.post.title}{held_as}"


@dataclass
class Offer:
    """Who may be asked for each kind and body, read once for all of them."""

    posts: dict[int, list[Whom]] = field(default_factory=lambda: defaultdict(list))
    advisers: dict[int, list[Whom]] = field(default_factory=lambda: defaultdict(list))
    last: dict[Key, ReviewRequest] = field(default_factory=dict)

    def choices(self, key: Key) -> list[Whom]:
        """Everybody who may be asked, the best first; nobody where the office itself is asked."""
        kind, body = kind_of(key[0]), key[1]
        if body is None:
            return []
        held = [w for w in self.posts[body] if not kind.posts or w.post.kind in kind.posts]
        held.sort(key=lambda whom: whom.person is None)
        named = {whom.person.pk for whom in held if whom.person}
        others = [] if kind.weighs_advice else self.advisers[body]
        found = held + [whom for whom in others if whom.person.pk not in named]
        before = self.last.get(key)
        return sorted(found, key=lambda whom: not _is_same(whom, before))

    def proposed(self, key: Key) -> Whom | None:
        """Whom to ask unless somebody says otherwise; None where nobody is found."""
        return next((whom for whom in self.choices(key) if whom.person), None)


def offer_of(document: Document, bodies: Iterable[int | None]) -> Offer:
    """Who may be asked in bodies; four statements for any number of them."""
    ids, offer, day = [pk for pk in bodies if pk], Offer(), today()
    posts = Post.objects.current(day).filter(organisation_id__in=ids).order_by("pk")
    held: dict[int | None, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.current(day).filter(post__organisation_id__in=ids)
    for row in rows.select_related("person").order_by("pk"):
        held[row.post_id].append(row)
    for post in posts:
        rows_of = sorted(held[post.pk], key=lambda row: _CAPACITIES.index(row.capacity))
        people = [Whom(row.person, post, row.capacity) for row in rows_of] or [Whom(None, post)]
        offer.posts[post.organisation_id] += people
    roles = Appointment.objects.current(day).filter(
        role__in=ADVISERS,
        membership__organisation_id__in=ids,
        membership__partnership_id=document.partnership_id,
    )
    for row in roles.select_related("person", "membership").order_by("pk"):
        offer.advisers[row.membership.organisation_id].append(Whom(row.person, None))
    before = ReviewRequest.objects.filter(version__document=document).order_by("pk")
    offer.last = {(row.kind, row.organisation_id): row for row in before}
    return offer


def _is_same(whom: Whom, before: ReviewRequest | None) -> bool:
    """Whether it is the person of last time, in the same post where there was one."""
    if before is None or before.person_id is None or whom.person is None:
        return False
    post = whom.post.pk if whom.post else None
    return whom.person.pk == before.person_id and post == before.post_id
