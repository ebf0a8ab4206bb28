"""Taking back what a list of people brought in: appointments and posts end, addresses go.

What was written is given as `register.exchange.people.applying.apply_people` gives it.
"""

from __future__ import annotations

from register.core.dates import today
from register.directory.models import Appointment, Person, Post
from register.directory.services.appointments import end_appointment
from register.directory.services.people import erase_contact
from register.directory.services.posts import end_post
from register.exchange.kinds import Effects

AT_ONCE = 100


def take_back(*, by, effects: Effects, reason: str) -> Effects:
    """Take a part back inside the act that is open; gives what is left to do, empty at the end."""
    appointments = effects.get("appointments", [])
    if appointments:
        _end_appointments(by, appointments[:AT_ONCE], reason)
        return {**effects, "appointments": appointments[AT_ONCE:]}
    day = today()
    for post in Post.objects.filter(pk__in=effects.get("posts", []), ends_on__isnull=True):
        # Somebody appointed since keeps the post alive.
        if not any(row.ends_on is None or row.ends_on > day for row in post.appointments.all()):
            end_post(by=by, post=post, reason=reason)
    people = Person.objects.filter(pk__in=effects.get("people", []), user__isnull=True)
    for person in people.order_by("pk"):
        if not Appointment.objects.filter(person=person).current(day).exclude(ends_on=day).exists():
            erase_contact(by=by, person=person, reason=reason)
    return {}


def documents_of(effects: Effects) -> set[int]:
    """The entries that were made or changed: a list of people changes none."""
    return set()


def _end_appointments(by, keys: list[int], reason: str) -> None:
    rows = Appointment.objects.filter(pk__in=keys, ends_on__isnull=True)
    for row in rows.select_related("post", "person").order_by("pk"):
        last = max(today(), row.starts_on or today())
        end_appointment(by=by, appointment=row, ends_on=last, reason=reason)
