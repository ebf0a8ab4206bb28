"""The kinds of advice and decision, as the list "advice_kind" describes them."""

from __future__ import annotations

from dataclasses import dataclass

from register.advice.models import Outcome
from register.core.dates import today
from register.lists.labels import items
from register.lists.models import Item

DATA_PROTECTION = "data_protection"
ADVISING = (Outcome.NO_OBJECTION, Outcome.CONDITIONS, Outcome.AGAINST, Outcome.RETURNED)
DECIDING = (Outcome.APPROVED, Outcome.NOT_APPROVED, Outcome.RETURNED)
# What speaks against going on: somebody has to answer it.
NEGATIVE = frozenset({Outcome.AGAINST.value, Outcome.NOT_APPROVED.value})
_TIERS = {1: "needed_at_charters", 2: "needed_at_protocols", 3: "needed_at_agreements"}


@dataclass(frozen=True)
class Kind:
    """A kind of advice or decision: who gives it, of whom it is asked and when."""

    code: str
    label: str
    meaning: str = ""
    source: str = ""
    is_decision: bool = False
    weighs_advice: bool = False
    posts: tuple[str, ...] = ()
    asked_of: str = ""
    needed_when: str = ""
    tiers: tuple[int, ...] = ()
    has_checklist: bool = False
    needs_reference: bool = False
    is_in_use: bool = True

    @property
    def name(self) -> str:
        """The wording as it stands within a sentence: names and abbreviations keep their capitals."""
        first, second = self.label[:1], self.label[1:2]
        is_name = second.isupper() or self.label.startswith("Caldicott")
        return self.label if is_name else f"{first.lower()}{self.label[1:]}"

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What may be answered."""
        return DECIDING if self.is_decision else ADVISING

    @property
    def is_of_office(self) -> bool:
        """Whether the partnership office answers it, and no body."""
        return self.asked_of == "office"


def kinds() -> list[Kind]:
    """The kinds that may be asked for today, in the list's order."""
    return [kind for kind in _all() if kind.is_in_use]


def kind_of(code: str) -> Kind:
    """The kind of a code, ended ones too; a code that the list does not have stands for itself."""
    return next((kind for kind in _all() if kind.code == code), Kind(code, code))


def answered_by(post_kind: str) -> list[str]:
    """The codes of the kinds that holders of a kind of post answer."""
    return [kind.code for kind in _all() if post_kind in kind.posts]


def weighing_kinds() -> list[str]:
    """The codes of the kinds that decide upon the advice of their body."""
    return [kind.code for kind in _all() if kind.weighs_advice]


def _all() -> list[Kind]:
    day = today()
    return [_kind(row, row.holds_on(day)) for row in items("advice_kind").values()]


def _kind(row: Item, is_in_use: bool) -> Kind:
    return Kind(
        code=row.code,
        label=row.label,
        meaning=row.meaning,
        source=row.source,
        is_decision=row.fact("advice_answer") == "decision",
        weighs_advice=row.fact("weighs_advice"),
        posts=row.fact("answering_posts"),
        asked_of=row.fact("asked_of"),
        needed_when=row.fact("needed_when"),
        tiers=tuple(tier for tier, name in _TIERS.items() if row.fact(name)),
        has_checklist=row.fact("has_checklist"),
        needs_reference=row.fact("needs_reference"),
        is_in_use=is_in_use,
    )
