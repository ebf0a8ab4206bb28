"""Who signs in a partnership, and where each is reached: whom a test message goes to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from register.accounts.roles import EDIT_FOR
from register.chasing.permissions import kept_by
from register.core.dates import today
from register.directory.models import Appointment, Membership, Partnership, Person, Post, TierPost
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING, PREPARING
from register.signing.emails import address_of
from register.signing.models import Slot


@dataclass
class Recipient:
    """A person who signs, where they are reached, and as what; no address where none is on record."""

    person: Person
    address: str
    as_what: str


def recipients_of(user, partnership: Partnership) -> list[Recipient]:
    """Everybody who holds a post that is expected to sign here, or has a place to sign in an entry.

    As far as `user` keeps those entries or bodies: the office all, a body's officer their own body's
    posts and the places to sign of the entries that it leads. By name, each once. Four statements.
    """
    rows = (
        Appointment.objects.to_posts()
        .current(today())
        .filter(Q(post__in=_expected(user, partnership)) | Q(post__in=_placed(user, partnership)))
        .select_related("person__contact", "post__organisation")
        .order_by("person__name", "person_id", "pk")
    )
    found: dict[int, Recipient] = {}
    for row in rows:
        address = address_of(row.person) or row.post.mailbox
        known = found.setdefault(row.person_id, Recipient(row.person, address, str(row.post)))
        known.address = known.address or address
    return list(found.values())


def _expected(user, partnership: Partnership):
    reach = reach_of(user)
    day = today()
    members = Membership.objects.current(day).filter(partnership=partnership)
    if not reach.may_edit_all(partnership.pk):
        members = members.filter(organisation__in=reach.bodies(EDIT_FOR))
    kinds = TierPost.objects.filter(partnership=partnership).values("post_kind")
    return (
        Post.objects.current(day)
        .filter(organisation__in=members.order_by().values("organisation"), kind__in=kinds)
        .values("pk")
    )


def _placed(user, partnership: Partnership):
    slots = Slot.objects.standing().filter(
        kept_by(user, "version__document__"),
        version__document__partnership=partnership,
        version__state__in=(*PREPARING, *GOVERNING),
        post__isnull=False,
    )
    return slots.order_by().values("post")
