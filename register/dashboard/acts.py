"""What can be done with many entries of the list at once: the words, and who may ask for it."""

from __future__ import annotations

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.reach import reach_of

READING = {
    "pack": "Print as one pack",
    "zip": "Take separate PDFs as a ZIP",
    "export": "Export",
}
KEEPING = {
    "owner": "Change owner",
    "review_on": "Change review date",
    "review": "Start reviews",
    "tags": "Add or remove tags",
    "remind": "Remind those who have not signed",
    "archive": "Archive",
    "restore": "Bring back from the archive",
}
WORDS = KEEPING | READING
# Acts of rooms above: offered where the list is narrowed in a way of theirs (`narrowing`).
FURTHER: dict[str, str] = {}


def plug_in(code: str, words: str) -> None:
    """Add an act of a room above, with its words in the list of acts."""
    FURTHER[code] = WORDS[code] = words


def may_ask(by, act: str) -> Verdict:
    """Whether somebody may ask for an act on many entries; each entry is asked for again when it is done."""
    reach = reach_of(by)
    if act in READING or reach.is_register_officer() or reach.by_membership.get(EDIT_FOR):
        return YES
    return no("Only those who keep entries may change them.")


def acts_for(by, *, is_narrowed: bool = False) -> list[tuple[str, str]]:
    """The acts that somebody may ask for, with their words; those of rooms above on their own lists, first."""
    offered = (FURTHER if is_narrowed else {}) | KEEPING | READING
    return [(code, words) for code, words in offered.items() if may_ask(by, code)]
