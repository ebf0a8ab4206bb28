"""What the clauses of an agreement cover, by their headings: nobody has to say it twice."""

from __future__ import annotations

import re

from agreements.models import AgreementText
from register.documents.case import Case
from register.documents.models import TextKind

# What a heading speaks of, by the field of the agreement's own text that would say the same.
_SPOKEN_OF = {
    "retention": r"retention|retain|destruction|disposal|deletion|how long",
    "rights": r"\brights\b|subject access|\bSARs?\b|complaint",
    "security": r"security|protection of (personal )?data|access and storage",
    "breach": r"breach|incident|\bloss\b|unauthori[sz]ed",
    "termination": r"terminat|withdraw|ending|end of (the|this) agreement",
}
_HEADINGS = {name: re.compile(words, re.IGNORECASE) for name, words in _SPOKEN_OF.items()}


def covers(case: Case, name: str) -> bool:
    """Whether an agreement speaks of something: in its own field, under a heading, or in its file."""
    if case.version.text_kind == TextKind.FILE or case.says(AgreementText, name):
        return True
    heading = _HEADINGS.get(name)
    return heading is not None and any(
        heading.search(clause.heading) for clause in case.more.get("clauses") or ()
    )
