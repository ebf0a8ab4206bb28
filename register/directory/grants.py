"""Stored permissions, made from current appointments by one function.

Nothing else writes them. They are a cache: delete every row, recompute, and they are there again.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Permission

from register.accounts.roles import ROLES
from register.core.dates import today
from register.directory.models import (
    Appointment,
    Membership,
    MembershipUserObjectPermission,
    PartnershipUserObjectPermission,
    Person,
)
from register.jobs.items import each

Wanted = set[tuple[str, int]]


def recompute(person: Person) -> bool:
    """Bring a person's stored permissions into line with the roles they hold today.

    A role counts while the appointment runs, the membership it hangs on runs, and the login is
    open. Returns whether anything changed.
    """
    if person.user_id is None:
        return False
    for_bodies, for_partnerships = _wanted(person) if person.user.is_active else (set(), set())
    changed = _bring_into_line(MembershipUserObjectPermission, person.user_id, for_bodies)
    changed |= _bring_into_line(PartnershipUserObjectPermission, person.user_id, for_partnerships)
    vars(person.user).pop("_reach", None)
    return changed


def recompute_many(people: Iterable[Person]) -> int:
    """Bring the permissions of many people into line; returns for how many something changed."""
    return sum(recompute(person) for person in people)


def recompute_all() -> int:
    """Bring everybody's permissions into line with today; returns for how many something changed."""
    people = Person.objects.filter(user__isnull=False).select_related("user").order_by("pk")
    return each("recompute_permissions", people, recompute, key=lambda row: f"person {row.pk}")


def people_with_roles_for(membership: Membership) -> list[Person]:
    """The people with a login whose role hangs on a membership."""
    rows = Appointment.objects.filter(membership=membership, person__user__isnull=False)
    return list({row.person for row in rows.select_related("person__user")})


def _wanted(person: Person) -> tuple[Wanted, Wanted]:
    for_bodies: Wanted = set()
    for_partnerships: Wanted = set()
    rows = Appointment.objects.filter(person=person).to_roles().current(today())
    for row in rows.select_related("membership__organisation"):
        codes = ROLES[row.role].permissions
        if row.partnership_id:
            for_partnerships |= {(code, row.partnership_id) for code in codes}
        else:
            for_bodies |= {(code, pk) for pk in _memberships(row.membership) for code in codes}
    return for_bodies, for_partnerships


def _memberships(membership: Membership) -> list[int]:
    """The membership, and that of the record its body was merged into, while they run."""
    bodies = {membership.organisation_id, membership.organisation.surviving.pk}
    rows = Membership.objects.current(today()).filter(
        partnership_id=membership.partnership_id, organisation_id__in=bodies
    )
    return list(rows.values_list("pk", flat=True))


def _bring_into_line(model, user_id: int, wanted: Wanted) -> bool:
    rows = model.objects.filter(user_id=user_id)
    held = {
        (code, pk): row
        for row, code, pk in rows.values_list("pk", "permission__codename", "content_object_id")
    }
    stale = [held[key] for key in held.keys() - wanted]
    missing = wanted - held.keys()
    if stale:
        model.objects.filter(pk__in=stale).delete()
    if missing:
        permissions = _permissions(model)
        model.objects.bulk_create(
            model(user_id=user_id, permission=permissions[code], content_object_id=pk)
            for code, pk in sorted(missing)
        )
    return bool(stale or missing)


def _permissions(model) -> dict[str, Permission]:
    target = model._meta.get_field("content_object").related_model._meta
    rows = Permission.objects.filter(
        content_type__app_label=target.app_label, content_type__model=target.model_name
    )
    return {row.codename: row for row in rows}
