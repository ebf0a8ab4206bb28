"""The four fixed phrases by which the register answers about a PDF, and the machine words beside them.

Others may rely on them: they are named in README.md and never change.
"""

from __future__ import annotations

from enum import StrEnum


class Phrase(StrEnum):
    """What a PDF that somebody brought is."""

    UNTOUCHED = "Untouched and sealed by this register"
    CHANGED = "Changed after it was sealed"
    ANOTHER = "Sealed by another register"
    UNSEALED = "Not sealed by a register"

    @property
    def code(self) -> str:
        """The machine word: untouched, changed, another, unsealed."""
        return self.name.lower()


MEANINGS = {
    Phrase.UNTOUCHED: "Every byte is as this register sealed and kept it.",
    Phrase.CHANGED: "It carries a seal of this register, but it is not what the register sealed: "
    "bytes were changed, something was added, or the register does not know it.",
    Phrase.ANOTHER: "It carries a seal or signature that is not this register's. Ask whoever made it.",
    Phrase.UNSEALED: "It carries no seal at all. A printed or drafted copy is like this: check the "
    "code that is printed on it.",
}
