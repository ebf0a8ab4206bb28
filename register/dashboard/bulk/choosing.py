"""Which entries an act is for: the ticked ones, or exactly those that the filter finds."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from register.core.verdicts import require
from register.dashboard.acts import WORDS, may_ask
from register.dashboard.bulk.models import BulkTask
from register.dashboard.filters import RegisterFilter
from register.dashboard.narrowing import Asking
from register.dashboard.reading import visible_rows
from register.dashboard.tokens import read_token
from register.search.models import Row
from register.ui.listing import COUNT_LIMIT, SIZES

NOTHING = "Select an item for this task."
STALE = "The list was opened too long ago. Open it again, and select the entries once more."
NONE_LEFT = "Nothing matches the filter any more. Open the list again, and select the entries anew."
MOST = COUNT_LIMIT


def chosen_task(*, user, act: str, refs: list[str], token: str, query: str, back: str) -> BulkTask:
    """A task, not stored yet, for the entries that somebody ticked, or for all that a filter finds.

    Raises ValidationError with a sentence when there is nothing to do it to.
    """
    if act not in WORDS:
        raise ValidationError("Choose what to do with the entries.")
    require(may_ask(user, act))
    task = BulkTask(user=user, act=act, query=query, back=own_address(back))
    if token:
        if (matching := read_token(user, token)) is None:
            raise ValidationError(STALE)
        task.query, task.listed, task.is_all = matching.query, matching.count, True
        keys = list(matching_rows(user, task.query).values_list("pk", flat=True)[: MOST + 1])
    else:
        keys = ticked_keys(user, refs, task.query)
        task.listed = len(keys)
    if not keys:
        raise ValidationError(NONE_LEFT if token else NOTHING)
    if len(keys) > MOST:
        raise ValidationError(f"More than {MOST:,} entries match. Filter the list to fewer.")
    task.rows = [[pk, 0] for pk in keys]
    return task


def matching_rows(user, query: str) -> QuerySet[Row]:
    """The entries that a filter finds for somebody today, in the order of the list.

    A filter of which something is not understood any more, such as a community that they may no longer
    know of, finds none: without that part it would find more than they saw.
    """
    wanted = RegisterFilter(Asking.of(user, query))
    if not wanted.is_valid():
        return Row.objects.none()
    return wanted.apply(visible_rows(user)).order_by(*wanted.order)


def ticked_keys(user, refs: list[str], query: str) -> list[int]:
    """The entries of some references that somebody may know of, in the order of the list; a page at most."""
    wanted = RegisterFilter(Asking.of(user, query))
    wanted.is_valid()
    ticked = list(dict.fromkeys(refs))[: SIZES[-1]]
    rows = visible_rows(user).filter(reference__in=ticked).order_by(*wanted.order)
    return list(rows.values_list("pk", flat=True))


def own_address(address: str) -> str:
    """An address where it is one of this site, written without a host; else none."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and len(address) <= 2_000 else ""
