"""The history of a body, as far as its reader may know it, and of a person."""

from __future__ import annotations

from register.directory.assurance_permissions import may_read_facts
from register.directory.models import (
    Appointment,
    Assurance,
    AssuranceFact,
    Organisation,
    Person,
)
from register.directory.reach import reach_of
from register.ledger.models import Change, Entry
from register.ledger.querysets import EntryQuerySet

FACT_MODELS = [model._meta.label_lower for model in (Assurance, AssuranceFact)]


def acts_about_body(by, body: Organisation) -> EntryQuerySet:
    """The acts about a body; what higher rooms keep of it, such as notes and files, only for the
    offices and the body's own officer, who may read those; facts of its assurance only for the body
    and its offices.
    """
    entries = Entry.objects.about(body)
    reach = reach_of(by)
    changes = Change.objects.filter(about_model=body._meta.label_lower, about_pk=str(body.pk))
    if not may_read_facts(by, body):
        facts = changes.filter(row_model__in=FACT_MODELS)
        entries = entries.exclude(number__in=facts.order_by().values("entry_id"))
    if reach.sees_everything or reach.whole or reach.maintains(body.pk):
        return entries
    others = changes.exclude(row_model__startswith=f"{body._meta.app_label}.")
    return entries.exclude(number__in=others.order_by().values("entry_id"))


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
