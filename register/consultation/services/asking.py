"""Opening a consultation, and who is asked: named people of the bodies, and guests by name and e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from register.consultation.choosing import Choice, choices_for
from register.consultation.models import Consultee, GuestAddress, GuestLink, Response
from register.consultation.permissions import (
    consultee_of,
    may_consult,
    may_remind,
    may_respond,
)
from register.consultation.services import mailing
from register.core.dates import LONDON, now, today
from register.core.verdicts import require
from register.documents.models import Version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import open_consultation
from register.ledger.acts import act

MOST = 200  # people asked about one draft


@dataclass(frozen=True)
class Guest:
    """Somebody without a record here: name, e-mail address, and the body in words."""

    name: str
    email: str
    body: str = ""


def open_to(
    *, by, version: Version, people: Sequence[int] = (), guests: Sequence[Guest] = (),
    due_on: date | None = None,
) -> Version:  # fmt: skip
    """Open a draft for consultation, and ask people to comment by a day.

    `people` are keys of people who are appointed in the bodies that the draft names. Raises
    ValidationError with a sentence for who cannot be asked.
    """
    with act(by=by, verb="consultation.opened", subject=version):
        version = lock_version(version)
        require(may_consult(by, version))
        version = open_consultation(by=by, version=version)
        if people or guests:
            _ask(by, version, people, guests, due_on)
        keep_up([version.document_id])
    return version


def ask_more(
    *, by, version: Version, people: Sequence[int] = (), guests: Sequence[Guest] = (),
    due_on: date | None = None,
) -> list[Consultee]:  # fmt: skip
    """Ask more people about a draft that is open for consultation."""
    with act(by=by, verb="consultee.asked", subject=version):
        version = lock_version(version)
        require(may_remind(by, version))
        if not people and not guests:
            raise ValidationError("Choose at least one person to ask.")
        asked = _ask(by, version, people, guests, due_on)
        keep_up([version.document_id])
    return asked


def take_off(*, by, consultee: Consultee) -> Consultee:
    """Ask somebody no longer: their link dies, and what they said stays."""
    with act(by=by, verb="consultee.taken_off", subject=consultee):
        version = lock_version(consultee.version)
        require(may_consult(by, version))
        consultee = _locked(consultee, version)
        if consultee.taken_off_at is None:
            consultee.taken_off_at = now()
            consultee.row_version += 1
            consultee.save()
            GuestLink.objects.filter(consultee=consultee).delete()
            keep_up([version.document_id])
    return consultee


def remind(*, by, version: Version, consultee: Consultee | None = None) -> list[Consultee]:
    """Remind those who have not responded, or one of them; nobody gets a second mail on one day."""
    with act(by=by, verb="consultee.reminded", subject=version):
        version = lock_version(version)
        require(may_remind(by, version))
        rows = Consultee.objects.waited_for().filter(version=version)
        if consultee is not None:
            rows = rows.filter(pk=consultee.pk)
        waiting = [row for row in _with_people(rows, version) if not _reminded_today(row)]
        if not waiting:
            raise ValidationError("Everybody has responded, or was reminded today already.")
        for row in waiting:
            row.reminded_at = now()
            row.row_version += 1
            row.save()
            mailing.reminded(row, by=by, on=today())
    return waiting


def respond(*, by, version: Version, response: str) -> Consultee:
    """Say what somebody thinks of the whole draft; it can be said anew while the draft is open."""
    with act(by=by, verb="consultation.responded", subject=version):
        version = lock_version(version)
        require(may_respond(by, version))
        consultee = _own(by, version)
        if response not in Response.values:
            raise ValidationError({"response": "Choose what you think of the draft."})
        consultee.response, consultee.responded_at = response, now()
        consultee.row_version += 1
        consultee.save()
    return consultee


def _own(by, version: Version) -> Consultee:
    if (asked := consultee_of(by, version)) is None:
        raise ValidationError("You are not asked about this draft any more.")
    return _locked(asked, version)


def _ask(by, version, people, guests, due_on) -> list[Consultee]:
    if due_on is None:
        raise ValidationError({"due_on": "Enter the day by which they should answer."})
    if due_on < today():
        raise ValidationError({"due_on": "Enter a day that is not before today."})
    offered = {choice.person_id: choice for choice in choices_for(version)}
    if unknown := [pk for pk in people if pk not in offered]:
        raise ValidationError(
            {"people": f"Choose people from the list: {len(unknown)} of them are not on it."}
        )
    chosen = [offered[pk] for pk in dict.fromkeys(people)]
    held = Consultee.objects.standing().filter(version=version).count()
    if held + len(chosen) + len(guests) > MOST:
        raise ValidationError(f"At most {MOST} people are asked about one draft.")
    rows = [_ask_person(version, choice, due_on) for choice in chosen]
    rows += [_ask_guest(version, each, due_on) for each in guests]
    for row in rows:
        mailing.asked(row, by=by)
    return rows


def _ask_person(version: Version, choice: Choice, due_on: date) -> Consultee:
    found = Consultee.objects.select_for_update(of=("self",)).filter(
        version=version, person_id=choice.person_id
    )
    row = found.first() or Consultee(version=version, person_id=choice.person_id)
    row.organisation_id, row.organisation_name = choice.organisation_id, choice.organisation_name
    row.name = choice.name
    return _asked(row, version, due_on)


def _ask_guest(version: Version, guest: Guest, due_on: date) -> Consultee:
    found = Consultee.objects.select_for_update(of=("self",)).filter(
        version=version, person__isnull=True, address__email__iexact=guest.email
    )
    row = found.first() or Consultee(version=version)
    row.name, row.organisation_name = guest.name, guest.body
    row = _asked(row, version, due_on)
    GuestAddress.objects.update_or_create(consultee=row, defaults={"email": guest.email})
    return Consultee.objects.select_related("address").get(pk=row.pk)


def _asked(row: Consultee, version: Version, due_on: date) -> Consultee:
    row.version = version
    row.invited_at, row.due_on = now(), due_on
    row.response, row.responded_at, row.taken_off_at = "", None, None
    row.reminded_at = None
    row.row_version += 1 if row.pk else 0
    row.full_clean(exclude=["version", "person", "organisation"])
    row.save()
    return row


def _reminded_today(row: Consultee) -> bool:
    return row.reminded_at is not None and row.reminded_at.astimezone(LONDON).date() == today()


def _with_people(rows, version: Version) -> Iterable[Consultee]:
    found = rows.select_for_update(of=("self",)).select_related("person__contact", "person__user")
    for row in found.order_by("pk"):
        row.version = version
        yield row


def _locked(consultee: Consultee, version: Version) -> Consultee:
    rows = Consultee.objects.select_for_update(of=("self",))
    found = rows.get(pk=consultee.pk, version=version)
    found.version = version
    return found
