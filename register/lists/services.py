"""Keeping the reference lists: rows are added, reworded and ended, never removed."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from register.core.conflicts import expect
from register.core.dates import today
from register.core.verdicts import require
from register.ledger.acts import act, bulk_create
from register.lists.catalogue import LISTS, reviewed_rows
from register.lists.labels import forget
from register.lists.models import Item
from register.lists.permissions import may_keep_lists

FACTS = (
    "label",
    "meaning",
    "source",
    "extent",
    "in_force_from",
    "in_force_until",
    "position",
)


def load_lists(by="system:prepare") -> int:
    """Add the rows of the reviewed files that the register does not have yet; returns how many.

    A row that is there keeps an administrator's wording. Running it again does nothing.
    """
    require(may_keep_lists(by))
    with act(by=by, verb="lists.loaded", quiet=True):
        held = set(Item.objects.values_list("list_code", "code"))
        rows = [row for code in LISTS for row in reviewed_rows(code)]
        missing = [Item(**row) for row in rows if (row["list_code"], row["code"]) not in held]
        bulk_create(missing)
        transaction.on_commit(forget)
    return len(missing)


def add_item(*, by, list_code: str, label: str, code: str = "", **facts) -> Item:
    """Add a row to a list; without a code one is made from the wording."""
    if list_code not in LISTS:
        raise ValidationError(f"There is no list “{list_code}”.")
    item = Item(list_code=list_code, label=" ".join(label.split()), **_known(facts))
    item.code = code or slugify(item.label).replace("-", "_")[:60]
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


def change_item(*, by, item: Item, row_version: int, reason: str = "", **facts) -> Item:
    """Reword a row of a list or change its days; its code stays. Raises Conflict."""
    with act(by=by, verb="item.changed", subject=item, reason=reason, quiet=True):
        require(may_keep_lists(by))
        item = Item.objects.select_for_update().get(pk=item.pk)
        expect(item, row_version)
        facts = _known(facts)
        if any(getattr(item, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(item, name, value)
            item.row_version += 1
            item.full_clean()
            item.save()
            transaction.on_commit(forget)
    return item


def end_item(
    *, by, item: Item, row_version: int, until: date | None = None, reason: str = ""
) -> Item:
    """End a row: after its last day (yesterday where none is given) it may no longer be chosen."""
    until = until or today() - timedelta(days=1)
    return change_item(
        by=by, item=item, row_version=row_version, reason=reason, in_force_until=until
    )


def _known(facts: dict) -> dict:
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"Not facts of a row: {', '.join(sorted(unknown))}.")
    return facts
