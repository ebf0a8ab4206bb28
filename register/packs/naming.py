"""Whose names a release copy replaces by their posts: everybody but the holders of senior posts."""

from __future__ import annotations

from django.db.models import Q

from register.directory.models import Appointment, Person, Post
from register.directory.models.people import Capacity
from register.directory.survivors import records_of, survivors
from register.documents.bound import records_bound
from register.documents.models import Version
from register.ledger.tracked import history_of
from register.lists.labels import labels
from register.printing.signed import places_of

# Stay named unless the officer says otherwise: those who answer for a body in public.
SENIOR = ("senior_officer", "chief_executive", "accountable_lead", "executive_lead", "director",
          "caldicott_guardian", "siro", "dpo")  # fmt: skip
OF_THE_OFFICE = "an officer of the partnership"
FOR_THE_HOLDER = ("deputy", "delegate")


def posts_by_name(version: Version, named_posts: tuple[str, ...]) -> dict[str, str]:
    """The names to replace, each with the post that is printed instead.

    They are those who hold, or held, a post or a role for a party or the partnership, by every name
    that the register had for them, and those who signed this version; who holds a post of the kinds
    `named_posts` stays named.
    """
    held = list(_appointments(version))
    senior = {row.person_id for row in held if _is_senior(row, named_posts)}
    junior = [row for row in held if row.person_id not in senior]
    owner = version.document.owner
    others = {} if owner is None or owner.pk in senior else {owner.pk: owner.name}
    names = _every_name({*others, *(row.person_id for row in junior)})
    found = {name: OF_THE_OFFICE for pk in others for name in names[pk] | {others[pk]}}
    for row in sorted(junior, key=lambda row: row.post is not None):
        post = row.post.title if row.post else OF_THE_OFFICE
        found |= dict.fromkeys(names[row.person_id] | {row.person.name}, post)
    return _signers(version, named_posts, senior) | found


def _is_senior(row: Appointment, named_posts: tuple[str, ...]) -> bool:
    """Whether somebody holds a post of a named kind; a deputy for it does not."""
    is_named = row.post is not None and row.post.kind in named_posts
    return is_named and row.capacity != Capacity.DEPUTY


def mailboxes_of(version: Version) -> list[str]:
    """The mail addresses that stay: of posts of the parties, and of the partnership office."""
    bodies = _bodies(version)
    boxes = Post.objects.filter(organisation_id__in=bodies).values_list("mailbox", flat=True)
    return [*boxes, version.document.partnership.office_email]


def senior_posts() -> tuple[str, ...]:
    """The kinds of post that stay named unless somebody says otherwise, as far as the list has them."""
    known = labels("post_kind")
    return tuple(code for code in SENIOR if code in known)


def _bodies(version: Version) -> set[int]:
    """Every record of the parties: those that were merged into them, too."""
    merged = survivors()
    return {record for body in records_bound(version) for record in records_of(body, merged)}


def _every_name(people: set[int]) -> dict[int, set[str]]:
    """What each person is and was called: an older text has the older name."""
    found: dict[int, set[str]] = {pk: set() for pk in people}
    rows = history_of(Person)._base_manager.filter(id__in=people)
    for pk, name in rows.values_list("id", "name").distinct():
        found[pk].add(name)
    return found


def _appointments(version: Version):
    bodies = _bodies(version)
    place = version.document.partnership_id
    owner = version.document.owner_id
    rows = Appointment.objects.filter(
        Q(post__organisation_id__in=bodies)
        | Q(membership__organisation_id__in=bodies, membership__partnership_id=place)
        | Q(partnership_id=place)
        | Q(person_id=owner)
    )
    return rows.select_related("person", "post").order_by("pk")


def _signers(version: Version, named_posts: tuple[str, ...], senior: set[int]) -> dict[str, str]:
    """Who signed though no appointment tells of them any more, by the post of the place they signed in.

    Whoever signed for the holder of a senior post is no holder of it.
    """
    found = {}
    for slot, rows in places_of(version):
        is_named = slot.post is not None and slot.post.kind in named_posts
        for row in rows:
            if row.person_id in senior or (is_named and row.capacity not in FOR_THE_HOLDER):
                continue
            found[row.person_name] = row.post_title or str(
                slot.post or slot.post_words or OF_THE_OFFICE
            )
    return found
