"""What the page of an agreement shows of its groups of parties."""

from __future__ import annotations

from agreements.flows.facts import groups_of
from register.documents.models import Version
from register.documents.panels import Panel

AGREEMENT = 3


def groups_panel(user, version: Version) -> Panel | None:
    """The groups that a version names, with how many bodies belong to each today."""
    if version.document.tier != AGREEMENT:
        return None
    groups = groups_of([version.pk]).get(version.pk)
    if not groups:
        return None
    return Panel(
        heading="Groups of parties",
        template="flows/_groups.html",
        context={"document": version.document, "groups": groups},
    )
