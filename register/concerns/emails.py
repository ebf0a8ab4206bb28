"""The messages about breaches and concerns. None of them says what happened."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from register.concerns.models import Concern, ConcernBody
from register.core.dates import now
from register.directory.contact_points import ContactPoint
from register.notices.models import Notice
from register.notices.services import write


def tell(row: ConcernBody, point: ContactPoint, *, by) -> Notice | None:
    """Write to the contact of a body; None where that was said before."""
    concern, document = row.concern, row.concern.document
    place, person = document.partnership, getattr(by, "person", None)
    contact = getattr(person, "contact", None)
    reply_to = (contact.email if contact else "") or place.office_email
    words = {
        "body": row.organisation,
        "name": point.name,
        "concern": concern,
        "document": document,
        "title": document.shown.title if document.shown else "",
        "asker": person.name if person else place.office_name or "The partnership office",
        "asker_email": reply_to,
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
        reply_to=reply_to,
    )


def ico_key(concern: Concern) -> str:
    """The one key of the reminder about the 72 hours."""
    return f"concern-ico:{concern.pk}"


def remind_of_ico(concern: Concern, point: ContactPoint) -> Notice | None:
    """Remind whoever deals with a breach that nothing is decided about the ICO; once."""
    document, place = concern.document, concern.document.partnership
    path = reverse("concerns:correct", args=[concern.pk])
    words = {
        "name": point.name,
        "concern": concern,
        "document": document,
        "title": document.shown.title if document.shown else "",
        "is_over": now() > concern.ico_due_at,
        "asker": place.office_name or "The partnership office",
        "asker_email": place.office_email,
        "asker_phone": place.office_phone,
        "address": f"{settings.BASE_URL}{path}#id_ico_answer",
    }
    return write(
        to=point.email,
        subject=render_to_string("emails/concern_ico.subject.txt", words),
        text=render_to_string("emails/concern_ico.txt", words),
        html=render_to_string("emails/concern_ico.html", words),
        key=ico_key(concern),
        about=document.reference,
        reply_to=place.office_email,
    )
