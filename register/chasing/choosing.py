"""Who may be asked to sign in a place: whoever holds its post today, and whoever signs for them."""

from __future__ import annotations

from django.db.models import Q

from register.core.dates import today
from register.directory.models import Appointment, Person
from register.signing.models import Delegation, Slot


def who_may_sign(slot: Slot):
    """The people who may sign in a place today, by name: holders and deputies of its post, delegates."""
    day = today()
    held = Appointment.objects.to_posts().current(day).filter(post=slot.post_id)
    given = Delegation.objects.current(day).filter(
        Q(slot__isnull=True) | Q(slot=slot), post=slot.post_id
    )
    if slot.post_id is None:
        return Person.objects.none()
    return Person.objects.filter(
        Q(pk__in=held.order_by().values("person")) | Q(pk__in=given.order_by().values("to_person"))
    ).order_by("name", "pk")
