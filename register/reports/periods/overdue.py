"""Whose review was overdue at the end of a period: as it stands today, or as it stood then."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from register.core.dates import now, today
from register.documents.lifecycle import GOVERNING, PAST
from register.documents.models import Document, Transition, Version
from register.ledger.tracked import history_of
from register.reports.periods.period import Period
from register.reports.periods.scope import Scope


def overdue(scope: Scope, period: Period) -> QuerySet[Document]:
    """The entries in force whose review day had passed at the end of a period, today at the latest.

    Each carries `review_then`, its review day as it stood then.
    """
    if period.ends > now():
        governing = Version.objects.filter(document_id=OuterRef("pk"), state__in=GOVERNING)
        rows = Document.objects.filter(scope.entries(), review_on__lt=today())
        return rows.filter(Exists(governing)).annotate(review_then=F("review_on"))
    return _as_it_stood(scope, period)


def _as_it_stood(scope: Scope, period: Period) -> QuerySet[Document]:
    records = history_of(Document)._default_manager
    since = records.filter(history_date__gte=period.ends)
    then = records.filter(id=OuterRef("pk"), history_date__lt=period.ends)
    newest = then.order_by("-history_date", "-history_id").values("review_on")[:1]
    changed = Q(pk__in=since.values("id"))
    rows = Document.objects.filter(
        # What was not changed since is known from the row itself: no history is read for it.
        changed | Q(review_on__lt=period.last),
        scope.entries(),
    ).annotate(review_then=Case(When(changed, then=Subquery(newest)), default=F("review_on")))
    return rows.filter(Exists(_governed_until(period)), review_then__lt=period.last)


def _governed_until(period: Period) -> QuerySet[Transition]:
    """The moves by which a version of a document came to govern, and had not ceased to by the end."""
    moves = Transition.objects.filter(at__lt=period.ends)
    ceased = moves.filter(version_id=OuterRef("version_id"), to_state__in=PAST)
    began = moves.filter(version__document_id=OuterRef("pk"), to_state__in=GOVERNING)
    return began.filter(~Exists(ceased))
