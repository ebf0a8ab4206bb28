"""The parts of somebody's work that are reviews: what is due, overdue, and open with its parties' answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from register.accounts.roles import EDIT_FOR
from register.chasing.permissions import keeps_any, kept_by
from register.core.dates import today
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document
from register.reviews.models import PartyAsk, Review
from register.search.models import Row
from register.worklist.entries import item_of, kept_rows
from register.worklist.parts import ME, Item, Source, entry_address, put_entry_off
from register.worklist.putting_off import Hidden

DUE_IN = timedelta(days=90)


def _overdue(user, hidden: Hidden) -> QuerySet[Row]:
    rows = kept_rows(user).filter(state__in=GOVERNING, review_on__lt=today())
    return hidden.without(rows, "pk", "lead_id")


def _due(user, hidden: Hidden) -> QuerySet[Row]:
    """What is reviewed within 90 days, and has no open review: that stands among the open ones."""
    day = today()
    rows = kept_rows(user).filter(
        state__in=GOVERNING, review_on__gte=day, review_on__lte=day + DUE_IN
    )
    begun = Review.objects.open().order_by().values("document_id")
    return hidden.without(rows.exclude(pk__in=begun), "pk", "lead_id")


def _open(user, hidden: Hidden) -> QuerySet[Review]:
    """Open reviews of what somebody looks after, but for those that stand among the overdue ones."""
    if not keeps_any(user):
        return Review.objects.none()
    kept = Document.objects.visible_to(user).filter(kept_by(user)).order_by()
    rows = Review.objects.open().filter(
        Q(document__review_on__gte=today()) | Q(document__review_on__isnull=True),
        document_id__in=kept.values("pk"),
    )
    return hidden.without(
        rows.select_related("document", "version"), "document_id", "document__lead_id"
    )


def _due_items(user, rows: list[Row]) -> list[Item]:
    return [_row_item(user, row, None, {}) for row in rows]


def _overdue_items(user, rows: list[Row]) -> list[Item]:
    begun = {
        row.document_id: row for row in Review.objects.open().for_documents(r.pk for r in rows)
    }
    said = _answers(row.pk for row in begun.values())
    return [_row_item(user, row, begun.get(row.pk), said) for row in rows]


def _row_item(user, row: Row, review: Review | None, said: dict[int, str]) -> Item:
    owner = f"{row.owner_name or 'Nobody'} owns it"
    act, address = "Review it", reverse("reviews:begin", args=[row.reference])
    if review is not None:
        act, address = "Go on with the review", _address(row.reference, review)
    elif row.is_unconfirmed or not _keeps(user, row):
        act, address = "Look at the entry", entry_address(row.reference)
    return item_of(
        row, says=f"{owner}. {said[review.pk]}" if review else owner, act=act, act_address=address,
        day=row.review_on, day_words="Review due", is_late=row.review_on < today(),
    )  # fmt: skip


def _review_items(user, rows: list[Review]) -> list[Item]:
    said = _answers(row.pk for row in rows)
    return [
        Item(
            title=row.version.title, address=entry_address(reference), reference=reference,
            says=". ".join(filter(None, (row.get_event_display(), said[row.pk]))),
            act="Go on with the review", act_address=_address(reference, row), day=row.due_on,
            day_words="Due", is_late=row.due_on < today(),
            put_off=put_entry_off(reference, row.document.lead_id),
        )
        for row in rows
        for reference in [row.document.reference]
    ]  # fmt: skip


def _answers(reviews: Iterable[int]) -> dict[int, str]:
    """What the parties of some reviews answered, in words; one statement."""
    keys = list(reviews)
    asks = PartyAsk.objects.filter(review_id__in=keys).order_by().values("review_id")
    counts = asks.annotate(asked=Count("pk"), came=Count("answered_at"))
    said = {row["review_id"]: f"{row['came']} of {row['asked']} parties answered" for row in counts}
    return {pk: said.get(pk, "No party is asked yet") for pk in keys}


def _keeps(user, row: Row) -> bool:
    reach = reach_of(user)
    return reach.may_edit_all(row.partnership_id) or row.lead_id in reach.bodies(EDIT_FOR)


def _address(reference: str, review: Review) -> str:
    return reverse("reviews:review", args=[reference, review.pk])


_BY_DAY = ("review_on", "reference")
OVERDUE = Source("overdue", "Review overdue", ME, _overdue, _overdue_items, _BY_DAY, True)
DUE = Source("due", "Review due in 90 days", ME, _due, _due_items, _BY_DAY)
OPEN = Source("reviews", "Open reviews", ME, _open, _review_items, ("due_on", "pk"))
