"""The digest of somebody's work as a message, with one link to their work and one that stops it."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from register.directory.models import Partnership
from register.directory.permissions import visible_partnerships
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.notices.services import write
from register.worklist.models import Often
from register.worklist.work import Work


def digest(user, work: Work, *, often: str, key: str) -> Notice | None:
    """Write the digest of a login for a day or week (`key`); None where it was written before."""
    subject, text, html = said(user, work, often=often)
    return write(
        to=_address(user),
        subject=subject,
        text=text,
        html=html,
        key=f"digest:{user.pk}:{key}",
        secret_kind="digest",
        secret_for=user.pk,
    )


def said(user, work: Work, *, often: str) -> tuple[str, str, str]:
    """Subject, text and HTML of the digest of a login's work."""
    words = {
        "name": getattr(getattr(user, "person", None), "name", "") or user.email,
        "groups": [("Waiting for you", work.waiting_on_me),
                   ("Waiting for others", work.waiting_on_others)],
        "count": sum(len(part.items) for part in work.waiting_on_me),
        "parts": work.waiting_on_me + work.waiting_on_others,
        "often": "each working day" if often == Often.DAILY else "once a week",
        "address": f"{settings.BASE_URL}/",
        "stop": MARK,
        "office": _office(user),
    }  # fmt: skip
    subject = " ".join(render_to_string("emails/digest.subject.txt", words).split())
    text = render_to_string("emails/digest.txt", words)
    return subject, text, render_to_string("emails/digest.html", words)


def _address(user) -> str:
    contact = getattr(getattr(user, "person", None), "contact", None)
    return (contact.email if contact else "") or user.email


def _office(user) -> Partnership | None:
    rows = visible_partnerships(user).exclude(office_email="")
    return rows.order_by("name", "pk").first()
