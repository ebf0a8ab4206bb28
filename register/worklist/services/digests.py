"""The digest of somebody's work: one message a day or a week, by their choice, and none when it is empty."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from register.core.dates import LONDON, now, today
from register.core.working_days import is_working_day
from register.jobs.items import each
from register.worklist.emails import digest
from register.worklist.models import MailChoice, Often
from register.worklist.work import work_of

JOB = "send_digests"
# Nobody is mailed in the night: the hour in London from which digests go.
FROM_HOUR = 7


def key_for(often: str, day: date) -> str:
    """The day or the week that a digest is for, such as 2026-11-23 or 2026-W48 (ISO weeks)."""
    if often == Often.DAILY:
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def send_digests() -> int:
    """Write the digests that are due, on working days from seven in the morning; how many were written.

    Nobody's day or week is looked at twice, so that it may run at any time and on several machines.
    After days on which it did not run each gets one digest, of what waits now.
    """
    day = today()
    if not is_working_day(day) or now().astimezone(LONDON).hour < FROM_HOUR:
        return 0
    return each(JOB, _due(day), _send, key=lambda row: f"login {row.user_id}")


def _due(day: date) -> list[MailChoice]:
    rows = MailChoice.objects.filter(user__is_active=True).select_related("user__person__contact")
    return [
        row
        for often in (Often.DAILY, Often.WEEKLY)
        for row in rows.filter(digest=often).exclude(last_key=key_for(often, day)).order_by("pk")
    ]


def _send(row: MailChoice) -> int:
    """Look at the work of one login for its day or week; 1 where there was something to say."""
    key = key_for(row.digest, today())
    with transaction.atomic():
        # Whoever changes the row looks; a worker that dies before the end has changed nothing.
        mine = MailChoice.objects.filter(pk=row.pk, digest=row.digest).exclude(last_key=key)
        if not mine.update(last_key=key):
            return 0
        work = work_of(row.user)
        if work.needs_nothing:
            return 0
        return int(digest(row.user, work, often=row.digest, key=key) is not None)
