"""Who holds a post or a role, from one day until another; permissions follow in the same act."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.accounts.roles import ADMINISTER, ROLES
from register.core.dates import today
from register.core.verdicts import require
from register.directory.grants import recompute
from register.directory.models import Appointment, Membership, Partnership, Person, Post
from register.directory.models.people import Capacity
from register.directory.permissions import may_administer, may_maintain
from register.directory.services.people import add_person
from register.directory.services.rows import last_day, lock, save_checked, set_facts
from register.ledger.acts import act


def appoint_to_post(
    *, by, person: Person, post: Post, capacity: str = "holder", starts_on: date | None = None,
    ends_on: date | None = None, reason: str = "",
) -> Appointment:  # fmt: skip
    """Put a person in a post of a body: as holder, acting, sharing it, or as deputy."""
    row = Appointment(
        person=person,
        post=post,
        capacity=capacity,
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    with act(by=by, verb="appointment.made", subject=row, reason=reason):
        require(may_maintain(by, post.organisation))
        _check_post(row, lock(post))
        save_checked(row)
    return row


def fill_post(
    *, by, post: Post, person: Person | None = None, name: str = "", email: str = "",
    phone: str = "", **facts,
) -> Appointment:  # fmt: skip
    """Put somebody in a post who is in the directory (`person`), or is new to it (`name`)."""
    with act(by=by, verb="post.filled", subject=post, quiet=True):
        if person is None:
            person = add_person(by=by, name=name, email=email, phone=phone)
        return appoint_to_post(by=by, person=person, post=post, **facts)


def appoint_to_role(
    *, by, person: Person, role: str, membership: Membership | None = None,
    partnership: Partnership | None = None, starts_on: date | None = None,
    ends_on: date | None = None, reason: str = "",
) -> Appointment:  # fmt: skip
    """Give a person a role in the register, for a body's membership or for a whole partnership.

    Administrators only; what the role lets them do follows at once.
    """
    row = Appointment(
        person=person,
        role=role,
        membership=membership,
        partnership=partnership,
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    with act(by=by, verb="appointment.made", subject=row, reason=reason):
        place = partnership or (membership.partnership if membership else None)
        require(may_administer(by, place))
        _check_role(row)
        save_checked(row)
        recompute(person)
    return row


def end_appointment(
    *, by, appointment: Appointment, ends_on: date | None = None, reason: str = ""
) -> Appointment:
    """End an appointment; the day given is its last. A role ends with that day."""
    ends_on = ends_on or today()
    with act(by=by, verb="appointment.ended", subject=appointment, reason=reason):
        row = lock(appointment)
        require(may_end(by, row))
        last_day(row, ends_on)
        if row.partnership:
            keep_an_administrator(row.partnership, without=row)
        set_facts(row, {"ends_on": ends_on})
        recompute(row.person)
    return row


def correct_end(*, by, appointment: Appointment, ends_on: date | None, reason: str) -> Appointment:
    """Correct the last day of an appointment to a post; without a day it goes on."""
    with act(by=by, verb="appointment.end_corrected", subject=appointment, reason=reason):
        row = lock(appointment)
        require(may_end(by, row))
        if row.post_id is None:
            raise TypeError("A role ends, and is given anew.")
        set_facts(row, {"ends_on": ends_on})
    return row


def may_end(by, row: Appointment):
    """Whether somebody may end an appointment: as for making it."""
    if row.post_id:
        return may_maintain(by, row.post.organisation)
    return may_administer(by, row.partnership or row.membership.partnership)


def keep_an_administrator(partnership: Partnership, *, without: Appointment) -> None:
    """Refuse to leave a partnership without an administrator who can sign in."""
    if ADMINISTER not in ROLES[without.role].permissions or not without.holds_on(today()):
        return
    others = Appointment.objects.current(today()).filter(
        partnership=partnership,
        role=without.role,
        ends_on__isnull=True,
        person__user__is_active=True,
    )
    if not others.exclude(person=without.person).exists():
        raise ValidationError(
            f"{without.person} is the only administrator of {partnership}. "
            "Appoint another administrator first."
        )


def _check_post(row: Appointment, post: Post) -> None:
    if post.ends_on is not None and (row.ends_on is None or row.ends_on > post.ends_on):
        raise ValidationError(f"{post} has ended: nobody can be appointed to it.")
    current = post.appointments.current(row.starts_on)
    if current.filter(person=row.person).exists():
        raise ValidationError({"person": f"{row.person} holds this post already."})
    if row.capacity == Capacity.HOLDER:
        holder = current.filter(capacity=Capacity.HOLDER).select_related("person").first()
        if holder:
            raise ValidationError(
                {
                    "capacity": f"{holder.person} holds this post. End that appointment first, "
                    "or appoint as acting, shared or deputy."
                }
            )


def _check_role(row: Appointment) -> None:
    role = ROLES.get(row.role)
    if role is None:
        raise ValidationError({"role": f"There is no role “{row.role}”."})
    if role.reach == "partnership" and row.partnership is None:
        raise ValidationError({"role": f"{role.name} is a role for a whole partnership."})
    if role.reach == "body" and row.membership is None:
        raise ValidationError(
            {"membership": f"Choose the body for which to be {role.name.lower()}."}
        )
    held = Appointment.objects.current(row.starts_on).filter(
        person=row.person,
        role=row.role,
        membership=row.membership,
        partnership=row.partnership,
    )
    if held.exists():
        raise ValidationError({"role": f"{row.person} has that role already."})
