"""The dates that a calendar feed shows: reviews, ends and days to sign by, as its holder may read them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from register.core.dates import today
from register.directory.permissions import visible_bodies, visible_communities
from register.directory.reach import reach_of
from register.directory.survivors import records_of
from register.documents.lifecycle import GOVERNING, State
from register.search.models import NO_REVIEW, Row, RowBody
from register.search.visible import visible_rows
from register.signing.models import SigningRequest, SigningRound
from register.worklist.entries import own_rows
from register.worklist.models import Feed, FeedKind

# What lies further back is over; of what lies ahead the first so many are shown.
BACK = timedelta(days=90)
MOST = 1_000


@dataclass(frozen=True)
class Event:
    """One day of an entry: what happens, under a name that stays the same when the day moves."""

    name: str
    day: date
    words: str
    reference: str
    changed_at: datetime


def events_of(feed: Feed) -> list[Event]:
    """The dates of a feed, in order; none for a holder who may no longer read what it is of.

    Restricted entries stand in no feed: its address opens without signing in. Four statements at most,
    besides those that find what the holder may read.
    """
    rows = _rows(feed)
    if rows is None:
        return []
    return sorted([*_reviews(rows), *_ends(rows), *_sign_by(feed, rows)], key=lambda each: each.day)


def _rows(feed: Feed) -> QuerySet[Row] | None:
    user = feed.user
    if feed.kind == FeedKind.ME:
        rows = own_rows(user)
    elif feed.kind == FeedKind.BODY:
        if not visible_bodies(user).filter(pk=feed.organisation_id or 0).exists():
            return None
        records = records_of(feed.organisation_id or 0)
        named = RowBody.objects.filter(organisation_id__in=records)
        rows = visible_rows(user).filter(pk__in=named.values("row_id"))
    else:
        if not visible_communities(user).filter(pk=feed.community_id or 0).exists():
            return None
        rows = visible_rows(user).filter(community_id=feed.community_id)
    return rows.filter(is_archived=False, is_restricted=False)


def _reviews(rows: QuerySet[Row]) -> list[Event]:
    ahead = rows.filter(state__in=GOVERNING, review_on__gte=today() - BACK, review_on__lt=NO_REVIEW)
    return [
        Event(f"review-{row.reference}", row.review_on, f"Review of {row.reference}: {row.title}",
              row.reference, row.changed_at)
        for row in ahead.order_by("review_on", "reference")[:MOST]
    ]  # fmt: skip


def _ends(rows: QuerySet[Row]) -> list[Event]:
    ahead = rows.filter(state__in=GOVERNING, ends_on__gte=today() - BACK)
    return [
        Event(f"end-{row.reference}", row.ends_on, f"End of {row.reference}: {row.title}",
              row.reference, row.changed_at)
        for row in ahead.order_by("ends_on", "reference")[:MOST]
        if row.ends_on
    ]  # fmt: skip


def _sign_by(feed: Feed, rows: QuerySet[Row]) -> list[Event]:
    of_entries = Q(version__document_id__in=rows.order_by().values("pk"))
    if feed.kind == FeedKind.ME:
        asked = SigningRequest.objects.asked().filter(person_id=reach_of(feed.user).person_id or 0)
        of_entries |= Q(version_id__in=asked.order_by().values("slot__version_id"))
    rounds = SigningRound.objects.filter(
        of_entries, version__state=State.SIGNING, sign_by__gte=today() - BACK,
        version__document__is_restricted=False,
    ).select_related("version__document")  # fmt: skip
    # More time moves the day and nothing else of the entry: the round's own history says when.
    changes = SigningRound.history.filter(id=OuterRef("pk")).order_by("-history_id")
    rounds = rounds.annotate(moved_at=Subquery(changes.values("history_date")[:1]))
    return [
        Event(f"sign-{version.document.reference}-{version.number}", round_.sign_by,
              f"Sign {version.document.reference} by today: {version.title}",
              version.document.reference, round_.moved_at or version.issued_at)
        for round_ in rounds.order_by("sign_by", "pk")[:MOST]
        for version in [round_.version]
        if round_.sign_by and version.issued_at
    ]  # fmt: skip
