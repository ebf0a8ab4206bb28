"""The way to these pages at the head of every page."""

from register.records.permissions import may_read_records
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way for administrators and auditors."""
    add(
        Item(
            96, "Records", "records:records", lambda user: bool(may_read_records(user)), "/records/"
        )
    )
