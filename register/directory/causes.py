"""Changes of memberships that documents above may have to confirm; said before, opened as tasks after."""

from __future__ import annotations

from datetime import date

from register.core.dates import words
from register.core.ripple import Cause
from register.directory.models import CommunityMember, Membership
from register.directory.models.partnerships import MembershipKind

MEMBERSHIP, COMMUNITY = "membership", "community_membership"


def membership_ends(membership: Membership, on: date | None = None) -> Cause:
    """A body's membership of a partnership gets a last day; `on` where it is known."""
    last = f" on {words(on)}" if on else ""
    says = f"The membership of {membership.organisation} in {membership.partnership} ends{last}."
    return Cause(MEMBERSHIP, f"membership:{membership.pk}", says, membership.pk)


def membership_changes(membership: Membership, kind: str = "") -> Cause:
    """A body's membership changes its kind; `kind` where it is known."""
    body, place = membership.organisation, membership.partnership
    said = f": {MembershipKind(kind).label.lower()}" if kind else ""
    says = f"The kind of membership of {body} in {place} changes{said}."
    return Cause(MEMBERSHIP, f"membership:{membership.pk}", says, membership.pk)


def community_ends(member: CommunityMember, on: date | None = None) -> Cause:
    """A body's time in an information community gets a last day; `on` where it is known."""
    last = f" on {words(on)}" if on else ""
    says = f"{member.organisation} leaves the information community {member.community}{last}."
    return Cause(COMMUNITY, f"community-member:{member.pk}", says, member.pk)


def of_change(before: tuple[str, date | None], membership: Membership) -> Cause | None:
    """What a saved change of a membership means to others: `before` are its kind and last day."""
    kind, ends_on = before
    if membership.ends_on and membership.ends_on != ends_on:
        return membership_ends(membership, membership.ends_on)
    return membership_changes(membership, membership.kind) if membership.kind != kind else None
