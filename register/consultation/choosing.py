"""Who can be chosen: people appointed today in the bodies that a draft names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from register.core.dates import today
from register.directory.models import Appointment, Organisation
from register.documents.bound import records_bound
from register.documents.models import Version


@dataclass(frozen=True)
class Choice:
    """A person, the body for which they would answer, and what they are there."""

    person_id: int
    name: str
    organisation_id: int
    organisation_name: str
    position: str


def choices_for(version: Version) -> list[Choice]:
    """The people appointed in the bodies that a draft names, its lead included; each once, by body."""
    bodies = records_bound(version)
    if version.document.lead_id:
        bodies.add(version.document.lead_id)
    return _appointed(bodies)


def others_for(version: Version) -> list[Choice]:
    """The same without the people of the lead body: who of another body may be given a right."""
    lead = version.document.lead_id
    return [choice for choice in choices_for(version) if choice.organisation_id != lead]


def _appointed(bodies: Iterable[int]) -> list[Choice]:
    here = Q(post__organisation_id__in=bodies) | Q(membership__organisation_id__in=bodies)
    rows = Appointment.objects.current(today()).filter(here)
    rows = rows.select_related("person", "post__organisation", "membership__organisation")
    found: dict[int, Choice] = {}
    # A post says more of somebody than a role in the register does.
    for row in sorted(rows.order_by("pk"), key=lambda row: row.post_id is None):
        body: Organisation = row.post.organisation if row.post_id else row.membership.organisation
        position = row.post.title if row.post_id else row.get_role_display()
        choice = Choice(row.person_id, row.person.name, body.pk, body.called, position)
        found.setdefault(row.person_id, choice)
    return sorted(found.values(), key=lambda choice: (choice.organisation_name, choice.name))
