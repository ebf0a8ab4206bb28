"""The way to impact assessments and processor contracts at the head of every page."""

from __future__ import annotations

from register.directory.permissions import partnerships_of
from register.directory.reach import reach_of
from register.ui.navigation import Item, add


def plug_in_ways() -> None:
    """Add the way to impact assessments, from which processor contracts are one step."""
    add(Item(55, "DPIAs", "risks:dpias", belongs, "/dpias/"))


def belongs(user) -> bool:
    """Whether a login belongs to some partnership."""
    return bool(partnerships_of(user)) or reach_of(user).sees_everything
