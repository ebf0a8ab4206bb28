"""What others changed in the entries that somebody looks after since they were last here."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from register.core.dates import day_of
from register.directory.reach import reach_of
from register.documents.models import Document
from register.ledger.models import Change
from register.ledger.verbs import title_of
from register.search.models import Row
from register.worklist.entries import kept_rows
from register.worklist.parts import KNOW, Item, Part, entry_address
from register.worklist.putting_off import Hidden

# So many entries that changed last are looked through for changes of others.
LOOKED_AT = 50


def changed_by_others(user, since: datetime | None, hidden: Hidden, limit: int) -> Part | None:
    """The entries that others changed since an instant, latest first; None where there are none.

    Two statements at most, whatever happened since.
    """
    if since is None or reach_of(user).person_id is None:
        return None
    changed = hidden.without(kept_rows(user).filter(changed_at__gt=since), "pk", "lead_id")
    rows = list(changed.order_by("-changed_at", "-reference")[:LOOKED_AT])
    by_whom = _last_of_others(user, rows, since) if rows else {}
    items = [_item(row, by_whom[row.pk]) for row in rows if row.pk in by_whom]
    if not items:
        return None
    count = f"{len(items)}{'+' if len(rows) == LOOKED_AT else ''}"
    heading = "Changed by others since you were last here"
    return Part("changed", heading, KNOW, count, items[:limit])


def _last_of_others(user, rows: list[Row], since: datetime) -> dict[int, Change]:
    """For each entry the last change of somebody else since an instant."""
    made = Change.objects.filter(
        about_model=Document._meta.label_lower,
        about_pk__in=[str(row.pk) for row in rows],
        entry__at__gt=since,
    ).exclude(entry__actor_kind="person", entry__actor_id=str(reach_of(user).person_id))
    found = made.select_related("entry").order_by("entry_id", "pk")
    return {int(change.about_pk): change for change in found}


def _item(row: Row, change: Change) -> Item:
    entry = change.entry
    return Item(
        title=row.title,
        address=entry_address(row.reference),
        reference=row.reference,
        says=title_of(entry.verb),
        who=[entry.actor_name],
        act="See what changed",
        act_address=reverse("documents:history", args=[row.reference]),
        day=day_of(entry.at),
        day_words="Changed",
    )
