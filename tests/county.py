"""A small partnership for tests of documents, made by the services: four bodies, their posts, their people."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.accounts.models import User
from register.directory.models import Community, Organisation, Partnership, Person, Post
from register.directory.services import (
    appointments,
    communities,
    memberships,
    partnerships,
    people,
    posts,
)
from register.directory.services import organisations as bodies

TEST = "system:test"
DAYS_AGO = 400


@dataclass
class County:
    """A partnership with its bodies, posts and logins, by short names."""

    partnership: Partnership
    community: Community
    bodies: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Organisation:
        try:
            return self.__dict__["bodies"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def found(days, *, prefix: str = "WY", name: str = "Wyrefordshire partnership") -> County:
    """Found a partnership of a council, a police force and a trust, with a charity outside it.

    Everybody has held their post since `days`, a date well before today.
    """
    partnership = partnerships.add_partnership(by=TEST, name=name, prefix=prefix)
    community = communities.add_community(
        by=TEST,
        partnership=partnership,
        name=f"Children and families {prefix}",
        shared_objective="Every child is safe.",
    )
    county = County(partnership, community)
    for short, legal in (
        ("council", "County Council"),
        ("police", "Police"),
        ("trust", "Hospitals NHS Foundation Trust"),
    ):
        body = bodies.add_organisation(by=TEST, legal_name=f"{prefix} {legal}")
        county.bodies[short] = body
        memberships.add_member(by=TEST, partnership=partnership, organisation=body, starts_on=days)
        for kind in ("chief_executive", "executive_lead", "senior_officer", "operational_manager"):
            _fill(county, short, kind, days)
    county.bodies["charity"] = bodies.add_organisation(by=TEST, legal_name=f"{prefix} Carers")
    _fill(county, "charity", "senior_officer", days)
    add_login(county, "office", "register_officer", days)
    add_login(county, "auditor", "auditor", days)
    for short in ("council", "police"):
        add_login(county, f"{short}_officer", "body_officer", days, body=short)
        add_login(county, f"{short}_manager", "manager", days, body=short)
    return county


def add_login(county: County, who: str, role: str, since, *, body: str = "") -> User:
    """Give somebody a login with a role, for a body or for the whole partnership."""
    person = people.add_person(by=TEST, name=who.replace("_", " ").title())
    user = User.objects.create_user(f"{who}@{county.partnership.prefix.lower()}.example")
    with people.act(by=TEST, verb="person.joined", subject=person):
        person.user = user
        person.save()
    reach = {"partnership": county.partnership}
    if body:
        reach = {"membership": county.bodies[body].memberships.get()}
    appointments.appoint_to_role(by=TEST, person=person, role=role, starts_on=since, **reach)
    county.people[who], county.users[who] = person, user
    return user


def _fill(county: County, short: str, kind: str, since) -> None:
    post = posts.add_post(
        by=TEST, organisation=county.bodies[short], kind=kind,
        title=kind.replace("_", " ").capitalize(), starts_on=since,
    )  # fmt: skip
    row = appointments.fill_post(
        by=TEST, post=post, name=f"{short.title()} {kind.replace('_', ' ').title()}",
        starts_on=since,
    )  # fmt: skip
    county.posts[short, kind] = post
    county.people[f"{short}_{kind}"] = row.person
