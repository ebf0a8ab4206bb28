"""One thing of every kind for the pages of somebody's work: put off, announced, a calendar."""

from __future__ import annotations

from datetime import timedelta

from register.core.dates import today
from register.worklist.services.announcing import announce
from register.worklist.services.feeds import make_feed
from register.worklist.services.putting_off import put_off


class WorklistThings:
    """What its addresses lead to: an entry that the council's officer put off, and their calendar."""

    def __init__(self, world) -> None:
        cast = world.cast
        self.issued, self.body = world.issued, world.police
        self.put_off = put_off(
            by=cast.off_a, document=world.draft.document, until=today() + timedelta(days=9),
            reason="Until the council met",
        )  # fmt: skip
        self.announcement = announce(
            by=cast.office, partnership=cast.partnership, title="New form", text="Use it."
        )
        self.feed, _ = make_feed(user=cast.off_a, kind="me")

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        fixed = {"ref": self.issued.document.reference, "code": "overdue", "token": "a" * 43,
                 "secret": "a" * 43}  # fmt: skip
        if parameter in fixed:
            return fixed[parameter]
        if "feed" in page:
            return self.feed.pk
        if page == "show_again":
            return self.put_off.pk
        return self.body.pk if page == "put_off_body" else self.announcement.pk
