"""A figure beside its limit or rival of the same run, and the table in which figures are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What is measured, what it is held against, and the aim for the ratio of the two, if there is one.

    `unit` is that of both; the aim is a most, or with `at_least` a least. Without a rival the aim is
    held against the figure itself.
    """

    name: str
    ours: float
    unit: str = "ms"
    beside: str = ""
    rival: float | None = None
    aim: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours over the rival's, where there is one."""
        return self.ours / self.rival if self.rival else None

    @property
    def verdict(self) -> str:
        """The aim, and whether it is met."""
        if self.aim is None:
            return ""
        held = self.ours if self.ratio is None else self.ratio
        is_met = held >= self.aim if self.at_least else held <= self.aim
        words = "at least" if self.at_least else "at most"
        return f"{words} {self.aim:,g}: {'met' if is_met else 'MISSED'}"


def print_figures(title: str, figures: Iterable[Figure]) -> None:
    """Print a table of figures."""
    print(f"\n  {title}")
    print(f"  {'':<34}{'ours':>12}{'beside it':>12}  {'':<30}{'ratio':>7}  aim")
    for each in figures:
        rival = "" if each.rival is None else f"{each.rival:,.1f}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        ours = f"{each.ours:,.1f} {each.unit}"
        line = (
            f"  {each.name:<34}{ours:>12}{rival:>12}  {each.beside:<30}{ratio:>7}  {each.verdict}"
        )
        print(line.rstrip(), flush=True)
