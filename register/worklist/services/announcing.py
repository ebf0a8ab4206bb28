"""Announcing to everybody of a partnership, and saying that one has read it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Partnership, Person
from register.directory.reach import reach_of
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.worklist.models import Acknowledgement, Announcement
from register.worklist.permissions import may_acknowledge, may_announce


def announce(
    *, by, partnership: Partnership, title: str, text: str, last_on: date | None = None
) -> Announcement:
    """Show words to everybody who signs in in a partnership, until each says that they have read them.

    Raises ValidationError for a last day that has passed, PermissionDenied for others than the office.
    """
    with act(by=by, verb="announcement.written", subject=partnership) as this:
        require(may_announce(by, partnership))
        if last_on is not None and last_on < today():
            raise ValidationError({"last_on": "Enter today or a day ahead."})
        row = Announcement(
            partnership=partnership, title=" ".join(title.split()), text=text.strip(),
            last_on=last_on, written_by_name=actor_of(by).name[:200], written_at=now(),
        )  # fmt: skip
        row.save()
        this.subject = row
    return row


def end_announcement(*, by, announcement: Announcement) -> Announcement:
    """Show an announcement to nobody any more; ending it twice changes nothing."""
    with act(by=by, verb="announcement.ended", subject=announcement, quiet=True):
        row = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
        require(may_announce(by, row.partnership))
        if row.ended_at is None:
            row.ended_at = now()
            row.row_version += 1
            row.save()
    return row


def acknowledge(*, by, announcement: Announcement) -> Acknowledgement:
    """Record that somebody has read an announcement; the second time changes nothing."""
    with act(by=by, verb="announcement.acknowledged", subject=announcement, quiet=True):
        row = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
        person = Person.objects.filter(pk=reach_of(by).person_id or 0).first()
        said = row.acknowledgements.filter(person=person).first() if person else None
        if said is not None:
            return said
        require(may_acknowledge(by, row))
        said = Acknowledgement(
            announcement=row, person=person, person_name=person.name if person else "", at=now()
        )
        said.save()
    return said
