"""How a rule is written: a number, a sentence, its source, and a question about a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from register.documents.case import Case


@dataclass(frozen=True)
class Where:
    """One place of a version at which a rule does not hold: the row in words, and what exactly is wrong."""

    words: str = ""
    detail: str = ""
    task: str = ""
    lineage: str = ""


Question = Callable[["Case"], "bool | Iterable[Where]"]


@dataclass(frozen=True)
class Rule:
    """A numbered sentence that must be true of a version; a bar refuses, a warning is shown."""

    code: str
    says: str
    ask: Question
    is_bar: bool = True
    task: str = ""
    source: str = ""
    # A bar without which there is nothing to sign: no reason overrides it.
    is_absolute: bool = False

    def broken_in(self, case: Case) -> tuple[Where, ...]:
        """Where the rule does not hold in a case; nowhere where it holds."""
        answer = self.ask(case)
        if isinstance(answer, bool):
            return () if answer else (Where(),)
        return tuple(answer)

    def holds(self, case: Case) -> bool:
        """Whether the rule holds in the whole of a case."""
        return not self.broken_in(case)


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold, and where."""

    rule: Rule
    where: Where
    is_bar: bool

    @property
    def code(self) -> str:
        """The number of the rule."""
        return self.rule.code

    @property
    def task(self) -> str:
        """The page of the draft on which it is put right."""
        return self.where.task or self.rule.task

    @property
    def says(self) -> str:
        """The sentence that people read: where, the rule, and what exactly."""
        place = f"{self.where.words}: " if self.where.words else ""
        detail = f" {self.where.detail}" if self.where.detail else ""
        return f"{place}{self.rule.says}{detail}"


def rule(
    code: str, *, bar: bool = True, task: str = "", source: str = "", absolute: bool = False
) -> Callable[[Question], Rule]:
    """Make a rule of a question; its docstring is the sentence that people read.

    The question answers whether the rule holds, or yields each place where it does not.
    """

    def make(question: Question) -> Rule:
        says = " ".join((question.__doc__ or "").split())
        if not says:
            raise RuntimeError(f"Rule {code} has no sentence.")
        return Rule(code, says, question, bar, task, source, absolute)

    return make


def findings(rules: Iterable[Rule], case: Case) -> list[Finding]:
    """The rules that do not hold in a case, place by place, bars first.

    A warning that the partnership made a bar counts as one.
    """
    found = [
        Finding(rule, where, rule.is_bar or rule.code in case.made_bars)
        for rule in rules
        for where in rule.broken_in(case)
    ]
    return sorted(found, key=lambda finding: not finding.is_bar)
