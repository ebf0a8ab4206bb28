"""Where rooms above add to the pages of a document: signing shows who signed, and asks who shall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from register.core.verdicts import YES, Verdict
from register.documents.models import Version


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: its words, where it is done, and whether it may be."""

    words: str
    url: str
    verdict: Verdict = YES


@dataclass(frozen=True)
class Panel:
    """A part of a document's page, with the sentence that it adds to the head of the page."""

    heading: str
    template: str
    context: dict = field(default_factory=dict)
    sentence: str = ""
    next_step: NextStep | None = None


@dataclass(frozen=True)
class TaskLine:
    """One line of the task list of a draft: where it is done, how far it is, what bars sending it."""

    code: str
    heading: str
    url: str
    status: str
    hint: str = ""
    problems: tuple[str, ...] = ()
    # Whether the page before sending shows what was answered here.
    is_answer: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether nothing more is asked here."""
        return self.status == "Complete"


# Called with the login and the version shown.
PANELS: list[Callable[[object, Version], Panel | None]] = []
# Called with the draft.
TASKS: list[Callable[[Version], TaskLine | None]] = []


def panels_of(user, version: Version) -> list[Panel]:
    """The parts that other rooms add to the page of a version."""
    return [panel for make in PANELS if (panel := make(user, version)) is not None]
