"""The messages about emergency shares: that a review is due, and that it is overdue."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from agreements.requests.models import EmergencyShare
from register.notices.models import Notice
from register.notices.services import write


def review_due(share: EmergencyShare) -> Notice | None:
    """Ask whoever decided to look back at an emergency share; each thing is said once.

    None where it was said before, or where there is no address to say it to. The message names the
    share by its reference only: mail is no place for what was shared.
    """
    contact = getattr(share.decider, "contact", None)
    if contact is None or not contact.email:
        return None
    said = "overdue" if share.is_overdue else "due"
    words = {
        "share": share,
        "person": share.decider,
        "partnership": share.partnership,
        "address": f"{settings.BASE_URL}{share.get_absolute_url()}",
    }
    return write(
        to=contact.email,
        subject=render_to_string("emails/emergency_review.subject.txt", words),
        text=render_to_string("emails/emergency_review.txt", words),
        html=render_to_string("emails/emergency_review.html", words),
        key=f"emergency-review:{share.pk}:{share.review_due_on}:{said}",
        about=share.reference,
    )
