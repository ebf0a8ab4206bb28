"""Inviting people, and closing and opening their logins."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.core.exceptions import ValidationError

from register.accounts import sessions
from register.accounts.models import User
from register.core.verdicts import require
from register.directory import emails
from register.directory.grants import recompute
from register.directory.models import Appointment, Contact, Membership, Partnership, Person
from register.directory.permissions import may_administer, may_close_login
from register.directory.services.appointments import appoint_to_role, keep_an_administrator
from register.directory.services.rows import lock, save_checked
from register.ledger.acts import act


def invite(
    *, by, email: str, role: str, name: str = "", person: Person | None = None,
    membership: Membership | None = None, partnership: Partnership | None = None,
    starts_on: date | None = None,
) -> Person:  # fmt: skip
    """Give somebody a login and a role, and write them a message that says how to sign in.

    For a person who is in the directory give `person`, else a name. No password is set: they sign
    in by a code sent to the address.
    """
    place = partnership or (membership.partnership if membership else None)
    person = person or Person(name=" ".join(name.split()))
    with act(by=by, verb="person.invited", subject=person, detail={"role": role}):
        require(may_administer(by, place))
        person = _with_login(person, email.strip().lower())
        appointment = appoint_to_role(
            by=by, person=person, role=role, membership=membership, partnership=partnership,
            starts_on=starts_on,
        )  # fmt: skip
        emails.invitation(appointment, email=person.user.email, by=by)
    return person


def close_login(*, by, person: Person, reason: str) -> Person:
    """Close a person's login at once: open sessions end, codes and links of theirs stop working.

    Their appointments to posts stay; their roles give nothing while the login is closed.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter why the login is closed."})
    with act(by=by, verb="person.login_closed", subject=person, reason=reason):
        person = lock(person)
        require(may_close_login(by, person))
        user = _login_of(person)
        if not user.is_active:
            raise ValidationError(f"{person}'s login is closed already.")
        for row in Appointment.objects.filter(person=person, role="administrator"):
            keep_an_administrator(cast(Partnership, row.partnership), without=row)
        user.is_active = False
        user.save(update_fields=["is_active"])
        sessions.end_all(user)
        recompute(person)
    return person


def open_login(*, by, person: Person, reason: str = "") -> Person:
    """Open a closed login again; the roles that still run count again."""
    with act(by=by, verb="person.login_opened", subject=person, reason=reason):
        person = lock(person)
        require(may_close_login(by, person))
        user = _login_of(person)
        if user.is_active:
            raise ValidationError(f"{person}'s login is open already.")
        user.is_active = True
        user.save(update_fields=["is_active"])
        recompute(person)
    return person


def _login_of(person: Person) -> User:
    if person.user is None:
        raise ValidationError(f"{person} has no login.")
    return person.user


def _with_login(person: Person, email: str) -> Person:
    held = User.objects.filter(email__iexact=email).first()
    owner = getattr(held, "person", None)
    if person.pk:
        person = lock(person)
    if owner is not None and owner.pk != person.pk:
        raise ValidationError({"email": f"{owner} signs in by this address already."})
    if person.user_id and person.user.email != email:
        raise ValidationError({"email": f"{person} signs in by another address already."})
    if person.user_id and not person.user.is_active:
        raise ValidationError({"email": f"{person}'s login is closed. Open it first."})
    if person.user_id is None:
        person.user = held or User.objects.create_user(email)
        person.row_version += 1 if person.pk else 0
        save_checked(person)
    if not Contact.objects.filter(person=person).exists():
        save_checked(Contact(person=person, email=email))
    return person
