"""What somebody answers when they are asked for advice or a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """Advice or a decision in words; the points of the checklist by code, each met or not, with a note."""

    outcome: str
    text: str = ""
    conditions: str = ""
    reason: str = ""
    reference: str = ""
    checklist: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
