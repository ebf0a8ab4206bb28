"""Where a body is written to about what it shares: whoever answers for it there, else its mailbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from register.core.dates import today
from register.directory.models import Appointment, Organisation

# The kinds of post that are written to, the first that can be reached standing for the body.
KINDS = ("designated_person", "information_lead", "dpo", "senior_officer", "operational_manager")


@dataclass(frozen=True)
class ContactPoint:
    """Whom a message about a body goes to: a name (or the body's own), a post, an address."""

    name: str
    post: str
    email: str


def contact_points(organisation_ids: Iterable[int]) -> dict[int, ContactPoint]:
    """For each body that can be written to, its contact today; two statements for any number.

    The post of a body that stands first in `KINDS` and whose holder (or mailbox) has an address;
    else the general mailbox of the body. A body without any address is left out.
    """
    wanted = set(organisation_ids)
    found = {pk: point for pk, (_, point) in _holders(wanted).items()}
    rows = Organisation.objects.filter(pk__in=wanted - set(found)).exclude(mailbox="")
    for body in rows:
        found[body.pk] = ContactPoint(body.called, "", body.mailbox)
    return found


def _holders(wanted: set[int]) -> dict[int, tuple[int, ContactPoint]]:
    held = Appointment.objects.to_posts().current(today())
    held = held.filter(post__organisation_id__in=wanted, post__kind__in=KINDS)
    best: dict[int, tuple[int, ContactPoint]] = {}
    for row in held.select_related("post", "person__contact", "person__user").order_by("pk"):
        email = _email(row)
        place = KINDS.index(row.post.kind)
        body = row.post.organisation_id
        if email and (body not in best or place < best[body][0]):
            best[body] = (place, ContactPoint(row.person.name, row.post.title, email))
    return best


def _email(row: Appointment) -> str:
    contact = getattr(row.person, "contact", None)
    if contact is not None and contact.email:
        return contact.email
    if row.person.user_id:
        return row.person.user.email
    return row.post.mailbox
