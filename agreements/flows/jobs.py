"""What the worker does for flows: opens a review where section 251 support comes to its end."""

from __future__ import annotations

from agreements.flows.models import Flow
from register.core.dates import add_months, today, words
from register.documents.lifecycle import GOVERNING
from register.jobs.items import each
from register.jobs.registry import DAILY, Job
from register.reviews.events import Event
from register.reviews.models import ReviewEvent
from register.reviews.services import open_review

SYSTEM = "system:section251"
JOB = "section_251"
AHEAD_MONTHS = 3


def open_for_section_251() -> int:
    """Open an early review three months before section 251 support of a flow in force ends.

    Once for each flow and day; returns how many were opened or noted.
    """
    last = add_months(today(), AHEAD_MONTHS)
    rows = Flow.objects.filter(
        s251_expires_on__lte=last,
        version__state__in=GOVERNING,
        version__document__is_confirmed=True,
    )
    found = {_key(row): row for row in rows.select_related("version__document").order_by("pk")}
    seen = set(
        ReviewEvent.objects.filter(cause_key__in=list(found)).values_list("cause_key", flat=True)
    )
    return each(
        JOB, [row for key, row in found.items() if key not in seen], _open,
        key=lambda row: f"flow {row.pk}",
        partnership=lambda row: row.version.document.partnership_id,
    )  # fmt: skip


def _open(row: Flow) -> bool:
    says = f"Section 251 support of “{row.title}” ends on {words(row.s251_expires_on)}."
    open_review(
        by=SYSTEM, document=row.version.document, because=says, event=Event.SECTION_251,
        cause_key=_key(row),
    )  # fmt: skip
    return True


def _key(row: Flow) -> str:
    return f"s251:{row.version.document_id}:{row.lineage}:{row.s251_expires_on}"


JOBS = [Job(JOB, DAILY, open_for_section_251, "Opens reviews before section 251 support ends")]
