"""How a rule is written: a number, a sentence, and a question about a version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.documents.models.versions import Version


@dataclass(frozen=True)
class Rule:
    """A numbered sentence that must be true of a version; a bar refuses, a warning is shown."""

    code: str
    says: str
    holds: Callable[[Version], bool]
    is_bar: bool = True
    task: str = ""


def rule(code: str, *, bar: bool = True, task: str = "") -> Callable[..., Rule]:
    """Make a rule of a question; its docstring is the sentence that people read."""

    def make(question: Callable[[Version], bool]) -> Rule:
        says = " ".join((question.__doc__ or "").split())
        if not says:
            raise RuntimeError(f"Rule {code} has no sentence.")
        return Rule(code, says, question, bar, task)

    return make


def broken(rules: tuple[Rule, ...], version: Version) -> list[Rule]:
    """The rules that do not hold for a version, bars first."""
    return sorted((r for r in rules if not r.holds(version)), key=lambda r: not r.is_bar)
