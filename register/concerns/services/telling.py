"""Who was told of a breach or concern, when and how."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from register.concerns import emails
from register.concerns.models import ConcernBody
from register.concerns.permissions import may_change
from register.core.conflicts import expect
from register.core.dates import now
from register.core.verdicts import require
from register.directory.contact_points import contact_points
from register.directory.services.rows import lock, save_checked
from register.documents.services.locks import lock_document
from register.ledger.actors import actor_of
from register.ledger.acts import act

BY_MAIL = "register"


def tell_by_mail(rows: Iterable[ConcernBody], *, by) -> list[ConcernBody]:
    """Write to the contacts of bodies that were not told; those without an address stay untold.

    Call it inside the act that asks for it. Two statements for the contacts of any number.
    """
    untold = [row for row in rows if row.told_at is None]
    points = contact_points(row.organisation_id for row in untold)
    told = []
    for row in untold:
        point = points.get(row.organisation_id)
        if point is None or emails.tell(row, point, by=by) is None:
            continue
        whom = ", ".join(filter(None, [point.name, point.post, point.email]))
        _note(row, at=now(), how=BY_MAIL, whom=whom, by=by)
        told.append(row)
    return told


def note_told(
    *, by, row: ConcernBody, row_version: int, told_at: datetime, told_how: str, told_whom: str
) -> ConcernBody:
    """Record that a body was told: when, how and whom. Raises Conflict, ValidationError."""
    with act(by=by, verb="concern.told", subject=row.concern):
        row.concern.document = lock_document(row.concern.document)
        locked = lock(row)
        locked.concern = row.concern
        require(may_change(by, row.concern))
        expect(locked, row_version)
        if told_at > now() or told_at < row.concern.found_at:
            raise ValidationError({"told_on": "Enter a time between when it was found and now."})
        _note(locked, at=told_at, how=told_how, whom=told_whom.strip(), by=by)
    return locked


def _note(row: ConcernBody, *, at: datetime, how: str, whom: str, by) -> None:
    row.told_at, row.told_how, row.told_whom = at, how, whom[:300]
    row.told_by_name = actor_of(by).name[:300]
    row.row_version += 1
    save_checked(row)
