"""The history of a person: what was done about them, and what they did."""

from __future__ import annotations

from register.directory.models import Appointment, Person
from register.ledger.models import Change, Entry
from register.ledger.querysets import EntryQuerySet


def acts_of_and_about(person: Person) -> EntryQuerySet:
    """The acts that a person did, and those about the person, their contact and appointments."""
    pks = Appointment.objects.filter(person=person).values_list("pk", flat=True)
    label = Appointment._meta.label_lower
    changes = Change.objects.filter(row_model=label, row_pk__in=[str(pk) for pk in pks])
    numbers = (
        Entry.objects.about(person).order_by().values("number"),
        Entry.objects.by_person(person.pk).order_by().values("number"),
        changes.order_by().values("entry_id"),
    )
    return Entry.objects.filter(number__in=numbers[0].union(*numbers[1:]))
