"""Whose names a release copy replaces by their posts: everybody but the holders of senior posts."""

from __future__ import annotations

from django.db.models import Q

from register.directory.models import Appointment, Post
from register.documents.bound import records_bound
from register.documents.models import Version
from register.lists.labels import labels
from register.printing.signed import places_of

# Stay named unless the officer says otherwise: those who answer for a body in public.
SENIOR = ("senior_officer", "chief_executive", "accountable_lead", "executive_lead", "director",
          "caldicott_guardian", "siro", "dpo")  # fmt: skip
OF_THE_OFFICE = "an officer of the partnership"


def posts_by_name(version: Version, named_posts: tuple[str, ...]) -> dict[str, str]:
    """The names to replace, each with the post that is printed instead.

    They are those who hold, or held, a post or a role for a party or the partnership, and those who
    signed this version; who holds a post of the kinds `named_posts` stays named.
    """
    found: dict[str, str] = {}
    senior: set[str] = set()
    for row in _appointments(version):
        if row.post and row.post.kind in named_posts:
            senior.add(row.person_id)
    for row in _appointments(version):
        if row.person_id not in senior:
            post = row.post.title if row.post else OF_THE_OFFICE
            if row.post or row.person.name not in found:
                found[row.person.name] = post
    return _signers(version, named_posts) | found


def mailboxes_of(version: Version) -> list[str]:
    """The mail addresses that stay: of posts of the parties, and of the partnership office."""
    bodies = records_bound(version)
    boxes = Post.objects.filter(organisation_id__in=bodies).values_list("mailbox", flat=True)
    return [*boxes, version.document.partnership.office_email]


def senior_posts() -> tuple[str, ...]:
    """The kinds of post that stay named unless somebody says otherwise, as far as the list has them."""
    known = labels("post_kind")
    return tuple(code for code in SENIOR if code in known)


def _appointments(version: Version):
    bodies = records_bound(version)
    place = version.document.partnership_id
    owner = version.document.owner_id
    rows = Appointment.objects.filter(
        Q(post__organisation_id__in=bodies)
        | Q(membership__organisation_id__in=bodies, membership__partnership_id=place)
        | Q(partnership_id=place)
        | Q(person_id=owner)
    )
    return rows.select_related("person", "post").order_by("pk")


def _signers(version: Version, named_posts: tuple[str, ...]) -> dict[str, str]:
    """Who signed though no appointment tells of them any more, by the post of the place they signed in."""
    found = {}
    for slot, rows in places_of(version):
        if slot.post and slot.post.kind in named_posts:
            continue
        for row in rows:
            found[row.person_name] = row.post_title or str(
                slot.post or slot.post_words or OF_THE_OFFICE
            )
    return found
