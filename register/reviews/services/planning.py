"""Setting review dates: by officers, at a review, and by the register itself from the cycle."""

from __future__ import annotations

from datetime import date, timedelta

from register.core.dates import today
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Provenance, Version
from register.documents.services.facts import change_facts
from register.jobs.items import each
from register.ledger.acts import act
from register.reviews.cycles import is_officers_date, next_of_version, next_review
from register.reviews.models import Cycle, PlannedDate
from register.signing.models import COUNTS_AS_SIGNED

SYSTEM = "system:reviews"
AT_A_TIME = 500


def write_date(*, by, document: Document, day: date, reason: str) -> Document:
    """Write a review date that somebody set; call it inside the act, with the document locked.

    A day that the cycle itself gives counts as set by the register: a new version may move it.
    """
    row_version = Document.objects.values_list("row_version", flat=True).get(pk=document.pk)
    changed = change_facts(
        by=by, document=document, row_version=row_version, review_on=day, reason=reason
    )
    if next_review(changed, after=day - timedelta(days=1)) == day:
        PlannedDate.objects.update_or_create(document=document, defaults={"day": day})
    else:
        PlannedDate.objects.filter(document=document).delete()
    return changed


def plan(version: Version) -> date | None:
    """Set the review date of a version that comes into force, unless an officer set one that lies ahead.

    Call it inside the act. None where nothing was set.
    """
    if is_officers_date(version.document):
        return None
    day = next_of_version(version, after=today())
    return _plan(version.document, day) if day else None


def plan_missing() -> int:
    """Set the dates of entries made here that have none, from the cycle; returns how many.

    Those in force, and those on which somebody has signed. Entries of an old register wait for an
    officer.
    """
    return each(
        "plan_reviews", _without_date()[:AT_A_TIME], _plan_one,
        key=lambda document: f"entry {document.pk}",
        partnership=lambda document: document.partnership_id,
    )  # fmt: skip


def _plan_one(document: Document) -> bool:
    with act(by=SYSTEM, verb="review.planned", subject=document, quiet=True):
        day = next_review(document)
        return bool(day and _plan(document, day))


def _without_date():
    cycles = Cycle.objects.order_by().values_list("partnership_id", "tier").distinct()
    signed = Version.objects.filter(
        state=State.SIGNING, slots__signatures__kind__in=COUNTS_AS_SIGNED
    ).values("document_id")
    governed = Version.objects.filter(state__in=GOVERNING).values("document_id")
    rows = Document.objects.filter(review_on__isnull=True, provenance=Provenance.MADE_HERE)
    rows = rows.filter(pk__in=governed) | rows.filter(pk__in=signed)
    wanted = set(cycles)
    rows = rows.filter(partnership_id__in={place for place, _ in wanted})
    rows = rows.filter(tier__in={tier for _, tier in wanted}, review_words="")
    return rows.select_related("partnership", "lead", "owner").order_by("pk")


def _plan(document: Document, day: date) -> date | None:
    row_version = Document.objects.values_list("row_version", flat=True).get(pk=document.pk)
    changed = change_facts(
        by=SYSTEM, document=document, row_version=row_version, review_on=day,
        reason="Set from the review cycle.",
    )  # fmt: skip
    PlannedDate.objects.update_or_create(document=document, defaults={"day": day})
    document.review_on, document.row_version = changed.review_on, changed.row_version
    return day
