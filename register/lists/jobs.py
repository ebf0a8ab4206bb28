"""What the worker does for the lists: says when law comes into force or ends by a day that was set."""

from __future__ import annotations

from register.core.dates import today
from register.jobs.items import each
from register.jobs.registry import DAILY, Job
from register.lists.models import Item
from register.lists.services import tell_turn

SYSTEM = "system:law"


def tell_turns() -> int:
    """Ask what rests on law that came into force or ended to confirm again; returns how many rows."""
    turned = Item.objects.law().turned_by(today()).order_by("pk")
    return each(
        "law", turned, lambda row: tell_turn(by=SYSTEM, item=row), key=lambda row: f"row {row.pk}"
    )


JOBS = [Job("law", DAILY, tell_turns, "Tells of law that begins or ends")]
