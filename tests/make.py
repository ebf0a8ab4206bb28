"""Things for tests, made by the real services, so that test data is always legal."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from register.accounts.models import User
from register.accounts.roles import BODY_ROLES
from register.core.dates import today
from register.directory.models import (
    Appointment,
    Community,
    Membership,
    Organisation,
    Partnership,
    Person,
    Post,
)
from register.directory.services import appointments, communities, logins, memberships, posts
from register.directory.services import organisations as bodies
from register.directory.services import partnerships as places
from register.directory.services import people as persons
from tests.make_documents import agreement, charter, protocol, sign, sign_all, slot, walk

__all__ = ["agreement", "charter", "protocol", "sign", "sign_all", "slot", "walk"]
TEST = "system:test"
PASSWORD = "demonstration"
_numbers = count(1)


def since():
    """A day well before today, from which things made here hold."""
    return today() - timedelta(days=400)


def partnership(name: str = "Wyrefordshire Partnership", prefix: str = "", **facts) -> Partnership:
    """A partnership, with the posts that it usually expects at each tier."""
    prefix = prefix or f"T{_letters(next(_numbers))}"
    facts.setdefault("slug", prefix.lower())
    return places.add_partnership(by=TEST, name=name, prefix=prefix, **facts)


def organisation(name: str = "", **facts) -> Organisation:
    """A body in no partnership."""
    name = name or f"Body {next(_numbers)} Council"
    return bodies.add_organisation(by=TEST, legal_name=name, **facts)


def member(partnership: Partnership, organisation: Organisation | str = "", **facts) -> Membership:
    """A membership, full unless another kind is given, of a body that is made where only named."""
    if isinstance(organisation, str):
        organisation = bodies.add_organisation(
            by=TEST, legal_name=organisation or f"Body {next(_numbers)} Council"
        )
    facts.setdefault("starts_on", since())
    return memberships.add_member(
        by=TEST, partnership=partnership, organisation=organisation, **facts
    )


def community(partnership: Partnership, *members: Organisation, name: str = "") -> Community:
    """An information community with members."""
    made = communities.add_community(
        by=TEST,
        partnership=partnership,
        name=name or f"Community {next(_numbers)}",
        shared_objective="Every child is safe.",
    )
    for body in members:
        communities.join_community(by=TEST, community=made, organisation=body, starts_on=since())
    return made


def person(name: str = "", **facts) -> Person:
    """A person without a login."""
    return persons.add_person(by=TEST, name=name or f"Person {next(_numbers)}", **facts)


def officer(role: str, place: Membership | Partnership, name: str = "", **facts) -> User:
    """A login with a role for a membership or a whole partnership; sign in with `PASSWORD`."""
    name = name or f"{role.replace('_', ' ').capitalize()} {next(_numbers)}"
    reach = {"membership" if role in BODY_ROLES else "partnership": place}
    facts.setdefault("starts_on", since())
    email = f"{name.lower().replace(' ', '.')}@test.example"
    made = logins.invite(by=TEST, email=email, name=name, role=role, **reach, **facts)
    made.user.set_password(PASSWORD)
    made.user.save()
    return fresh(made.user)


def nobody() -> User:
    """A login without a person and without a role."""
    return User.objects.create_user(f"nobody{next(_numbers)}@test.example", PASSWORD)


def post(organisation: Organisation, kind: str = "senior_officer", **facts) -> Post:
    """A vacant post of a body."""
    facts.setdefault("starts_on", since())
    return posts.add_post(by=TEST, organisation=organisation, kind=kind, **facts)


def appoint(post: Post, person: Person | str = "", **facts) -> Appointment:
    """An appointment to a post, of a person who is made where only named."""
    if isinstance(person, str):
        person = persons.add_person(by=TEST, name=person or f"Person {next(_numbers)}")
    facts.setdefault("starts_on", since())
    return appointments.appoint_to_post(by=TEST, person=person, post=post, **facts)


def fresh(user: User) -> User:
    """The login as the next request reads it: nothing remembered."""
    return User.objects.get(pk=user.pk)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
