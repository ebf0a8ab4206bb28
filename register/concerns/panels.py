"""What concerns and checks add to the page of an agreement."""

from __future__ import annotations

from register.concerns.models import AdherenceCheck, Concern
from register.concerns.permissions import AGREEMENT, may_check, may_record
from register.documents.lifecycle import EDITABLE
from register.documents.models import Version
from register.documents.panels import PANELS, Panel

SHOWN = 5


def plug_in() -> None:
    """Add the two parts to the page."""
    PANELS.append(concerns_panel)
    PANELS.append(checks_panel)


def concerns_panel(user, version: Version) -> Panel | None:
    """The breaches and concerns that the reader may know of, with the way to record one."""
    document = version.document
    if document.tier != AGREEMENT or (version.state in EDITABLE and not version.is_admitted):
        return None
    mine = Concern.objects.visible_to(user).filter(document=document).select_related("lead_body")
    rows = list(mine.order_by("closed_on", "-found_at", "-pk")[: SHOWN + 1])
    may = may_record(user, document)
    if not rows and not may:
        return None
    waiting = sum(not row.is_closed for row in rows)
    count = "One breach or concern is" if waiting == 1 else f"{waiting} breaches or concerns are"
    context = {
        "rows": rows[:SHOWN],
        "is_more": len(rows) > SHOWN,
        "may_record": may,
        "reference": document.reference,
    }
    sentence = f"{count} open." if waiting else ""
    return Panel("Breaches and concerns", "concerns/_concerns.html", context, sentence=sentence)


def checks_panel(user, version: Version) -> Panel | None:
    """The last checks of the agreement and when the next is due, for those who may read them."""
    document = version.document
    if document.tier != AGREEMENT or not version.was_issued:
        return None
    mine = AdherenceCheck.objects.visible_to(user).filter(document=document)
    rows = list(mine.order_by("-checked_on", "-pk")[: SHOWN + 1])
    may = may_check(user, document)
    if not rows and not may:
        return None
    context = {
        "rows": rows[:SHOWN],
        "is_more": len(rows) > SHOWN,
        "next_on": rows[0].next_on if rows else None,
        "is_overdue": bool(rows and rows[0].is_next_overdue and version.is_governing),
        "may_check": may,
        "reference": document.reference,
    }
    return Panel("Adherence checks", "concerns/_checks.html", context)
