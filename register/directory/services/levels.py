"""Keeping the level of every body as its facts and the days go, and telling who relied on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from register.core.dates import today
from register.core.ripple import Cause, happened, inputs_changed
from register.directory.assurance import assurance_of, followers_of
from register.directory.assurance_levels import LABELS, NOT_SUBMITTED, Level, has_fallen
from register.directory.models import AssuranceLevel, Organisation
from register.directory.models.assurance import NO_END
from register.jobs.items import each_batch
from register.ledger.acts import act, current_act

SYSTEM = "system:assurance"
BATCH = 500
COLUMNS = ("code", "until", "why")


@dataclass(frozen=True)
class Fall:
    """A body whose level fell, with the levels before and after."""

    organisation_id: int
    before: str
    after: str


def cause_of(body: Organisation, before: str, after: str) -> Cause:
    """The fall of a body's level, as what it touches is asked for and told."""
    says = f"The assurance of {body} fell from {LABELS[before].lower()} to {LABELS[after].lower()}."
    return Cause("assurance", f"{body.pk}:{after}", says, body.pk)


def refresh_levels(organisation_ids: Iterable[int], *, by) -> int:
    """Compute the levels of bodies and of all that take theirs; how many changed.

    Called inside the act that changed a fact. Each fall becomes an act of its own that opens what it
    asks of others; a level that is stored already is no news, however often this runs.
    """
    concerned = followers_of(organisation_ids)
    return _refreshed(concerned, by=by) if concerned else 0


def bodies_changed(organisation_ids: set[int]) -> None:
    """Follow a body's new kind, registration or membership, inside the act open now."""
    this = current_act()
    if this is not None:
        refresh_levels(organisation_ids, by=this.actor)


def refresh_all() -> int:
    """The levels of all bodies as of today: what expired since yesterday is found here; how many changed."""
    changed = 0

    def refresh(some: list[int]) -> None:
        nonlocal changed
        with act(by=SYSTEM, verb="assurance.refreshed", quiet=True):
            changed += _refreshed(set(some), by=SYSTEM)

    keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    each_batch("find_expired_assurance", keys, refresh, size=BATCH, named="body")
    return changed


def _refreshed(concerned: set[int], *, by) -> int:
    stored = {
        row.organisation_id: row
        for row in AssuranceLevel.objects.select_for_update()
        .filter(organisation__in=concerned)
        .order_by("organisation_id")
    }
    added, changed, falls = [], [], []
    for pk, level in sorted(assurance_of(concerned).items()):
        row = stored.get(pk)
        if row is None:
            if level.code != NOT_SUBMITTED:
                added.append(_put(AssuranceLevel(organisation_id=pk), level))
        elif (row.code, row.until, row.why) != _columns(level):
            if has_fallen(row.code, level.code):
                falls.append(Fall(pk, row.code, level.code))
            changed.append(_put(row, level))
    AssuranceLevel.objects.bulk_create(added)
    AssuranceLevel.objects.bulk_update(changed, COLUMNS)
    inputs_changed("body", [row.organisation_id for row in (*added, *changed)])
    _tell(falls, by=by)
    return len(added) + len(changed)


def _tell(falls: list[Fall], *, by) -> None:
    bodies = Organisation.objects.in_bulk([fall.organisation_id for fall in falls])
    for fall in falls:
        body = bodies[fall.organisation_id]
        if body.merged_into_id:
            continue  # the surviving record is told of, with all that names either
        cause = cause_of(body, fall.before, fall.after)
        detail = {"before": fall.before, "after": fall.after, "on": today().isoformat()}
        with act(by=by, verb="assurance.fell", subject=body, reason=cause.says, detail=detail):
            happened(cause, by=by)


def _columns(level: Level) -> tuple:
    return (level.code, level.until or NO_END, level.why)


def _put(row: AssuranceLevel, level: Level) -> AssuranceLevel:
    row.code, row.until, row.why = _columns(level)
    return row
