"""What the register says by itself: to leads of reviews that come and pass, to parties that are silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q

from register.core.dates import LONDON, add_months, now, today
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Provenance, Version
from register.jobs.items import each
from register.ledger.acts import act
from register.ledger.entries import in_batches
from register.notices.models import Notice
from register.reviews import emails
from register.reviews.models import PartyAsk, Review
from register.reviews.occasions import NOTICE_MONTHS, Occasion, last_reached, of_ask, of_review
from register.reviews.publication import off_the_public_list

SYSTEM = "system:reviews"


class _SaidAlready(Exception):
    """Another worker has said it in this moment: the act is taken back."""


def tell_leads() -> int:
    """Tell each lead of the reviews that come up or are overdue, once on each occasion; how many.

    Entries of an old register are silent until an officer releases them. While a review is open
    only its lateness is told.
    """
    due = [row for versions in in_batches(list(_coming()), 500) for row in _to_tell(versions)]
    return each(
        "tell_of_reviews", due, lambda row: _tell(*row),
        key=lambda row: f"version {row[0].pk}",
        partnership=lambda row: row[0].document.partnership_id,
    )  # fmt: skip


def remind_parties() -> int:
    """Remind the parties that have not answered, once on each occasion; how many."""
    rows = PartyAsk.objects.waited_for().filter(address__isnull=False)
    rows = rows.select_related(
        "address", "organisation", "review__version", "review__document__partnership",
        "review__document__owner__contact",
    )  # fmt: skip
    due = [row for asks in in_batches(list(rows.order_by("pk")), 500) for row in _to_remind(asks)]
    return each(
        "remind_of_reviews", due, lambda row: _remind(*row),
        key=lambda row: f"question {row[0].pk}",
        partnership=lambda row: row[0].review.document.partnership_id,
    )  # fmt: skip


def released() -> Q:
    """The condition on documents about which messages may go: made here, or released by an officer."""
    return ~Q(provenance=Provenance.IMPORTED) | Q(released_at__isnull=False)


def _coming():
    last = add_months(today(), NOTICE_MONTHS + 1)
    documents = Document.objects.filter(
        released(), review_on__lte=last, is_confirmed=True, archived_on__isnull=True
    )
    rows = Version.objects.filter(state__in=GOVERNING, document__in=documents)
    return rows.select_related(
        "document__partnership", "document__owner__contact", "document__owner__user"
    ).order_by("pk")


def _to_tell(versions: list[Version]) -> Iterator[tuple[Version, Occasion, bool]]:
    """What is to be told now, and whether the entry is off the public list."""
    day = today()
    dated = {v: v.document.review_on for v in versions if v.document.review_on}
    due = {v: o for v, on in dated.items() if (o := last_reached(of_review(on), day))}
    said = _said(emails.key_of(version.document, occasion) for version, occasion in due.items())
    open_now = set(
        Review.objects.open()
        .for_documents(v.document_id for v in due)
        .values_list("document_id", flat=True)
    )
    off = off_the_public_list(version.document_id for version in due)
    for version, occasion in due.items():
        document = version.document
        is_early = occasion.on < dated[version]
        if emails.key_of(document, occasion) in said or (is_early and document.pk in open_now):
            continue
        yield version, occasion, document.pk in off


def _to_remind(asks: list[PartyAsk]) -> Iterator[tuple[PartyAsk, Occasion]]:
    due = {ask: occasion for ask in asks if (occasion := _due(ask))}
    said = _said(emails.reminder_key(ask, occasion) for ask, occasion in due.items())
    for ask, occasion in due.items():
        if emails.reminder_key(ask, occasion) not in said:
            yield ask, occasion


def _tell(version: Version, occasion: Occasion, is_off: bool) -> bool:
    if not emails.lead_of(version.document)[1]:
        return False
    detail = {"occasion": occasion.code, "due": version.document.review_on.isoformat()}
    try:
        with act(by=SYSTEM, verb="review.lead_told", subject=version.document, detail=detail):
            if emails.lead_told(version, occasion, is_off=is_off) is None:
                raise _SaidAlready
    except _SaidAlready:
        return False
    return True


def _due(ask: PartyAsk) -> Occasion | None:
    asked_on = ask.asked_at.astimezone(LONDON).date()
    return last_reached(of_ask(asked_on, ask.due_on), today())


def _remind(ask: PartyAsk, occasion: Occasion) -> bool:
    try:
        with act(by=SYSTEM, verb="review.party_reminded", subject=ask.review.document):
            row = PartyAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk)
            if row.answered_at or emails.party_reminded(ask, occasion) is None:
                raise _SaidAlready
            row.reminded_at = now()
            row.row_version += 1
            row.save()
    except _SaidAlready:
        return False
    return True


def _said(keys: Iterable[str]) -> set[str]:
    found = list(keys)
    return set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
