"""Fills the directory of the demonstration: partnership, bodies, people, posts, communities, logins."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from register.accounts.models import User
from register.core.dates import add_months, today
from register.demonstration.bodies import BODIES, HUB_MEMBERS, Body
from register.demonstration.framework import COMMUNITIES
from register.demonstration.officers import ACCOUNTS, DOMAIN, PASSWORD, POSTS
from register.directory.models import Community, Organisation, Partnership, Person, Post
from register.directory.services import (
    appointments,
    communities,
    logins,
    memberships,
    names,
    organisations,
    partnerships,
    people,
    posts,
)

BY = "system:demonstration"
TIER_POSTS = {
    1: [("chief_executive", True)],
    2: [("information_lead", True), ("caldicott_guardian", False)],
    3: [("operational_manager", True)],
}


class County:
    """The directory of the demonstration by its short keys."""

    partnership: Partnership

    def __init__(self) -> None:
        self.bodies: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.posts: dict[tuple[str, str], Post] = {}
        self.communities: dict[str, Community] = {}

    def officer(self) -> User:
        """The login that keeps the register."""
        return User.objects.get(email=f"officer@{DOMAIN}")


def found(since: date) -> County:
    """Make the partnership with its bodies, people and communities; members from a day on."""
    county = County()
    county.partnership = _partnership(since)
    for tier, kinds in TIER_POSTS.items():
        expected = [partnerships.Expected(kind, needed) for kind, needed in kinds]
        partnerships.set_tier_posts(
            by=BY, partnership=county.partnership, tier=tier, posts=expected
        )
    _bodies(county, since)
    _people(county, since)
    _communities(county, since)
    _logins(county)
    return county


def _partnership(since: date) -> Partnership:
    return partnerships.add_partnership(
        by=BY,
        name="Wyrefordshire Partnership",
        prefix="WY",
        area="Wyrefordshire",
        former_names="Wyrefordshire Local Strategic Partnership",
        status_note="Accredited as the local strategic partnership of the county.",
        accredited_on=add_months(since, -24),
        office_name="Wyrefordshire information governance office",
        office_email=f"office@{DOMAIN}",
        office_phone="01632 960100",
    )


def _bodies(county: County, since: date) -> None:
    for facts in sorted(BODIES, key=lambda body: bool(body.unit_of)):
        body = county.bodies[facts.key] = _body(county, facts)
        for scheme, value in facts.identifiers:
            names.add_identifier(by=BY, organisation=body, scheme=scheme, value=value)
        for name, kind in facts.names:
            names.add_name(by=BY, organisation=body, name=name, kind=kind)
    _members(county, since)
    for key in HUB_MEMBERS:
        organisations.add_arrangement_member(
            by=BY, arrangement=county.bodies["hub"], member=county.bodies[key]
        )


def _body(county: County, facts: Body) -> Organisation:
    return organisations.add_organisation(
        by=BY,
        legal_name=facts.legal_name,
        short_name=facts.short_name,
        kind=facts.kind,
        legal_status=facts.status,
        public_authority=facts.authority,
        part3=facts.part3,
        part3_function=facts.part3_function,
        unit_of=county.bodies.get(facts.unit_of),
        ico_number=facts.ico,
        ico_expires_on=add_months(today(), 9) if facts.ico else None,
        mailbox=f"information@{facts.key}.{DOMAIN}",
    )


def _members(county: County, since: date) -> None:
    sponsor = None
    for facts in BODIES:
        member = memberships.add_member(
            by=BY,
            partnership=county.partnership,
            organisation=county.bodies[facts.key],
            kind=facts.membership,
            starts_on=since,
            supported_by=sponsor if facts.membership == "supported" else None,
        )
        sponsor = sponsor or member


def _people(county: County, since: date) -> None:
    for name, mail, body, kind, title in POSTS:
        post = posts.add_post(
            by=BY, organisation=county.bodies[body], kind=kind, title=title, starts_on=since
        )
        county.posts[body, kind] = post
        if name:
            appointments.appoint_to_post(
                by=BY, person=_person(county, name, mail), post=post, starts_on=since
            )


def _person(county: County, name: str, mail: str) -> Person:
    if name not in county.people:
        county.people[name] = people.add_person(by=BY, name=name, email=f"{mail}@{DOMAIN}")
    return county.people[name]


def _communities(county: County, since: date) -> None:
    for key, (name, objective, members) in COMMUNITIES.items():
        community = communities.add_community(
            by=BY,
            partnership=county.partnership,
            name=name,
            shared_objective=objective,
            starts_on=since,
        )
        county.communities[key] = community
        for body in members:
            communities.join_community(
                by=BY, community=community, organisation=county.bodies[body], starts_on=since
            )


def _logins(county: County) -> None:
    if settings.PRODUCTION:
        raise RuntimeError("Demonstration accounts are never made in production.")
    for mail, name, role, body in ACCOUNTS:
        member = None
        if body:
            member = county.bodies[body].memberships.get(partnership=county.partnership)
        person = logins.invite(
            by=BY,
            email=f"{mail}@{DOMAIN}",
            person=_person(county, name, mail),
            role=role,
            membership=member,
            partnership=None if member else county.partnership,
        )
        user = person.user
        user.set_password(PASSWORD)
        user.save()
