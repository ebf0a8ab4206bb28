"""Requests that wait for a body's designated officer, and who could sign instead."""

from __future__ import annotations

from register.core.dates import today
from register.directory.models import Person
from register.signing.models import Delegation, SigningRequest, Slot


def held_for(person: Person):
    """The requests that somebody lets go as the holder of the post that their body designated."""
    posts = person.appointments.current(today()).filter(post__isnull=False).values("post")
    rows = SigningRequest.objects.open().filter(held_for_body=True, released_at__isnull=True)
    return rows.filter(slot__organisation__designated_officer__post__in=posts).order_by("pk")


def who_may_sign(slot: Slot) -> list[Person]:
    """Those who hold the post of a slot today, then those who sign for its holders."""
    if slot.post is None:
        return []
    holders = [row.person for row in slot.post.holders(today())]
    rows = Delegation.objects.current(today()).filter(post=slot.post_id).select_related("to_person")
    given = [row.to_person for row in rows if row.slot_id in (None, slot.pk)]
    return list({person.pk: person for person in [*holders, *given]}.values())
