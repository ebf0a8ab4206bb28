"""Legal holds: set and released with a reason, on an entry, a body or a person."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership, Person
from register.documents.models import Document
from register.ledger import retention
from register.ledger.acts import act
from register.ledger.models import Hold
from register.records.holds import subject_of
from register.records.permissions import may_hold, may_release, partnerships_of_subject

Subject = Document | Organisation | Person


def set_hold(*, by, subject: Subject, reason: str, until: date | None = None) -> Hold:
    """Put an entry, a body or a person on legal hold: nothing of it is disposed of or redacted.

    A hold on a body or a person covers every entry that names them.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason for the hold."})
    if until is not None and until <= today():
        raise ValidationError({"until": "Enter a day after today, or none."})
    with act(by=by, verb="hold.asked", subject=subject, quiet=True):
        _lock(subject)
        require(may_hold(by, subject))
        mine = retention.standing_holds().filter(
            subject_model=subject._meta.label_lower, subject_pk=str(subject.pk)
        )
        if mine.filter(reason=reason.strip()).exists():
            raise ValidationError({"reason": f"{subject} is on hold for this reason already."})
        return retention.hold(by=by, subject=subject, reason=reason, until=until)


def release_hold(*, by, hold: Hold, reason: str) -> Hold:
    """Release a legal hold today, with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason for the release."})
    subject = subject_of(hold)
    if subject is None:
        raise ValidationError("What was on hold is not known any more.")
    # The act stands in the history of what was on hold.
    with act(by=by, verb="hold.released", subject=subject, reason=reason):
        row = Hold.objects.select_for_update().get(pk=hold.pk)
        require(may_release(by, row, subject))
        if row.ends_on is not None and row.ends_on <= today():
            raise ValidationError("It was released already.")
        row.ends_on = today()
        row.save()
    return row


def _lock(subject: Subject) -> None:
    """Lock the partnerships concerned: a disposal asks about holds under the same lock."""
    keys = partnerships_of_subject(subject)
    places = Partnership.objects.select_for_update(no_key=True).order_by("pk")
    list(places.filter(pk__in=keys) if keys else places)
