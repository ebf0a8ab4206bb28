"""Who may settle what the reports find; every no carries its reason."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.documents.models import Document
from register.documents.permissions import may_edit


def may_settle_likeness(by, first: Document, second: Document) -> Verdict:
    """Whether somebody may say that two entries are no duplicates: who keeps either of them."""
    if may_edit(by, first) or may_edit(by, second):
        return YES
    return no("Only officers who keep one of the two entries may settle this.")
