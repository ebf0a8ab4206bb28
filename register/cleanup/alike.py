"""The entries that may be the same as one another, as far as a reader may know of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from register.cleanup.models import Alike
from register.documents.lifecycle import PAST
from register.reports.models import DuplicateDismissal
from register.search.visible import visible_rows


def standing_pairs(user) -> QuerySet[Alike]:
    """The likenesses to entries that a reader may know of, that stand, and that nobody has settled.

    Whether the reader may know of the first of the two is for the caller to ask.
    """
    other = visible_rows(user).filter(pk=OuterRef("other_id"), is_archived=False)
    there = Q(first_id=OuterRef("entry_id"), second_id=OuterRef("other_id"))
    back = Q(first_id=OuterRef("other_id"), second_id=OuterRef("entry_id"))
    settled = DuplicateDismissal.objects.filter(there | back, first_flow__isnull=True)
    return Alike.objects.filter(Exists(other.exclude(state__in=PAST)), ~Exists(settled))


def alike_to(user, entry: Any) -> QuerySet[Alike]:
    """The same for one entry: its key, or a reference to the column that holds it."""
    return standing_pairs(user).filter(entry_id=entry)


def pairs_for(user) -> QuerySet[Alike]:
    """Each pair once, where a reader may know of both and both stand."""
    entry = visible_rows(user).filter(pk=OuterRef("entry_id"), is_archived=False)
    once = standing_pairs(user).filter(entry_id__lt=F("other_id"))
    return once.filter(Exists(entry.exclude(state__in=PAST)))


def alike_among(user, keys: Iterable[int]) -> dict[int, list[int]]:
    """By entry the keys of those that it may be the same as, the likeliest first. One statement."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = standing_pairs(user).filter(entry_id__in=list(keys)).order_by("-score", "other_id")
    for entry, other in rows.values_list("entry_id", "other_id"):
        found[entry].append(other)
    return found


def earliest_of(keys: Iterable[int], alike: dict[int, list[int]]) -> set[int]:
    """Of entries that are chosen together those that stay, so that of each group the earliest is left.

    An entry stays where each of those that it is like is chosen as well, and none of them stays.
    """
    stay: set[int] = set()
    chosen = set(keys)
    for key in sorted(chosen):
        others = alike.get(key, [])
        if not any(other not in chosen or other in stay for other in others):
            stay.add(key)
    return stay
