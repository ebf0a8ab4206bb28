"""Reviews of the demonstration: cycles set, one review overdue, one open with answers, one closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from register.core import dates
from register.demonstration.directory import County
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document
from register.reviews import services
from register.reviews.models import Answer, Basis, Missed, Review
from register.reviews.sections import SECTIONS
from register.reviews.services import Said

MONTHS = {1: 36, 2: 24, 3: 12}
CHANGED = {"people": "Two of the contacts have moved on; their posts are filled."}


def set_cycles(county: County) -> None:
    """Set the review cycle of each tier."""
    for tier, months in MONTHS.items():
        services.set_cycle(
            by=county.officer(),
            partnership=county.partnership,
            tier=tier,
            months=months,
            basis=Basis.FIRST_SIGNATURE,
            missed=Missed.OFF_PUBLIC if tier == 1 else Missed.FLAGGED,
        )


def hold(county: County, instant: Callable[..., datetime]) -> None:
    """Ask the parties of the review that is open, renew an agreement, and open an overdue review."""
    found = Review.objects.open().select_related("document", "version").order_by("pk").first()
    if found is not None:
        _with_answers(county, found, instant)
    in_force = Document.objects.filter(
        partnership=county.partnership, tier=3, versions__state=State.IN_FORCE
    ).order_by("pk")
    today = instant(0).date()
    late = in_force.filter(review_on__lt=today, is_confirmed=True).first()
    if late is not None:
        with dates.pretend(instant(0, days=4)):
            services.open_review(
                by=county.officer(), document=late, because="It was due two months ago."
            )
    kept = in_force.filter(review_on__gt=today, is_confirmed=True).first()
    if kept is not None:
        with dates.pretend(instant(0, days=30)):
            _renewed(county, kept)


def _with_answers(county: County, review: Review, instant: Callable[..., datetime]) -> None:
    officer = county.officer()
    with dates.pretend(instant(0, days=11)):
        said = [
            Said(s.code, s.heading, Answer.NO if s.code in CHANGED else Answer.YES,
                 CHANGED.get(s.code, ""))
            for s in SECTIONS
        ]  # fmt: skip
        services.save_answers(
            by=officer, review=review, part="section", answers=said, row_version=review.row_version
        )
        asks = services.ask_parties(
            by=officer,
            review=review,
            parties=services.proposed(review),
            due_on=dates.today() + timedelta(days=10),
        )
    with dates.pretend(instant(0, days=6)):
        for ask in asks[:1]:
            services.record_answer(
                by=officer, ask=ask, answer_="unchanged", said="By telephone.",
                name=ask.name or "Their information lead",
            )  # fmt: skip


def _renewed(county: County, document: Document) -> None:
    if not document.versions.filter(state__in=GOVERNING).exists():
        return
    services.renew_unchanged(
        by=county.officer(),
        document=document,
        row_version=document.row_version,
        next_on=dates.add_months(dates.today(), 12),
    )
