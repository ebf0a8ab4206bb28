"""The messages of a consultation: each goes to the outbox inside the act that causes it.

The address in them is made when they are sent (`notices.secrets`), so that nobody can read a
guest's link in the outbox.
"""

from __future__ import annotations

from django.template.loader import render_to_string

from register.consultation.models import Consultee, Editor
from register.consultation.services import links
from register.directory.models import Person
from register.notices.secrets import MARK
from register.notices.services import write


def asked(consultee: Consultee, *, by) -> None:
    """Ask somebody to read a draft and to comment on it."""
    words = _words(consultee, by)
    key = f"consultation:{consultee.pk}:{consultee.invited_at:%Y%m%d%H%M%S%f}"
    _send("consultation_asked", consultee, words, key=key, kind=links.KIND)


def reminded(consultee: Consultee, *, by, on) -> None:
    """Remind somebody who has not responded; once a day."""
    key = f"consultation:{consultee.pk}:again:{on.isoformat()}"
    _send("consultation_reminder", consultee, _words(consultee, by), key=key, kind=links.REMINDER)


def made_editor(editor: Editor, *, by, address: str) -> None:
    """Tell somebody that they may write in the draft of another body."""
    contact = getattr(editor.person, "contact", None)
    to = contact.email if contact and contact.email else ""
    if not to and editor.person.user_id:
        to = editor.person.user.email
    if not to:
        return
    words = _about(editor.version, by) | {"name": editor.person.name, "address": address}
    template = "consultation_editor"
    write(
        to=to,
        subject=render_to_string(f"emails/{template}.subject.txt", words),
        text=render_to_string(f"emails/{template}.txt", words),
        html=render_to_string(f"emails/{template}.html", words),
        key=f"editor:{editor.pk}",
        about=editor.version.document.reference,
    )


def _send(template: str, consultee: Consultee, words: dict, *, key: str, kind: str) -> None:
    to = links.email_of(consultee)
    if not to:
        return
    write(
        to=to,
        subject=render_to_string(f"emails/{template}.subject.txt", words),
        text=render_to_string(f"emails/{template}.txt", words),
        html=render_to_string(f"emails/{template}.html", words),
        key=key,
        about=consultee.version.document.reference,
        secret_kind=kind,
        secret_for=consultee.pk,
    )


def _words(consultee: Consultee, by) -> dict:
    return _about(consultee.version, by) | {
        "name": consultee.name,
        "body": consultee.organisation_name,
        "due_on": consultee.due_on,
        "address": MARK,
        "has_account": links.has_account(consultee),
    }


def _about(version, by) -> dict:
    document = version.document
    asker: Person | None = getattr(by, "person", None)
    contact = getattr(asker, "contact", None)
    place = document.partnership
    return {
        "version": version,
        "document": document,
        "partnership": place,
        "asker": asker.name if asker else place.office_name or "The partnership office",
        "asker_email": (contact.email if contact else "") or place.office_email,
        "asker_phone": (contact.phone if contact else "") or place.office_phone,
        "lead": document.lead,
    }
