"""How far the pages of a flow are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.flows.facts import FlowFacts
from agreements.flows.models import FlowSide, Side
from agreements.flows.pages import Page, names_asked, names_needed, pages_asked
from agreements.flows.said import answers_of

NOT_STARTED, IN_PROGRESS, COMPLETE = "Not started", "In progress", "Complete"
# What an end's law says before anybody has answered.
_AT_FIRST = {"regime"}


@dataclass(frozen=True)
class Progress:
    """A page of a flow and how far it is."""

    page: Page
    status: str

    @property
    def is_complete(self) -> bool:
        """Whether every question that needs an answer has one."""
        return self.status == COMPLETE


def progress_of(facts: FlowFacts) -> list[Progress]:
    """How far each page that a flow is asked is."""
    return [Progress(page, _status(facts, page)) for page in pages_asked(answers_of(facts))]


def is_complete(facts: FlowFacts) -> bool:
    """Whether every page of a flow is complete."""
    return all(each.is_complete for each in progress_of(facts))


def answer(facts: FlowFacts, page: Page, name: str) -> object:
    """What a flow answers to a question of a page."""
    if page.is_law:
        law = facts.end(page.code).law
        return getattr(law, name) if law else None
    if name == "purpose_of":
        return facts.flow.purpose_lineage
    if name in {"providers", "recipients"}:
        end = facts.provider if name == "providers" else facts.recipient
        return [*end.bodies, *end.groups]
    return facts.items if name == "items" else getattr(facts.flow, name)


def law_of(facts: FlowFacts, page: Page) -> FlowSide | None:
    """The law that a page is about: of its end, or None for a page about the flow itself."""
    return facts.end(page.code).law if page.is_law else None


def _status(facts: FlowFacts, page: Page) -> str:
    answers = answers_of(facts, page.code if page.is_law else Side.PROVIDER)
    asked, needed = names_asked(page, answers), names_needed(page, answers)
    said = set(_answered(facts, page, asked))
    if page.code == "data" and not _items_are_complete(facts, "data_subjects" in needed):
        return IN_PROGRESS if said else NOT_STARTED
    if said.issuperset(needed):
        return COMPLETE
    return IN_PROGRESS if said - _AT_FIRST else NOT_STARTED


def _answered(facts: FlowFacts, page: Page, names: Iterable[str]) -> list[str]:
    return [name for name in names if answer(facts, page, name)]


def _items_are_complete(facts: FlowFacts, is_personal: bool) -> bool:
    if not is_personal:
        return True
    return bool(facts.items) and all(row.category and row.needed_because for row in facts.items)
