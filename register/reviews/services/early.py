"""Reviews that an event opens before their day, and the one message to each lead about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from register.core.dates import now
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document
from register.jobs.items import each
from register.ledger.entries import in_batches
from register.notices.models import Notice
from register.reviews import emails
from register.reviews.events import OF_CAUSES
from register.reviews.models import Review, ReviewEvent
from register.reviews.services.reviewing import open_review
from register.reviews.services.telling import SYSTEM, released
from register.tasks.models import Task, TaskKind

# The task of a concern waits here only where its entry was not confirmed yet: else its review is open.
EARLY_KINDS = (
    TaskKind.LAW_CHANGED, TaskKind.MEMBERSHIP, TaskKind.ASSURANCE, TaskKind.EARLY_REVIEW,
)  # fmt: skip
# An event that nobody was told of for so long is no news: it stands among the open reviews.
NEWS_FOR = timedelta(days=14)


def open_early() -> int:
    """Open an early review for every open task about a change of law, a party, its assurance, a concern.

    What governs is reviewed once for each such change, however often this is run; returns how many
    reviews were opened.
    """
    return each(
        "open_early_reviews", _unseen_tasks(), _open_for,
        key=lambda task: f"task {task.pk}", partnership=lambda task: task.partnership_id,
    )  # fmt: skip


def tell_of_early() -> int:
    """Tell each lead of the reviews that were opened early, in one message for each change; how many.

    What is told is found by what opened the reviews, so that nothing is lost when a worker dies
    between the two, and reviews that other rooms opened are told as well.
    """
    return each(
        "tell_of_early_reviews", _untold().items(), _tell,
        key=lambda pair: f"{pair[0][0]} {pair[1][0].pk}"[:120],
        partnership=lambda pair: pair[1][0].document.partnership_id,
    )  # fmt: skip


def _unseen_tasks() -> Iterator[Task]:
    tasks = list(
        Task.objects.open().filter(kind__in=EARLY_KINDS, document_id__isnull=False).order_by("pk")
    )
    for some in in_batches(tasks, 500):
        ids = {task.document_id for task in some if task.document_id}
        last = _last_noted(ids)
        governed = set(
            Document.objects.filter(pk__in=ids, is_confirmed=True)
            .filter(versions__state__in=GOVERNING)
            .values_list("pk", flat=True)
        )
        for task in some:
            noted = last.get((task.document_id, task.cause_key))
            # The same may happen again years later: an older event does not speak for a newer task.
            is_seen = noted is not None and (noted[1] or noted[0] >= task.opened_at)
            if task.document_id in governed and not is_seen:
                yield task


def _last_noted(ids: set[int]) -> dict[tuple[int, str], tuple]:
    """By document and cause: when it was noted last, and whether that review is still open."""
    rows = ReviewEvent.objects.filter(document_id__in=ids).exclude(cause_key="").order_by("pk")
    found = rows.values_list("document_id", "cause_key", "noted_at", "review__closed_at")
    return {(pk, key): (noted_at, closed is None) for pk, key, noted_at, closed in found}


def _open_for(task: Task) -> bool:
    """Whether a review was opened; not where one was open already and the event is noted on it."""
    document = Document.objects.select_related("partnership").get(pk=task.document_id or 0)
    was_open = Review.objects.open().filter(document=document).exists()
    open_review(
        by=SYSTEM, document=document, because=task.says, event=OF_CAUSES[task.kind],
        cause_key=task.cause_key,
    )  # fmt: skip
    return not was_open


def _untold() -> dict[tuple[str, str], list[Review]]:
    """The reviews that the register opened early and told nobody of, by what opened them and the lead."""
    first = ReviewEvent.objects.filter(review=OuterRef("pk")).order_by("pk")
    documents = Document.objects.filter(released())
    rows = Review.objects.open().filter(
        ~Q(event=""),
        opened_by__isnull=True,
        document__in=documents,
        opened_at__gte=now() - NEWS_FOR,
    )
    rows = rows.annotate(cause_key=Subquery(first.values("cause_key")[:1])).select_related(
        "document__partnership", "document__owner__contact", "document__owner__user"
    )
    found: dict[tuple[str, str], list[Review]] = defaultdict(list)
    for review in rows.order_by("pk"):
        if review.cause_key and (email := emails.lead_of(review.document)[1]):
            found[review.cause_key, email].append(review)
    return {pair: left for pair, reviews in found.items() if (left := _not_told(*pair, reviews))}


def _not_told(cause_key: str, email: str, reviews: list[Review]) -> list[Review]:
    told = Notice.objects.filter(key__startswith=emails.early_key(cause_key, ""), to=email)
    last = told.order_by("-written_at").values_list("written_at", flat=True).first()
    return [review for review in reviews if last is None or review.opened_at > last]


def _tell(pair: tuple[tuple[str, str], list[Review]]) -> bool:
    (cause_key, _), reviews = pair
    with transaction.atomic():
        return emails.opened_early(reviews, cause_key=cause_key) is not None
