"""What advisers read beside the text; rooms above add theirs, such as impact assessments."""

from __future__ import annotations

from collections.abc import Callable

from register.documents.models import Version
from register.documents.panels import Panel

# Called with the login and the version, as `documents.panels.PANELS` are.
PAPERS: list[Callable[[object, Version], Panel | None]] = []


def papers_for(user, version: Version) -> list[Panel]:
    """The parts of the page of a question that rooms above add."""
    return [panel for make in PAPERS if (panel := make(user, version)) is not None]
