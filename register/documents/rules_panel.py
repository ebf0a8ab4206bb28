"""What the rules said last, on the page of a document, for those who may put it right."""

from __future__ import annotations

from register.documents.models import Check, Version
from register.documents.panels import PANELS, Panel
from register.documents.permissions import may_edit


def rules_panel(user, version: Version) -> Panel | None:
    """The score and the numbers of broken rules, as they were found last; nothing for readers."""
    if not may_edit(user, version.document):
        return None
    check = Check.objects.filter(document=version.document, version=version).first()
    return Panel(
        "What the rules say", "documents/_rules_panel.html", {"check": check, "version": version}
    )


def plug_in() -> None:
    """Add the panel to the page of every document."""
    PANELS.append(rules_panel)
