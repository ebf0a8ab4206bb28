"""What is to be done about the rows of a list of people and posts. Writes nothing: this is the dry run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from register.core.dates import today, words
from register.directory.models import Organisation, Partnership
from register.directory.models.people import Capacity
from register.exchange.groups import Group
from register.exchange.matching import Directory
from register.exchange.outcomes import CHANGED, NEW, REJECTED, UNCHANGED, Change, ChunkPlan, RowPlan
from register.exchange.people.known import Held, PostHere, Staff, Unsure, read_staff
from register.exchange.people.rows import Holding, PostRow
from register.exchange.people.vocabulary import POST_FIELDS
from register.exchange.people.words import Named
from register.exchange.rows import Problem

BODY, HOLDER = POST_FIELDS["post_body"], POST_FIELDS["holder"]


@dataclass
class Appointing:
    """Somebody to be put into a post: a person by key, or one to be added."""

    post: PostHere
    held: Held
    named: Named
    phone: str = ""


@dataclass
class PostChunk(ChunkPlan):
    """What is to be done about some rows of posts: posts to add, people to appoint, ends to record."""

    posts: list[PostHere] = field(default_factory=list)
    appointing: list[Appointing] = field(default_factory=list)
    ending: list[tuple[Held, date]] = field(default_factory=list)


def plan_people(
    partnership: Partnership, source: str, groups: list[Group], directory: Directory
) -> PostChunk:
    """Say for every row of some groups whether its post and holder are new, known or unsure, and why."""
    staff, chunk = read_staff(partnership, directory), PostChunk()
    for group in groups:
        for row in group.rows:
            if not isinstance(row, PostRow):
                continue
            plan = RowPlan(row, problems=list(row.problems))
            chunk.rows.append(plan)
            if row.rejected:
                plan.outcome = REJECTED
            else:
                _plan_row(plan, row, staff, chunk)
    chunk.rows.sort(key=lambda plan: plan.row.number)
    return chunk


def _plan_row(plan: RowPlan, row: PostRow, staff: Staff, chunk: PostChunk) -> None:
    try:
        body = staff.body_of(row)
    except Unsure as unsure:
        plan.reject(BODY, str(unsure))
        return
    # A row comes in whole or not at all, so that it can be corrected and sent again.
    mine, posts = PostChunk(), staff.posts[body.pk]
    before = [(post, list(post.held)) for post in posts]
    ends = [(held, held.ends_on) for post in posts for held in post.held]
    try:
        for holding in row.holdings:
            _plan_holding(plan, holding, body, staff, mine)
    except Unsure as unsure:
        plan.changes = []
        plan.reject(HOLDER, str(unsure))
        posts[:] = [post for post, _held in before]
        for post, held in before:
            post.held = held
        for each, ends_on in ends:
            each.ends_on = ends_on
        return
    chunk.posts += mine.posts
    chunk.appointing += mine.appointing
    chunk.ending += mine.ending
    written = mine.appointing or mine.ending
    plan.outcome = NEW if mine.posts else CHANGED if written else UNCHANGED


def _plan_holding(
    plan: RowPlan, holding: Holding, body: Organisation, staff: Staff, chunk: PostChunk
) -> None:
    post, is_new = staff.post_of(body, holding)
    if is_new:
        chunk.posts.append(post)
    if holding.mailbox and not post.mailbox:
        sentence = f"The mailbox {holding.mailbox} is not in the register. Add it on the post."
        plan.problems.append(Problem(POST_FIELDS["mailbox"], sentence))
    if holding.holder is not None:
        _plan_holder(plan, holding, holding.holder, post, staff, chunk)


def _plan_holder(
    plan: RowPlan, holding: Holding, named: Named, post: PostHere, staff: Staff, chunk: PostChunk
) -> None:
    key, note = staff.person_of(named, post.body)
    start = holding.starts_on or min(today(), holding.ends_on or today())
    last = holding.ends_on or date.max
    for held in post.held:
        if held.person == key and held.overlaps(start, last):
            if holding.starts_on and not held.holds_on(start):
                since = words(held.starts_on) if held.starts_on else "no day"
                plan.conflicts.append(Change(POST_FIELDS["held_from"], since, words(start)))
            _plan_end(plan, holding, held, chunk)
            return
    _check_free(holding, post, start, staff)
    if note:
        plan.problems.append(Problem(POST_FIELDS["holder_email"], note))
        named = named._replace(email="")
    if key is None:
        key = staff.add_person(named, post.body)
    held = Held(key, holding.capacity, start, holding.ends_on)
    post.held.append(held)
    chunk.appointing.append(Appointing(post, held, named, holding.phone))
    # Who comes with a new post is told by the row itself.
    if not any(post is made for made in chunk.posts):
        label = f"{post.title}, {Capacity(holding.capacity).label.lower()}"
        plan.changes.append(Change(label, "nobody", f"{named.name} from {words(start)}"))


def _plan_end(plan: RowPlan, holding: Holding, held: Held, chunk: PostChunk) -> None:
    if holding.ends_on is None or held.ends_on == holding.ends_on:
        return
    if held.ends_on is not None or held.row is None:
        last = words(held.ends_on) if held.ends_on else "no end"
        plan.conflicts.append(Change(POST_FIELDS["held_until"], last, words(holding.ends_on)))
        return
    held.ends_on = holding.ends_on
    chunk.ending.append((held, holding.ends_on))
    plan.changes.append(Change(POST_FIELDS["held_until"], "no end", words(holding.ends_on)))


def _check_free(holding: Holding, post: PostHere, start: date, staff: Staff) -> None:
    """A post has one holder at a time; others act, share it or deputise."""
    if holding.capacity != Capacity.HOLDER:
        return
    last = holding.ends_on or date.max
    for held in post.held:
        if held.capacity == Capacity.HOLDER and held.overlaps(start, last):
            who = staff.people.get(held.person, "Somebody")
            before = f" (on {words(start - timedelta(days=1))})" if holding.starts_on else ""
            raise Unsure(
                f"{who} holds the post “{post.title}” of {post.body}. End that appointment first"
                f"{before}, or write acting, shared or deputy as the capacity."
            )
