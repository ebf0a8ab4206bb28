"""The bodies, posts and people that the rows of a list speak of, as the register has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from register.core.dates import today
from register.directory.models import (
    Appointment,
    Contact,
    Membership,
    Organisation,
    Partnership,
    Person,
    Post,
)
from register.exchange.bodies import Named as NamedBody
from register.exchange.matching import Directory
from register.exchange.people.rows import Holding, PostRow
from register.exchange.people.vocabulary import ONE_A_BODY
from register.exchange.people.words import Named, loose_name

ALIKE = 80  # of 100: two spellings of one name under one address


class Unsure(Exception):
    """A row may mean several bodies or people, or none; the message asks which."""


@dataclass
class Held:
    """Somebody in a post, in the register or about to be: `row` where it is there already."""

    person: int
    capacity: str
    starts_on: date | None
    ends_on: date | None
    row: Appointment | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it holds on any day from the first to the last."""
        starts, ends = self.starts_on or date.min, self.ends_on or date.max
        return starts <= last and ends >= first


@dataclass
class PostHere:
    """A post of a body with those who hold it; `post` is None where it is about to be made."""

    body: Organisation
    title: str
    kind: str
    mailbox: str = ""
    post: Post | None = None
    held: list[Held] = field(default_factory=list)


@dataclass
class Staff:
    """Posts by body, people by name and address; those about to be made have keys below 0."""

    directory: Directory
    posts: dict[int, list[PostHere]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, str] = field(default_factory=dict)
    emails: dict[int, str] = field(default_factory=dict)
    bodies_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    foreign: set[int] = field(default_factory=set)

    def body_of(self, row: PostRow) -> Organisation:
        """The body whose posts a row gives. Raises Unsure."""
        body = self._numbered(row) or self._named(row)
        if body.pk in self.foreign:
            raise Unsure(f"{body} is kept by the office of another partnership.")
        return body

    def post_of(self, body: Organisation, holding: Holding) -> tuple[PostHere, bool]:
        """The post of a body that is meant, and whether it is about to be made."""
        mine = self.posts[body.pk]
        title = holding.title.casefold()
        for post in mine:
            if post.title.casefold() == title:
                return post, False
        same = [post for post in mine if post.kind == holding.kind]
        if holding.kind in ONE_A_BODY and len(same) == 1:
            return same[0], False
        made = PostHere(body, holding.title, holding.kind, holding.mailbox)
        mine.append(made)
        return made, True

    def person_of(self, named: Named, body: Organisation) -> tuple[int | None, str]:
        """The key of the person who is meant, None for a new one; and what is to be said. Raises Unsure."""
        if named.meant is not None:
            if named.meant not in self.people:
                raise Unsure(
                    f"There is no person #{named.meant}. Look the number up on their page."
                )
            return named.meant, ""
        note = ""
        if named.email:
            key, note = self._by_address(named)
            if key is not None:
                return key, ""
        same = [
            pk for pk, name in self.people.items() if loose_name(name) == loose_name(named.name)
        ]
        here = [pk for pk in same if body.pk in self.bodies_of[pk]]
        if len(here) == 1 and not self._differs(here[0], named):
            return here[0], ""
        others = [pk for pk in same if not self._differs(pk, named)]
        if others and not named.is_another:
            raise Unsure(
                f"{named.name} is in the register already ({self._told(others[0])}). Give an e-mail"
                f" address, or write “{named.name} (#{others[0]})” for the same person and"
                f" “{named.name} (new)” for another."
            )
        return None, note

    def add_person(self, named: Named, body: Organisation) -> int:
        """Take in somebody who is about to be added; gives the key, below 0."""
        key = min([0, *self.people]) - 1
        self.people[key], self.emails[key] = named.name, named.email.casefold()
        self.bodies_of[key].add(body.pk)
        return key

    def _numbered(self, row: PostRow) -> Organisation | None:
        value = row.number_of_body.casefold()
        found = {pk for (_scheme, code), pk in self.directory.codes.items() if code == value}
        if value and len(found) == 1:
            body = self.directory.bodies[found.pop()]
            _check_stands(body if body.succeeded_on else None)
            return body.surviving
        if not row.body:
            raise Unsure(f"No body has the number {row.number_of_body}. Bring the bodies in first.")
        return None

    def _named(self, row: PostRow) -> Organisation:
        named = NamedBody(row.body)
        _check_stands(self.directory.predecessor(named))
        if body := self.directory.find(named):
            return body
        near = "; ".join(each.name for each in self.directory.candidates(row.body))
        perhaps = f" Perhaps {near} is meant." if near else ""
        raise Unsure(f"No body is surely “{row.body}”.{perhaps} Correct the name, or add the body.")

    def _by_address(self, named: Named) -> tuple[int | None, str]:
        held = [pk for pk, email in self.emails.items() if email == named.email.casefold()]
        for pk in held:
            if fuzz.token_sort_ratio(loose_name(self.people[pk]), loose_name(named.name)) >= ALIKE:
                return pk, ""
        if held:
            whose = self.people[held[0]]
            return (
                None,
                f"{named.email} is the address of {whose} too; it is taken for a shared one.",
            )
        return None, ""

    def _differs(self, pk: int, named: Named) -> bool:
        """Whether addresses say that two people of one name are not the same."""
        held = self.emails.get(pk, "")
        return bool(held and named.email and held != named.email.casefold())

    def _told(self, pk: int) -> str:
        bodies = [str(self.directory.bodies[body]) for body in sorted(self.bodies_of[pk])[:2]
                  if body in self.directory.bodies]  # fmt: skip
        number = f"#{pk}" if pk > 0 else "in this file"
        return f"{number}, {' and '.join(bodies)}" if bodies else number


def read_staff(partnership: Partnership, directory: Directory) -> Staff:
    """Read posts, people and who holds what; five statements."""
    staff = Staff(directory)
    day = today()
    by_post: dict[int, PostHere] = {}
    for post in Post.objects.order_by("pk"):
        if (post.ends_on and post.ends_on < day) or post.organisation_id not in directory.bodies:
            continue
        body = directory.bodies[post.organisation_id].surviving
        here = PostHere(body, post.title, post.kind, post.mailbox, post)
        by_post[post.pk] = here
        staff.posts[body.pk].append(here)
    staff.people = dict(Person.objects.order_by("pk").values_list("pk", "name"))
    contacts = Contact.objects.exclude(email="").values_list("person_id", "email")
    staff.emails = {pk: email.casefold() for pk, email in contacts}
    for pk, email in Person.objects.filter(user__isnull=False).values_list("pk", "user__email"):
        staff.emails.setdefault(pk, email.casefold())
    for row in Appointment.objects.select_related("post", "membership"):
        if row.body_id in directory.bodies:
            staff.bodies_of[row.person_id].add(directory.bodies[row.body_id].surviving.pk)
        if row.post_id in by_post:
            held = Held(row.person_id, row.capacity, row.starts_on, row.ends_on, row)
            by_post[row.post_id].held.append(held)
    ours = set(_bodies(Membership.objects.filter(partnership=partnership)))
    staff.foreign = set(_bodies(Membership.objects.all())) - ours
    return staff


def _check_stands(body: Organisation | None) -> None:
    """Posts of a body whose place another took are not given to that other unasked."""
    if body is not None and body.merged_into_id:
        raise Unsure(
            f"{body.surviving} has taken the place of {body}. Enter the post as one of"
            f" {body.surviving}, or leave the row out."
        )


def _bodies(rows) -> Iterable[int]:
    return rows.values_list("organisation_id", flat=True)
