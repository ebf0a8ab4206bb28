"""The messages of the directory: each goes to the outbox inside the act that causes it."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from register.accounts.roles import ROLES
from register.directory.models import Appointment
from register.notices.services import write


def invitation(appointment: Appointment, *, email: str, by, occasion: str = "") -> None:
    """Tell somebody that they were given a role, and how to sign in by an e-mailed code.

    `occasion` names why it is said once more, such as a move to another installation.
    """
    inviter = getattr(by, "person", None)
    place = appointment.partnership or appointment.membership.partnership
    body = appointment.membership.organisation if appointment.membership_id else None
    words = {
        "person": appointment.person,
        "role": ROLES[appointment.role],
        "partnership": place,
        "body": body,
        "inviter": inviter.name if inviter else place.office_name or "The partnership office",
        "email": email,
        "address": settings.BASE_URL,
    }
    write(
        to=email,
        subject=render_to_string("emails/invitation.subject.txt", words),
        text=render_to_string("emails/invitation.txt", words),
        html=render_to_string("emails/invitation.html", words),
        key=f"invitation:{appointment.pk}{occasion}",
    )
