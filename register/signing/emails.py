"""The messages of signing: each goes to the outbox inside the act that causes it.

Links and codes are no part of what is written here: a mark stands in their place until the message
is sent (`notices.secrets`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string

from register.core.dates import now
from register.directory.models import Person
from register.documents.models import Version
from register.notices.models import Notice
from register.notices.secrets import MARK, WRITERS
from register.notices.services import is_replaced, write
from register.signing.earlier import last_signed
from register.signing.models import (
    MailKind,
    RequestMail,
    RequestTrace,
    Signature,
    SignCode,
    SigningRequest,
    Slot,
)

_WAITING = (
    "slot__version__document__partnership",
    "slot__version__round__officer__contact",
    "slot__organisation",
    "slot__post",
)
# Told of what needs the officer who sent a version out, with the sentence and the key of the message:
# the room above makes it a task. Called inside the act, also where no message can go.
OFFICER_NEEDED: list[Callable[..., None]] = []


def address_of(person: Person | None) -> str:
    """The e-mail address on record of a person; empty where there is none."""
    contact = getattr(person, "contact", None)
    return contact.email if contact else ""


def ask(request: SigningRequest, *, kind: str = MailKind.ASK) -> Notice | None:
    """Ask a person to sign, or remind them: one link, which is made when the message is sent."""
    to = address_of(request.person) or (request.slot.post.mailbox if request.slot.post else "")
    if not to:
        return None
    count = request.mails.count()
    template = "sign_notice" if request.is_notice else "sign_ask"
    notice = _write(
        template, to=to, key=f"sign:{request.pk}:{count + 1}",
        words={**about(request.slot.version), **_asked(request), "kind": kind},
        version=request.slot.version, secret_kind="sign_link", secret_for=request.pk,
    )  # fmt: skip
    if notice is not None:
        RequestMail.objects.create(request=request, notice=notice, kind=kind)
        trace, _ = RequestTrace.objects.get_or_create(request=request)
        if kind == MailKind.REMINDER:
            trace.reminded_at, trace.reminders = now(), trace.reminders + 1
            trace.save(update_fields=["reminded_at", "reminders"])
    return notice


def everything(person: Person, *, kind: str = MailKind.NEW_LINK, key: str = "") -> Notice | None:
    """Mail one link to everything that waits for a person: a new link, or the reminder of a day.

    A reminder leaves out imported entries that no officer has released for messages.
    """
    rows = SigningRequest.objects.of(person).select_related(*_WAITING)
    waiting = list(rows.released() if kind == MailKind.REMINDER else rows)
    to = address_of(person) or next(
        (row.slot.post.mailbox for row in waiting if row.slot.post and row.slot.post.mailbox), ""
    )
    if not waiting or not to:
        return None
    notice = _write(
        "sign_waiting", to=to, key=key or f"sign-all:{person.pk}:{now():%Y%m%d%H%M%S%f}",
        words=_all_waiting(person, waiting, kind),
        version=waiting[0].slot.version if len(waiting) == 1 else None,
        secret_kind="sign_all", secret_for=person.pk,
    )  # fmt: skip
    if notice is not None:
        _trace(waiting, notice, kind)
    return notice


def everything_anew(notice: Notice) -> tuple[str, str, str] | None:
    """What a message about everything that waits says at the moment of sending: only what still waits.

    None where nothing does, or where the reminder of a later day is written already.
    """
    if notice.key.startswith("remind:") and is_replaced(notice):
        return None
    mails = RequestMail.objects.filter(notice=notice).order_by("pk")
    kept = list(mails.values_list("request", "kind"))
    rows = SigningRequest.objects.asked().filter(pk__in=[pk for pk, _ in kept])
    waiting = list(rows.select_related(*_WAITING, "person").order_by("asked_at", "pk"))
    if not waiting:
        return None
    words = _all_waiting(waiting[0].person, waiting, kept[0][1])
    return _rendered("sign_waiting", {**words, "secret": MARK})


def preview(slot: Slot, by) -> tuple[str, str]:
    """Subject and text of the message as the first who signs would get it, without its link."""
    holders = slot.post.holders(now().date()) if slot.post else []
    person = holders[0].person if holders else Person(name="the holder of the post")
    request = SigningRequest(slot=slot, person=person)
    words = {**about(slot.version), **_asked(request), "kind": MailKind.ASK}
    if getattr(by, "person", None):
        words["officer_name"] = by.person.name
    subject, text, _ = _rendered("sign_ask", {**words, "secret": "(a link of their own)"})
    return subject, text


def code(asked: SignCode) -> Notice | None:
    """Mail the code for a link; it is made when the message is sent and holds for thirty minutes."""
    person = asked.link.person
    request = asked.link.request or SigningRequest.objects.of(person).first()
    mailbox = request.slot.post.mailbox if request and request.slot.post else ""
    to = address_of(person) or mailbox
    if not to:
        return None
    return _write(
        "sign_code", to=to, key=f"sign-code:{asked.pk}", words={"person": person},
        version=None, secret_kind="sign_code", secret_for=asked.pk,
    )  # fmt: skip


def receipt(signature: Signature) -> None:
    """Tell the one who signed, and the body's mailbox, what was signed in its name."""
    slot = signature.slot
    boxes = {address_of(signature.person), slot.organisation.mailbox} - {""}
    for to in sorted(boxes):
        _write(
            "sign_receipt", to=to, key=f"sign-receipt:{signature.pk}:{to}"[:200],
            words={**about(slot.version), "signature": signature, "slot": slot},
            version=slot.version,
        )  # fmt: skip


def tell_officer(
    version: Version, *, says: str, key: str, more: str = "", is_needed: bool = True
) -> Notice | None:
    """Tell whoever sent a version out what happened; where it needs them, it becomes a task as well."""
    for needed in OFFICER_NEEDED if is_needed else ():
        needed(version, says=says, key=key)
    asked = getattr(version, "round", None)
    officer = asked.officer if asked else version.document.owner
    to = address_of(officer) or version.document.partnership.office_email
    if not to:
        return None
    words = {**about(version), "says": says, "more": more, "officer": officer,
             "address": f"{settings.BASE_URL}{version.document.get_absolute_url()}"}  # fmt: skip
    return _write("sign_officer", to=to, key=key[:200], words=words, version=version)


def tell_signed(signature: Signature) -> int:
    """Tell everyone who signed a version that somebody refused it; how many."""
    version = signature.slot.version
    rows = Signature.objects.filter(slot__version=version, slot__voided_at__isnull=True)
    newest = {row.slot_id: row for row in rows.select_related("person__contact").order_by("pk")}
    boxes = {address_of(row.person) for row in newest.values() if row.counts} - {""}
    words = {**about(version), "signature": signature}
    told = [
        _write("sign_refused", to=to, key=f"sign-refused:{signature.pk}:{to}"[:200], words=words,
               version=version)
        for to in sorted(boxes)
    ]  # fmt: skip
    return sum(notice is not None for notice in told)


def complete(version: Version) -> int:
    """Tell those who get copies, and everybody who signed, that a version is in force; how many."""
    asked = getattr(version, "round", None)
    if asked is None:  # all on paper: nobody was asked by mail, and nobody is told by it
        return 0
    copies = asked.copies_to.split()
    rows = Signature.objects.filter(slot__version=version).select_related("person__contact")
    boxes = {address_of(row.person) for row in rows if row.counts} | set(copies)
    words = {**about(version),
             "address": f"{settings.BASE_URL}{version.document.get_absolute_url()}"}  # fmt: skip
    return sum(
        _write("sign_complete", to=to, key=f"in-force:{version.pk}:{to}"[:200], words=words,
               version=version) is not None
        for to in sorted(boxes - {""})
    )  # fmt: skip


def to_release(request: SigningRequest) -> Notice | None:
    """Tell a body's designated officer that a request waits for them to let it go."""
    setting = request.slot.organisation.designated_officer
    holders = setting.post.holders(now().date()) if setting.post else []
    to = next((address for row in holders if (address := address_of(row.person))), "")
    to = to or (setting.post.mailbox if setting.post else "") or request.slot.organisation.mailbox
    if not to:
        return None
    words = {**about(request.slot.version), **_asked(request),
             "address": f"{settings.BASE_URL}/sign/release/"}  # fmt: skip
    return _write("sign_release", to=to, key=f"sign-release:{request.pk}", words=words,
                  version=request.slot.version)  # fmt: skip


def about(version: Version) -> dict:
    """What messages and pages about a version say: what it is, and whom to ask by name and telephone."""
    asked = getattr(version, "round", None)
    officer = asked.officer if asked else None
    office = version.document.partnership
    contact = getattr(officer, "contact", None)
    return {
        "version": version,
        "document": version.document,
        "partnership": office,
        "round": asked,
        "officer_name": officer.name if officer else office.office_name or "The partnership office",
        "officer_phone": (contact.phone if contact else "") or office.office_phone,
        "officer_email": (contact.email if contact else "") or office.office_email,
    }


def _asked(request: SigningRequest) -> dict:
    slot = request.slot
    return {
        "request": request,
        "person": request.person,
        "slot": slot,
        "before": last_signed(slot.version, slot.organisation_id),
    }


def _trace(waiting: list[SigningRequest], notice: Notice, kind: str) -> None:
    RequestMail.objects.bulk_create(
        RequestMail(request=row, notice=notice, kind=kind) for row in waiting
    )
    if kind != MailKind.REMINDER:
        return
    for row in waiting:
        trace, _ = RequestTrace.objects.get_or_create(request=row)
        trace.reminded_at, trace.reminders = now(), trace.reminders + 1
        trace.save(update_fields=["reminded_at", "reminders"])


def _all_waiting(person: Person, waiting: list[SigningRequest], kind: str) -> dict:
    first = waiting[0].slot.version
    return {**about(first), "person": person, "waiting": waiting, "kind": kind,
            "count": len(waiting)}  # fmt: skip


def _write(
    template: str, *, to: str, key: str, words: dict, version: Version | None,
    secret_kind: str = "", secret_for: int | None = None,
) -> Notice | None:  # fmt: skip
    subject, text, html = _rendered(template, {**words, "secret": MARK})
    return write(
        to=to,
        subject=subject,
        text=text,
        html=html,
        key=key,
        about=version.document.reference if version else "",
        secret_kind=secret_kind,
        secret_for=secret_for,
        reply_to=words.get("officer_email", ""),
    )


def _rendered(template: str, words: dict) -> tuple[str, str, str]:
    return (
        " ".join(render_to_string(f"emails/{template}.subject.txt", words).split()),
        render_to_string(f"emails/{template}.txt", words),
        render_to_string(f"emails/{template}.html", words),
    )


WRITERS["sign_all"] = everything_anew
