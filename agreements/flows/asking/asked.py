"""What was asked, and whether a flow is about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from agreements.flows.facts import FlowFacts
from register.directory.models import Organisation
from register.lists.labels import label, labels

ALIKE = 88  # of 100: wordings of one purpose that people type differently


@dataclass(frozen=True)
class Asked:
    """A question: may `giver` send `taker` data of these categories for this purpose on a day?"""

    giver: Organisation
    taker: Organisation
    on: date
    categories: tuple[str, ...] = ()
    purpose: str = ""

    @property
    def wanted(self) -> str:
        """The categories in words."""
        return ", ".join(label("data_category", code).lower() for code in self.categories)


def categories_named(typed: str) -> tuple[str, ...]:
    """The codes of the data categories that somebody means: a code, a wording, or a part of one."""
    words = " ".join(typed.casefold().split())
    known = labels("data_category")
    for same in (
        lambda code, wording: words in (code.casefold(), wording.casefold()),
        lambda code, wording: wording.casefold().startswith(words),
        lambda code, wording: words in wording.casefold(),
    ):
        if found := tuple(code for code, wording in known.items() if words and same(code, wording)):
            return found
    return ()


def has_category(facts: FlowFacts, asked: Asked) -> bool:
    """Whether a flow moves any of the categories asked for; all flows do where none is named."""
    return not asked.categories or bool(set(asked.categories) & set(facts.categories))


def has_purpose(facts: FlowFacts, asked: Asked, purpose_title: str) -> bool:
    """Whether a flow serves the purpose asked for, in the words of the protocol, the use or the flow."""
    if not asked.purpose:
        return True
    flow, words = facts.flow, asked.purpose.casefold()
    if words == flow.use_kind.casefold():
        return True
    texts = (purpose_title, label("use_kind", flow.use_kind), flow.title, flow.purpose)
    return any(_is_about(text.casefold(), words) for text in texts if text)


def _is_about(text: str, words: str) -> bool:
    run_together = "".join(words.split()) in "".join(text.split())
    return run_together or fuzz.token_set_ratio(text, words) >= ALIKE
