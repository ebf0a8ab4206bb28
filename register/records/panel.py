"""What the page of an entry says of legal holds and of disposal."""

from __future__ import annotations

from register.documents.models import Version
from register.documents.panels import Panel
from register.documents.permissions import may_read_notes
from register.ledger.disposing import MARK
from register.records.holds import holds_on, lines_of
from register.records.models import DisposalItem, ItemOutcome
from register.records.permissions import may_hold


def hold_panel(user, version: Version) -> Panel | None:
    """The holds that stand on an entry; nothing where none does. Reasons are for those who keep it."""
    document = version.document
    disposed = None
    if version.title == MARK:
        gone = DisposalItem.objects.filter(document=document, outcome=ItemOutcome.DISPOSED)
        disposed = gone.filter(version_number__isnull=True).select_related("run").first()
    rows = holds_on(document)
    if not rows and disposed is None:
        return None
    reads = bool(may_read_notes(user, document=document))
    context = {
        "holds": lines_of(rows),
        "reads_reasons": reads,
        "disposed": disposed,
        "may_hold": bool(may_hold(user, document)),
    }
    sentence = (
        "It is on legal hold." if rows else "It was disposed of: reference, dates and hash remain."
    )
    return Panel("Legal hold" if rows else "Disposal", "records/_panel.html", context, sentence)
