"""The message to a body that a breach or concern touches it. It says nothing of what happened."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from register.concerns.models import ConcernBody
from register.directory.contact_points import ContactPoint
from register.notices.models import Notice
from register.notices.services import write


def tell(row: ConcernBody, point: ContactPoint, *, by) -> Notice | None:
    """Write to the contact of a body; None where that was said before."""
    concern, document = row.concern, row.concern.document
    place, person = document.partnership, getattr(by, "person", None)
    contact = getattr(person, "contact", None)
    words = {
        "body": row.organisation,
        "name": point.name,
        "concern": concern,
        "document": document,
        "title": document.shown.title if document.shown else "",
        "asker": person.name if person else place.office_name or "The partnership office",
        "asker_email": (contact.email if contact else "") or place.office_email,
        "asker_phone": (contact.phone if contact else "") or place.office_phone,
        "address": f"{settings.BASE_URL}{concern.get_absolute_url()}",
    }
    return write(
        to=point.email,
        subject=render_to_string("emails/concern_recorded.subject.txt", words),
        text=render_to_string("emails/concern_recorded.txt", words),
        html=render_to_string("emails/concern_recorded.html", words),
        key=f"concern:{row.pk}:{point.email}"[:200],
        about=document.reference,
    )
