"""Does the items of a job one by one: what fails at one is noted, tried again later, and stops no other.

A failed item waits longer after each try and is given up after the last; the page "What the register
does by itself" shows it, and an officer may have it tried again. When it is done, or is no longer
among what is due, nothing of the failure is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.db.models import F, Q

from register.core.dates import now
from register.jobs.models import FailedItem
from register.jobs.stopping import is_stopping

Item = TypeVar("Item")
log = logging.getLogger(__name__)
# After each failed try the next one waits so many minutes; after the last one it is given up. All
# of them together last nine days, so that a fault of a Friday is met by people.
WAITS = (10, 60, 4 * 60, 12 * 60, 24 * 60, 48 * 60, 120 * 60)
TRIES = len(WAITS) + 1


def each(
    job: str,
    items: Iterable[Item],
    do: Callable[[Item], object],
    *,
    key: Callable[[Item], str],
    partnership: Callable[[Item], int | None] = lambda item: None,
) -> int:
    """Do every item that is due, and answer how many were done (what `do` answers, added up).

    `items` is everything that is due now: an item that failed before and is not among them need not
    be done any more. `key` names an item, such as "version 42". `do` does one item, in an act of its
    own. Raises a database error only when the failure itself cannot be noted.
    """
    due = list(items)
    held = _held(job, [key(item) for item in due])
    done = 0
    for item in due:
        if is_stopping():
            break
        if key(item) not in held:
            done += attempt(job, key(item), partial(do, item), partnership=partnership(item))
    return done


def each_batch(
    job: str, keys: Sequence[int], do: Callable[[list[int]], object], *, size: int, named: str
) -> int:
    """Do many items in batches, and one by one where a batch fails; answers how many were done.

    `keys` is everything that is due now. `named` makes the name of an item, as "entry" in "entry 42".
    """
    held = _held(job, [f"{named} {pk}" for pk in keys])
    due = [pk for pk in keys if f"{named} {pk}" not in held]
    done = 0
    for start in range(0, len(due), size):
        if is_stopping():
            break
        batch = due[start : start + size]
        try:
            do(batch)
        except Exception:
            log.exception("A batch of %s failed: its items are tried one by one.", job)
            done += sum(attempt(job, f"{named} {pk}", partial(_one, do, pk)) for pk in batch)
        else:
            _forget(job, [f"{named} {pk}" for pk in batch])
            done += len(batch)
    return done


def attempt(job: str, key: str, do: Callable[[], object], *, partnership: int | None = None) -> int:
    """Do one item; what `do` answers as a number, and none where it failed, which is noted."""
    try:
        answer = do()
    except Exception as error:
        log.exception("The job %s failed at %s.", job, key)
        _note(job, key, error, partnership)
        return 0
    _forget(job, [key])
    return int(answer) if isinstance(answer, int) else 1


def due_again() -> Q:
    """The condition under which a failed item is to be tried again."""
    return Q(given_up_at__isnull=True, next_at__lte=now())


def told(error: BaseException) -> str:
    """Why something failed, as it is kept: the kind of error and its sentence."""
    said = " ".join(getattr(error, "messages", None) or [str(error)])
    return f"{type(error).__name__}: {said}"[:2000].replace("\0", "")


def _one(do: Callable[[list[int]], object], pk: int) -> bool:
    do([pk])
    return True


def _held(job: str, keys: Sequence[str]) -> set[str]:
    """The items that wait for their next try or are given up; forgets what is not due any more."""
    rows = list(FailedItem.objects.filter(job=job))
    gone = {row.key for row in rows} - set(keys)
    _forget(job, gone)
    at = now()
    return {row.key for row in rows if row.given_up_at or row.next_at > at} - gone


def _note(job: str, key: str, error: Exception, partnership: int | None) -> None:
    at = now()
    row, _ = FailedItem.objects.get_or_create(
        job=job, key=key[:120],
        defaults={"failed_at": at, "next_at": at, "partnership": partnership},
    )  # fmt: skip
    FailedItem.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    tries = row.tries + 1
    wait = timedelta(minutes=WAITS[min(tries, len(WAITS)) - 1])
    FailedItem.objects.filter(pk=row.pk).update(
        failure=told(error), failed_at=at, next_at=at + wait,
        given_up_at=at if tries >= TRIES else None,
    )  # fmt: skip


def _forget(job: str, keys: Iterable[str]) -> None:
    rows = FailedItem.objects.filter(job=job, key__in=list(keys))
    if known := list(rows.values_list("pk", flat=True)):  # nothing to forget takes no lock
        FailedItem.objects.filter(pk__in=known).delete()
