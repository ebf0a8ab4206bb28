"""What an ended agreement shows of the proofs of its parties."""

from __future__ import annotations

from register.documents.models import Version
from register.documents.panels import Panel
from register.endings.models import Proof
from register.endings.permissions import may_chase, may_give


def proofs_panel(user, version: Version) -> Panel | None:
    """The proofs that the reader may know of, with what is to be done; of an ended agreement only."""
    if version.ended_on is None:
        return None
    mine = Proof.objects.visible_to(user).filter(ending__version=version)
    rows = list(mine.select_related("organisation", "ending").order_by("organisation__legal_name"))
    if not rows:
        return None
    for row in rows:
        row.ending.document = version.document
    lines = [
        {"row": row, "may_give": may_give(user, row), "may_chase": may_chase(user, row)}
        for row in rows
    ]
    needed = [row for row in rows if not row.not_needed_because]
    given = sum(row.is_given for row in needed)
    return Panel(
        "Return or deletion",
        "endings/_proofs.html",
        {"lines": lines, "given": given, "needed": len(needed)},
        sentence=f"{given} of {len(needed)} proofs of return or deletion received.",
    )
