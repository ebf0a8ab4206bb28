"""Bodies in a partnership, from one day until another; nobody is taken out of the past."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core import ripple
from register.core.dates import today
from register.core.verdicts import require
from register.directory import causes, steps
from register.directory.grants import people_with_roles_for, recompute_many
from register.directory.models import Membership, Organisation, Partnership
from register.directory.permissions import may_keep_members
from register.directory.services.rows import last_day, lock, only_known, save_checked, set_facts
from register.ledger.acts import act

FACTS = ("kind", "starts_on", "ends_on", "supported_by", "has_release_officer")


def add_member(
    *, by, partnership: Partnership, organisation: Organisation, kind: str = "full",
    starts_on: date | None = None, ends_on: date | None = None,
    supported_by: Membership | None = None, has_release_officer: bool = False, reason: str = "",
) -> Membership:  # fmt: skip
    """Add a body to a partnership from a day on (today where none is given)."""
    membership = Membership(
        partnership=partnership,
        organisation=organisation,
        kind=kind,
        starts_on=starts_on or today(),
        ends_on=ends_on,
        supported_by=supported_by,
        has_release_officer=has_release_officer,
    )
    with act(by=by, verb="membership.added", subject=membership, reason=reason):
        require(may_keep_members(by, partnership))
        membership.organisation = lock(organisation)
        _check(membership)
        save_checked(membership)
        steps.bodies_changed([organisation.pk])
    return membership


def change_membership(
    *, by, membership: Membership, row_version: int, reason: str = "", **facts
) -> Membership:
    """Change the kind or the days of a membership; permissions follow at once. Raises Conflict."""
    facts = only_known(facts, FACTS)
    with act(by=by, verb="membership.changed", subject=membership, reason=reason, quiet=True):
        membership = lock(membership)
        require(may_keep_members(by, membership.partnership))
        before = (membership.kind, membership.ends_on)
        if set_facts(membership, facts, row_version):
            _check(membership)
            _follow(membership)
            if cause := causes.of_change(before, membership):
                ripple.happened(cause, by=by)
    return membership


def end_membership(
    *, by, membership: Membership, ends_on: date | None = None, reason: str = ""
) -> Membership:
    """End a membership; the day given is its last. Its people lose their access after that day."""
    ends_on = ends_on or today()
    with act(by=by, verb="membership.ended", subject=membership, reason=reason):
        membership = lock(membership)
        require(may_keep_members(by, membership.partnership))
        last_day(membership, ends_on)
        set_facts(membership, {"ends_on": ends_on})
        _follow(membership)
        ripple.happened(causes.membership_ends(membership, ends_on), by=by)
    return membership


def _follow(membership: Membership) -> None:
    recompute_many(people_with_roles_for(membership))
    steps.bodies_changed([membership.organisation_id])


def _check(membership: Membership) -> None:
    if membership.organisation.merged_into_id:
        survivor = membership.organisation.surviving
        raise ValidationError(
            {"organisation": f"This record was merged into {survivor}. Choose that one."}
        )
    supporter = membership.supported_by
    if supporter and supporter.partnership_id != membership.partnership_id:
        raise ValidationError({"supported_by": "Choose a member of the same partnership."})
    if supporter and supporter.pk == membership.pk:
        raise ValidationError({"supported_by": "A member cannot support itself."})
    overlapping = Membership.objects.filter(
        partnership=membership.partnership, organisation=membership.organisation
    ).exclude(pk=membership.pk)
    if any(_overlap(membership, other) for other in overlapping):
        raise ValidationError(
            {"starts_on": "This body is already a member of the partnership on these days."}
        )


def _overlap(one: Membership, other: Membership) -> bool:
    starts_before_end = other.ends_on is None or (one.starts_on or date.min) <= other.ends_on
    ends_after_start = one.ends_on is None or (other.starts_on or date.min) <= one.ends_on
    return starts_before_end and ends_after_start
