"""Putting work off until a day, for oneself, and showing it again."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Organisation, Person
from register.directory.permissions import visible_bodies
from register.directory.reach import reach_of
from register.documents.models import Document
from register.ledger.acts import act
from register.worklist.models import PutOff
from register.worklist.permissions import may_put_off, may_show_again

LONGEST = timedelta(days=366)


def put_off(
    *, by, until: date, reason: str, document: Document | None = None,
    organisation: Organisation | None = None,
) -> PutOff:  # fmt: skip
    """Take an entry or a body out of one's own work until a day, for a reason; nobody else is touched.

    What is put off already gets the new day and reason. Raises ValidationError for a day that is not
    ahead or lies more than a year ahead, and PermissionDenied for a login without a person.
    """
    with act(by=by, verb="work.put_off", reason=reason) as this:
        require(may_put_off(by))
        _check_known(by, document, organisation)
        _check(until, reason)
        # Whoever presses twice waits here for the first.
        person = Person.objects.select_for_update(of=("self",)).get(pk=reach_of(by).person_id or 0)
        facts = {"person": person, "document": document, "organisation": organisation}
        row = PutOff.objects.filter(**facts, ended_at__isnull=True).first()
        if row is None:
            row = PutOff(**facts, made_at=now())
        else:
            row.row_version += 1
        row.until, row.reason = until, reason.strip()
        row.save()
        this.subject = row
    return row


def show_again(*, by, row: PutOff) -> PutOff:
    """Bring back what was put off. Raises PermissionDenied where it was somebody else's, or is back."""
    with act(by=by, verb="work.shown_again", subject=row):
        row = PutOff.objects.select_for_update(of=("self",)).get(pk=row.pk)
        require(may_show_again(by, row))
        row.ended_at = now()
        row.row_version += 1
        row.save()
    return row


def _check_known(by, document: Document | None, organisation: Organisation | None) -> None:
    if (document is None) == (organisation is None):
        raise ValueError("An entry or a body is put off, one at a time.")
    if document is not None:
        known = Document.objects.visible_to(by).filter(pk=document.pk).exists()
    else:
        known = visible_bodies(by).filter(pk=organisation.pk if organisation else 0).exists()
    if not known:
        raise ValidationError("You may not know of this.")


def _check(until: date, reason: str) -> None:
    errors = {}
    if until <= today():
        errors["until"] = "Enter a day ahead: from that day it is shown again."
    elif until > today() + LONGEST:
        errors["until"] = "Enter a day within a year."
    if not reason.strip():
        errors["reason"] = "Say why, so that you know it when it comes back."
    if errors:
        raise ValidationError(errors)
