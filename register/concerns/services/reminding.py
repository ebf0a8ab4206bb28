"""The reminder to decide whether the ICO is notified of a breach, before its 72 hours end."""

from __future__ import annotations

from datetime import timedelta

from register.concerns import emails
from register.concerns.models import ICO_HOURS, Concern, IcoAnswer
from register.core.dates import now
from register.directory.contact_points import ContactPoint, contact_points
from register.documents.services.locks import lock_document
from register.jobs.items import each
from register.ledger.acts import act
from register.lists.labels import items
from register.notices.models import Notice

NAME = "ico_reminders"
# A day is left then, also where it was found on a Friday afternoon.
BEFORE = timedelta(hours=24)


class _SaidAlready(Exception):
    """It was said, or decided, in this moment: the act is taken back."""


def remind_of_ico() -> int:
    """Remind whoever deals with each breach about which nothing is decided, a day before the 72 hours
    end or as soon as it is recorded after that; once for each record.
    """
    return each(
        NAME,
        _due(),
        _remind,
        key=lambda concern: f"concern {concern.pk}",
        partnership=lambda concern: concern.document.partnership_id,
    )


def _due() -> list[Concern]:
    breaches = [
        code for code, row in items("concern_kind").items() if row.fact("is_personal_data_breach")
    ]
    rows = Concern.objects.open().filter(
        kind__in=breaches,
        ico_answer=IcoAnswer.UNDECIDED,
        found_at__lte=now() - timedelta(hours=ICO_HOURS) + BEFORE,
    )
    found = {emails.ico_key(row): row for row in rows.select_related("document").order_by("pk")}
    said = set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
    return [row for key, row in found.items() if key not in said]


def _remind(concern: Concern) -> bool:
    try:
        with act(by="system:concerns", verb="concern.ico_reminded", subject=concern):
            document = lock_document(concern.document)
            rows = Concern.objects.select_related("lead_body", "lead__contact", "lead__user")
            locked = rows.get(pk=concern.pk)
            locked.document = document
            is_decided = locked.is_closed or locked.ico_answer != IcoAnswer.UNDECIDED
            point = None if is_decided else _point(locked)
            if point is None or emails.remind_of_ico(locked, point) is None:
                raise _SaidAlready
    except _SaidAlready:
        return False
    return True


def _point(concern: Concern) -> ContactPoint | None:
    """Who deals with it, else their body's contact, else the partnership office."""
    if concern.lead is not None:
        contact = getattr(concern.lead, "contact", None)
        email = (contact.email if contact else "") or (
            concern.lead.user.email if concern.lead.user_id else ""
        )
        if email:
            return ContactPoint(concern.lead.name, concern.lead_post, email)
    if point := contact_points([concern.lead_body_id]).get(concern.lead_body_id):
        return point
    place = concern.document.partnership
    name = place.office_name or "colleague"
    return ContactPoint(name, "", place.office_email) if place.office_email else None
