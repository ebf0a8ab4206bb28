"""The ways to the tasks and reports at the head of every page, and what reports are on offer."""

from __future__ import annotations

from dataclasses import dataclass

from register.directory.permissions import partnerships_of
from register.documents.panels import PANELS
from register.reports.task_panels import tasks_panel
from register.ui.navigation import Item, add


@dataclass(frozen=True)
class Report:
    """One report: where it stands in the list, its words, what it answers, and the name of its page."""

    place: int
    words: str
    answers: str
    page: str


# Every report on offer; each module of this room adds its own in `plug_in`.
REPORTS: list[Report] = []


OFFERED = (
    Report(
        10,
        "Coverage",
        "Which member of which information community has signed what, at each tier",
        "reports:coverage",
    ),
    Report(
        20,
        "What is not covered",
        "Parties of agreements that are not signatories of the tiers above, with the exact gap",
        "reports:gaps",
    ),
    Report(
        91,
        "Breaches and concerns",
        "What went wrong under agreements, who was told, and what was learnt",
        "concerns:concerns",
    ),
    Report(
        92,
        "Adherence checks",
        "Which agreements were checked, and which checks are due",
        "concerns:checks",
    ),
    Report(
        93,
        "Proofs outstanding",
        "Who has not said what became of the information when an agreement ended",
        "endings:proofs",
    ),
)


def plug_in() -> None:
    """Add the ways of these pages, and the reports."""
    add(Item(25, "Tasks", "reports:tasks", belongs, "/tasks/"))
    PANELS.append(tasks_panel)
    add(Item(30, "Reports", "reports:reports", belongs, "/reports/"))
    for report in OFFERED:
        offer(report)


def offer(report: Report) -> None:
    """Put a report on the list."""
    REPORTS.append(report)
    REPORTS.sort(key=lambda each: each.place)


def belongs(user) -> bool:
    """Whether a login has a role anywhere."""
    return bool(partnerships_of(user))
