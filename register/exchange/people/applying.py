"""Writing what a plan of people and posts says through the services of the directory; nothing is mailed."""

from __future__ import annotations

from register.core.dates import now
from register.directory.models import Partnership, Person
from register.directory.services.appointments import appoint_to_post, end_appointment
from register.directory.services.people import add_person
from register.directory.services.posts import add_post
from register.exchange.kinds import Effects
from register.exchange.matching import Directory
from register.exchange.people.plan import PostChunk


def apply_people(
    *, by, partnership: Partnership, source: str, came_from: str, plan: PostChunk,
    directory: Directory,
) -> Effects:  # fmt: skip
    """Write a chunk's plan inside the act that is open: posts, then people, then who holds what.

    Gives the keys of what was made, with the appointments that it ended as key, last day before and
    last day now, and when; `register.exchange.people.taking_back` reads them.
    """
    done: Effects = {"posts": [], "people": [], "appointments": [], "ended": []}
    for here in plan.posts:
        here.post = add_post(
            by=by, organisation=here.body, kind=here.kind, title=here.title, mailbox=here.mailbox
        )
        done["posts"].append(here.post.pk)
    # Ends first: the successor may begin on the day after.
    for held, ends_on in plan.ending:
        if held.row is not None:
            done["ended"].append([held.row.pk, held.row.ends_on, ends_on])
            end_appointment(
                by=by, appointment=held.row, ends_on=ends_on, reason=f"From {came_from}."
            )
    people = Person.objects.in_bulk([each.held.person for each in plan.appointing])
    for each in plan.appointing:
        key = each.held.person
        if key not in people:
            made = add_person(by=by, name=each.named.name, email=each.named.email, phone=each.phone)
            people[key] = made
            done["people"].append(made.pk)
        if each.post.post is None:  # all were made before
            raise LookupError(each.post.title)
        row = appoint_to_post(
            by=by, person=people[key], post=each.post.post, capacity=each.held.capacity,
            starts_on=each.held.starts_on, ends_on=each.held.ends_on, reason=f"From {came_from}.",
        )  # fmt: skip
        done["appointments"].append(row.pk)
    return {**done, "at": [now()]} if any(done.values()) else done
