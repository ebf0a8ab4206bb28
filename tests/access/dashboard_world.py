"""One thing of every kind for the pages of the register's list: the office's private view, and a task of its."""

from __future__ import annotations

from register.dashboard.bulk import services as bulk
from register.dashboard.bulk.choosing import chosen_task
from register.saved import services as saved


class DashboardThings:
    """What its addresses lead to; both are the office's alone."""

    def __init__(self, world) -> None:
        by = world.cast.office
        self.view = saved.save_view(by=by, name="Waiting for the police", query="tier=1")
        ref = world.issued.document.reference
        self.task = bulk.keep(
            chosen_task(user=by, act="archive", refs=[ref], token="", query="", back="/register/")
        )

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "form":
            return "csv"
        return self.task.pk if page.startswith("bulk") else self.view.pk
