"""Keeping the reference lists: rows are added, reworded and ended, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from register.core.conflicts import expect
from register.core.dates import today
from register.core.ripple import happened, inputs_changed
from register.core.verdicts import require
from register.ledger.acts import act, bulk_create, bulk_update
from register.lists import causes
from register.lists.catalogue import LISTS, reviewed_rows
from register.lists.facts import given, packed
from register.lists.labels import forget
from register.lists.models import Item
from register.lists.permissions import may_keep_lists

COLUMNS = (
    "label",
    "meaning",
    "source",
    "extent",
    "in_force_from",
    "in_force_until",
    "position",
)
DAYS = {"in_force_from", "in_force_until"}


def load_lists(by="system:prepare") -> int:
    """Add the rows of the reviewed files that the register does not have yet; returns how many.

    A row that is there keeps an administrator's wording and facts; it is given those facts of the
    file that it was never given any answer to. Running it again does nothing.
    """
    require(may_keep_lists(by))
    with act(by=by, verb="lists.loaded", quiet=True):
        held = {(item.list_code, item.code): item for item in Item.objects.all()}
        rows = [row for code in LISTS for row in reviewed_rows(code)]
        missing = [Item(**row) for row in rows if (row["list_code"], row["code"]) not in held]
        bulk_create(missing)
        _fill_facts(held, rows)
        transaction.on_commit(forget)
    return len(missing)


def add_item(
    *,
    by,
    list_code: str,
    label: str,
    code: str = "",
    facts: Mapping[str, Any] | None = None,
    **columns,
) -> Item:
    """Add a row to a list; without a code one is made from the wording.

    `facts` are those of the list by name, typed as its catalogue says.
    """
    if list_code not in LISTS:
        raise ValidationError(f"There is no list “{list_code}”.")
    item = Item(list_code=list_code, label=" ".join(label.split()), **_known(columns))
    item.code = code or slugify(item.label).replace("-", "_")[:60]
    item.facts = packed(LISTS[list_code], facts or {})
    with act(by=by, verb="item.added", subject=item):
        require(may_keep_lists(by))
        if Item.objects.filter(list_code=list_code, code=item.code).exists():
            raise ValidationError(
                {"label": f"The list already has a row with the code {item.code}."}
            )
        if not item.position:
            last = Item.objects.of(list_code).order_by("-position").first()
            item.position = (last.position if last else 0) + 10
        item.full_clean()
        item.save()
        transaction.on_commit(forget)
    return item


def change_item(
    *,
    by,
    item: Item,
    row_version: int,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    **columns,
) -> Item:
    """Reword a row of a list, or change its days or facts; its code stays. Raises Conflict.

    `facts` holds those to be changed. What rests on a row of law is asked to confirm again where
    its wording, source, extent, days or facts really changed.
    """
    with act(by=by, verb="item.changed", subject=item, reason=reason, quiet=True):
        require(may_keep_lists(by))
        item = Item.objects.select_for_update().get(pk=item.pk)
        expect(item, row_version)
        columns = _known(columns)
        if facts:
            columns["facts"] = _with_facts(item, facts)
        changed = [name for name, value in columns.items() if getattr(item, name) != value]
        if changed:
            _write(item, columns, bool(DAYS & set(changed)))
            if not LISTS[item.list_code].is_law:  # what cites a row of law is told by name
                inputs_changed("list", [item.pk])
            _tell(item, changed, by)
    return item


def end_item(
    *, by, item: Item, row_version: int, until: date | None = None, reason: str = ""
) -> Item:
    """End a row: after its last day (yesterday where none is given) it may no longer be chosen."""
    until = until or today() - timedelta(days=1)
    return change_item(
        by=by, item=item, row_version=row_version, reason=reason, in_force_until=until
    )


def tell_turn(*, by, item: Item) -> bool:
    """Ask what rests on a row of law that came into force or ended to confirm again, once.

    Says whether there was anything to tell.
    """
    with act(by=by, verb="item.day_came", subject=item, quiet=True):
        day = today()
        turned = Item.objects.select_for_update().turned_by(day).filter(pk=item.pk).first()
        if turned is None:
            return False
        turned.told_on = day
        turned.save()
        happened(causes.law_turns(turned, day), by=by)
    return True


def _write(item: Item, columns: dict[str, Any], days_changed: bool) -> None:
    for name, value in columns.items():
        setattr(item, name, value)
    item.row_version += 1
    if days_changed:
        item.told_on = today()
    item.full_clean()
    item.save()
    transaction.on_commit(forget)


def _tell(item: Item, changed: list[str], by) -> None:
    weighty = [name for name in causes.WEIGHTY if name in changed]
    if weighty and causes.rests_on(item):
        happened(causes.law_changes(item, weighty), by=by)


def _with_facts(item: Item, facts: Mapping[str, Any]) -> str:
    found = LISTS[item.list_code]
    known = {name: value for name, value in item.all_facts().items() if name in given(item.facts)}
    return packed(found, {**known, **facts})


def _fill_facts(held: dict[tuple[str, str], Item], rows: list[dict]) -> None:
    filled = []
    for row in rows:
        item = held.get((row["list_code"], row["code"]))
        if item and (lacking := set(given(row["facts"])) - set(given(item.facts))):
            reviewed = {name: given(row["facts"])[name] for name in sorted(lacking)}
            item.facts = _with_facts(item, reviewed)
            item.row_version += 1
            filled.append(item)
    bulk_update(filled, ["facts", "row_version"])


def _known(columns: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(columns) - set(COLUMNS):
        raise TypeError(f"Not columns of a row: {', '.join(sorted(unknown))}.")
    return columns
