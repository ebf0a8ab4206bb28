"""What would be mailed about entries by itself, if they were released for messages now.

Worked out from the schedules by which the messages themselves go: reviews (`reviews.occasions`), reminders to
those who sign (`chasing.schedule`), posts with a new holder (`chasing.services.holders`), and proofs of what
became of the information (`endings.schedule`). Nothing is written. Messages that an act of somebody's causes
on a later day are not foreseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from register.chasing.schedule import next_reminder, working_day_from
from register.chasing.services.holders import to_be_told
from register.core.dates import LONDON, today
from register.directory.contact_points import contact_points
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Version
from register.endings.models import Proof
from register.endings.schedule import reminder_for, reminders_of
from register.notices.models import Notice
from register.reviews.emails import key_of, lead_of
from register.reviews.models import Review
from register.reviews.occasions import Occasion, last_reached, of_review
from register.signing.emails import address_of
from register.signing.models import SigningRequest

DAYS = 90
OVERDUE, REVIEW = "A review is overdue", "A review is coming up"
SIGN, HOLDER = "A reminder to sign", "What their post has signed"
PROOF = "A reminder to say what became of the information"


@dataclass(frozen=True)
class Message:
    """One message to come: its day, whom it goes to and where, and what it says."""

    on: date
    name: str
    to: str
    says: str


def messages_to_come(keys: Iterable[int], dates: dict[int, date] | None = None) -> list[Message]:
    """The messages of the next 90 days about some entries, by day, if they were released now.

    `dates` gives new review dates by key, where reviews are spread. The same few statements for any
    number of entries.
    """
    keys = list(keys)
    found = [*_reviews(keys, dates or {}), *_reminders(keys), *_holders(keys), *_proofs(keys)]
    return sorted(found, key=lambda message: (message.on, message.to, message.says))


def _reviews(keys: list[int], dates: dict[int, date]) -> Iterator[Message]:
    """To leads, of entries that are confirmed; others stay silent until somebody confirms them."""
    planned = [
        (document, due_on, occasion, on)
        for document, due_on in _reviewed(keys, dates)
        for occasion, on in _occasions(due_on)
    ]
    now = [key_of(document, occasion) for document, _, occasion, on in planned if on == today()]
    said = set(Notice.objects.filter(key__in=now).values_list("key", flat=True))
    reviews = Review.objects.open().for_documents(document.pk for document, *_ in planned)
    open_now = set(reviews.values_list("document_id", flat=True))
    for document, due_on, occasion, on in planned:
        is_early = occasion.on < due_on
        name, email = lead_of(document)
        is_silent = key_of(document, occasion) in said or (is_early and document.pk in open_now)
        if email and not is_silent:
            yield Message(on, name, email, REVIEW if is_early else OVERDUE)


def _reviewed(keys: list[int], dates: dict[int, date]) -> Iterator[tuple[Document, date]]:
    """The entries in force and the day of their next review: the new one, where there is one."""
    rows = Version.objects.filter(
        state__in=GOVERNING, document__in=keys, document__is_confirmed=True,
        document__archived_on__isnull=True,
    ).select_related(
        "document__partnership", "document__owner__contact", "document__owner__user"
    )  # fmt: skip
    for version in rows.order_by("pk"):
        document = version.document
        # The key of what is said has the day in it.
        document.review_on = due_on = dates.get(document.pk, document.review_on)
        if due_on is not None:
            yield document, due_on


def _occasions(review_on: date) -> Iterator[tuple[Occasion, date]]:
    """The last occasion that has passed, which is told today, and those of the days to come."""
    day, occasions = today(), of_review(review_on)
    if reached := last_reached(occasions, day):
        yield reached, day
    yield from (
        (each, each.on) for each in occasions if day < each.on <= day + timedelta(days=DAYS)
    )


def _reminders(keys: list[int]) -> Iterator[Message]:
    """To those who are asked to sign, one a person a day."""
    rows = SigningRequest.objects.asked().filter(
        is_notice=False, slot__voided_at__isnull=True, slot__version__document__in=keys,
        slot__version__state__in=(State.SIGNING, *GOVERNING),
    )  # fmt: skip
    found: dict[tuple[int, date], Message] = {}
    for row in rows.select_related(
        "person__contact", "trace", "slot__post", "slot__version__round"
    ).order_by("pk"):
        to = address_of(row.person) or (row.slot.post.mailbox if row.slot.post else "")
        for on in _reminder_days(row) if to else ():
            found.setdefault((row.person_id, on), Message(on, row.person.name, to, SIGN))
    yield from found.values()


def _reminder_days(row: SigningRequest) -> Iterator[date]:
    asked_on = row.asked_at.astimezone(LONDON).date()
    round_, trace = getattr(row.slot.version, "round", None), getattr(row, "trace", None)
    last = trace.reminded_at.astimezone(LONDON).date() if trace and trace.reminded_at else None
    first = working_day_from(today())
    while due := next_reminder(asked_on, round_.sign_by if round_ else None, last):
        # One that is late goes on the next working day.
        last = max(due, first)
        if last > today() + timedelta(days=DAYS):
            return
        yield last


def _holders(keys: list[int]) -> Iterator[Message]:
    """To people who came into a post lately, of what it has signed."""
    for row in to_be_told(keys):
        if to := address_of(row.person) or (row.post.mailbox if row.post else ""):
            yield Message(today(), row.person.name, to, HOLDER)


def _proofs(keys: list[int]) -> Iterator[Message]:
    """To bodies that have not said what became of the information."""
    rows = list(Proof.objects.outstanding().filter(ending__document__in=keys).order_by("pk"))
    points = contact_points(row.organisation_id for row in rows)
    for row in rows:
        point = points.get(row.organisation_id)
        for on in _proof_days(row) if point else ():
            yield Message(on, point.name, point.email, PROOF)


def _proof_days(row: Proof) -> Iterator[date]:
    day = today()
    last = reminder_for(row.due_on, day)
    if last is not None and (row.reminded_on is None or row.reminded_on < last):
        yield day
    yield from (on for on in reminders_of(row.due_on) if day < on <= day + timedelta(days=DAYS))
