"""The messages of chasing: to the new holder of a post, and the test that harms nobody."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from register.chasing.models import ReachMail
from register.directory.models import Appointment, Partnership, Person
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.notices.services import write
from register.signing.emails import address_of
from register.signing.models import Signature


def new_holder(appointment: Appointment, signed: list[Signature]) -> Notice | None:
    """Tell the new holder of a post what was signed in its name; None where no address is known."""
    to = address_of(appointment.person) or appointment.post.mailbox
    if not to:
        return None
    partnership = signed[0].slot.version.document.partnership
    words = {"person": appointment.person, "post": appointment.post, "signed": signed,
             "address": f"{settings.BASE_URL}/", **_office(partnership)}  # fmt: skip
    return _write("chasing_new_holder", to=to, key=f"new-holder:{appointment.pk}", words=words)


def reach_test(mail: ReachMail, to: str) -> Notice | None:
    """Ask somebody to say that messages reach them; the link is made when the message is sent."""
    test = mail.test
    words = {"person": mail.person, "secret": MARK, **_office(test.partnership, test.officer)}
    return _write(
        "chasing_reach_test", to=to, key=f"reach-test:{mail.pk}", words=words,
        secret_kind="reach_test", secret_for=mail.pk,
    )  # fmt: skip


def _office(partnership: Partnership, officer: Person | None = None) -> dict:
    contact = getattr(officer, "contact", None)
    return {
        "partnership": partnership,
        "officer_name": officer.name
        if officer
        else partnership.office_name or "the partnership office",
        "officer_phone": (contact.phone if contact else "") or partnership.office_phone,
        "officer_email": (contact.email if contact else "") or partnership.office_email,
    }


def _write(
    template: str, *, to: str, key: str, words: dict, secret_kind: str = "",
    secret_for: int | None = None,
) -> Notice | None:  # fmt: skip
    return write(
        to=to,
        subject=" ".join(render_to_string(f"emails/{template}.subject.txt", words).split()),
        text=render_to_string(f"emails/{template}.txt", words),
        html=render_to_string(f"emails/{template}.html", words),
        key=key,
        secret_kind=secret_kind,
        secret_for=secret_for,
        reply_to=words["officer_email"],
    )
