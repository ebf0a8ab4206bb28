"""Mails the newest digest of the ledger to the auditors, once a week each."""

from __future__ import annotations

from collections.abc import Iterator

from register.core.dates import today
from register.directory.models import Appointment, Partnership, Person
from register.evidence.emails import digest_mail
from register.evidence.ledger_head import newest_digest
from register.ledger.acts import act
from register.notices.models import Notice

BY = "system:ledger digests"
AUDITOR = "auditor"


def mail_digests() -> int:
    """Write this week's message to each auditor who has an address and was not sent it. How many."""
    waiting = list(_waiting())
    if not waiting:
        return 0
    digest = newest_digest()
    detail = {"number": digest.number, "sha256": digest.sha256, "auditors": len(waiting)}
    with act(by=BY, verb="ledger.digest_mailed", detail=detail):
        for key, person, address, partnership in waiting:
            digest_mail(person, address, partnership, digest, key=key)
    return len(waiting)


def _waiting() -> Iterator[tuple[str, Person, str, Partnership | None]]:
    """Each auditor once, however many partnerships they audit."""
    year, week, _ = today().isocalendar()
    rows = Appointment.objects.current(today()).filter(role=AUDITOR).order_by("person_id", "pk")
    found = {
        f"ledger-digest:{year}-{week:02}:{row.person_id}": row
        for row in rows.select_related("person__contact", "person__user", "partnership")
    }
    said = set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
    for key, row in found.items():
        if key not in said and (address := _address(row.person)):
            yield key, row.person, address, row.partnership


def _address(person: Person) -> str:
    contact = getattr(person, "contact", None)
    if contact is not None and contact.email:
        return contact.email
    return person.user.email if person.user and person.user.is_active else ""
