"""Information communities: their shared objective and their dated members."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from register.core import ripple
from register.core.dates import today
from register.core.verdicts import require
from register.directory.causes import community_ends
from register.directory.models import Community, CommunityMember, Organisation, Partnership
from register.directory.permissions import may_keep_members
from register.directory.services.rows import last_day, lock, only_known, save_checked, set_facts
from register.ledger.acts import act

FACTS = ("name", "shared_objective", "starts_on", "ends_on")


def add_community(
    *, by, partnership: Partnership, name: str, shared_objective: str,
    starts_on: date | None = None, ends_on: date | None = None,
) -> Community:  # fmt: skip
    """Add an information community with the objective that its members share."""
    community = Community(
        partnership=partnership,
        name=" ".join(name.split()),
        shared_objective=shared_objective.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with act(by=by, verb="community.added", subject=community):
        require(may_keep_members(by, partnership))
        community.slug = _free_slug(community)
        save_checked(community)
    return community


def change_community(
    *, by, community: Community, row_version: int, reason: str = "", **facts
) -> Community:
    """Change the name, the shared objective or the days of a community. Raises Conflict."""
    facts = only_known(facts, FACTS)
    with act(by=by, verb="community.changed", subject=community, reason=reason, quiet=True):
        community = lock(community)
        require(may_keep_members(by, community.partnership))
        set_facts(community, facts, row_version)
    return community


def join_community(
    *, by, community: Community, organisation: Organisation, starts_on: date | None = None
) -> CommunityMember:
    """Add a body to a community from a day on (today where none is given); it may be in many."""
    member = CommunityMember(
        community=community, organisation=organisation, starts_on=starts_on or today()
    )
    with act(by=by, verb="community.joined", subject=member):
        require(may_keep_members(by, community.partnership))
        member.organisation = organisation = lock(organisation)
        if organisation.merged_into_id:
            raise ValidationError(
                {"organisation": f"This record was merged into {organisation.surviving}."}
            )
        if not organisation.memberships.filter(partnership=community.partnership).exists():
            raise ValidationError(
                {
                    "organisation": f"{organisation} is not a member of {community.partnership}. "
                    "Add it to the partnership first."
                }
            )
        save_checked(member)
        ripple.inputs_changed("community", [community.pk])
    return member


def leave_community(
    *, by, member: CommunityMember, ends_on: date | None = None, reason: str = ""
) -> CommunityMember:
    """End a body's time in a community; the day given is its last."""
    ends_on = ends_on or today()
    with act(by=by, verb="community.left", subject=member, reason=reason):
        member = lock(member)
        require(may_keep_members(by, member.community.partnership))
        last_day(member, ends_on)
        set_facts(member, {"ends_on": ends_on})
        ripple.inputs_changed("community", [member.community_id])
        ripple.happened(community_ends(member, ends_on), by=by)
    return member


def _free_slug(community: Community) -> str:
    wanted = slugify(community.name)[:70] or "community"
    if Community.objects.filter(slug=wanted).exists():
        wanted = f"{community.partnership.slug}-{wanted}"[:76]
    number, slug = 2, wanted
    while Community.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug
