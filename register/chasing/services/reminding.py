"""Reminders by schedule: one message a person a day, however much waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from register.chasing.schedule import next_reminder
from register.core.dates import LONDON, now, today
from register.core.working_days import is_working_day
from register.directory.models import Person
from register.documents.lifecycle import GOVERNING, State
from register.jobs.items import each
from register.ledger.acts import act
from register.signing import emails
from register.signing.models import MailKind, SigningRequest
from register.signing.services.requests import reminder_key

SYSTEM = "system:remind"
# Nobody is reminded in the night: the hour in London from which reminders go.
FROM_HOUR = 7


def remind_all() -> int:
    """Remind everybody for whom a reminder has come due, by day on working days; how many messages.

    Each person is an act of their own: what one fails at stops no other, and a job that is run again
    on the same day reminds nobody twice.
    """
    day = today()
    if not is_working_day(day) or now().astimezone(LONDON).hour < FROM_HOUR:
        return 0
    return each("remind_signatories", _due(day), _remind, key=lambda row: f"person {row.pk}")


def _remind(person: Person) -> bool:
    with act(by=SYSTEM, verb="reminders.sent", subject=person, quiet=True):
        key = reminder_key(person)
        return emails.everything(person, kind=MailKind.REMINDER, key=key) is not None


def is_due(request: SigningRequest, day: date) -> bool:
    """Whether a reminder of a request is due on a day; it carries version, round and trace."""
    asked = getattr(request.slot.version, "round", None)
    trace = getattr(request, "trace", None)
    last = trace.reminded_at if trace else None
    due = next_reminder(
        request.asked_at.astimezone(LONDON).date(),
        asked.sign_by if asked else None,
        last.astimezone(LONDON).date() if last else None,
    )
    return due is not None and due <= day


def _due(day: date) -> Iterator[Person]:
    rows = (
        SigningRequest.objects.asked()
        .released()
        .filter(
            is_notice=False,
            slot__voided_at__isnull=True,
            slot__version__state__in=(State.SIGNING, *GOVERNING),
        )
    )
    rows = rows.select_related("person__contact", "trace", "slot__version__round")
    found = {row.person_id: row.person for row in rows.order_by("pk") if is_due(row, day)}
    return iter(found.values())
