"""The messages about advice: somebody is asked, reminded, and whoever asked learns of the answer."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from register.advice.kinds import kind_of
from register.advice.models import Advice, ReviewRequest
from register.advice.standing import whose
from register.directory.models import Person
from register.documents.models.documents import Provenance
from register.notices.models import Notice
from register.notices.services import write


def asked(request: ReviewRequest) -> Notice | None:
    """Ask for advice or a decision; None where there is no address, or the entry is not released yet."""
    return _to_asked(request, "advice_asked", f"advice-asked:{request.pk}")


def reminder(request: ReviewRequest) -> Notice | None:
    """Remind whoever is asked; None where there is no address."""
    key = f"advice-reminder:{request.pk}:{request.reminders}"
    return _to_asked(request, "advice_reminder", key)


def given(advice: Advice) -> Notice | None:
    """Tell whoever asked what was answered; the words stand in the register, not in the mail."""
    request = advice.request
    to = _address(request.asked_by)
    if not to or request.asked_by_id == advice.given_by_id:
        return None
    page = reverse("advice:entry", args=[request.version.document.reference])
    words = {"advice": advice, "person": request.asked_by, "address": f"{settings.BASE_URL}{page}"}
    return _write(request, "advice_given", to, f"advice-given:{advice.pk}", words)


def _to_asked(request: ReviewRequest, name: str, key: str) -> Notice | None:
    document = request.version.document
    if document.provenance == Provenance.IMPORTED and document.released_at is None:
        return None
    if not (to := address_of(request)):
        return None
    page = f"{settings.BASE_URL}{request.get_absolute_url()}"
    return _write(request, name, to, key, {"address": page, "person": request.person})


def address_of(request: ReviewRequest) -> str:
    """Where a question is sent: to the person, else the mailbox of the post, or to the office."""
    if request.organisation_id is None:
        return request.version.document.partnership.office_email
    return _address(request.person) or (request.post.mailbox if request.post else "")


def _write(request: ReviewRequest, name: str, to: str, key: str, words: dict) -> Notice | None:
    version = request.version
    words |= {
        "request": request,
        "version": version,
        "document": version.document,
        "partnership": version.document.partnership,
        "kind": kind_of(request.kind),
        "whose": whose(request),
        "officer": request.asked_by,
        "phone": _phone(request.asked_by),
    }
    return write(
        to=to,
        subject=render_to_string(f"emails/{name}.subject.txt", words),
        text=render_to_string(f"emails/{name}.txt", words),
        html=render_to_string(f"emails/{name}.html", words),
        key=key,
        about=version.document.reference,
    )


def _address(person: Person | None) -> str:
    contact = getattr(person, "contact", None)
    return contact.email if contact else ""


def _phone(person: Person | None) -> str:
    contact = getattr(person, "contact", None)
    return contact.phone if contact else ""
