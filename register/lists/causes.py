"""What a change of law means to the entries that rest on it, in a sentence."""

from __future__ import annotations

from datetime import date

from register.core.dates import words
from register.core.ripple import Cause
from register.lists.catalogue import LISTS
from register.lists.models import Item

LAW = "law"
# What entries rest on. A plainer explanation or another place in the list changes nothing for them.
WEIGHTY = {
    "label": "wording",
    "source": "source",
    "extent": "extent",
    "in_force_from": "first day",
    "in_force_until": "last day",
    "facts": "facts",
}


def law_changes(item: Item, changed: list[str] | None = None) -> Cause:
    """A row of law was changed in the columns named, or is about to be where none is."""
    what = ", ".join(WEIGHTY[name] for name in changed or [])
    says = f"“{item.label}” was changed: {what}." if what else f"“{item.label}” is to be changed."
    return _cause(item, says)


def law_turns(item: Item, day: date) -> Cause:
    """A row of law came into force or ended, as a day in its columns said it would."""
    if item.in_force_until and item.in_force_until < day:
        return _cause(item, f"“{item.label}” ended on {words(item.in_force_until)}.")
    return _cause(item, f"“{item.label}” came into force on {words(item.in_force_from)}.")


def rests_on(item: Item) -> bool:
    """Whether entries rest on the row as law."""
    return LISTS[item.list_code].is_law


def _cause(item: Item, says: str) -> Cause:
    return Cause(LAW, f"{item.list_code}:{item.code}", says, item.pk)
