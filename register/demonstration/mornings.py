"""What people of Wyrefordshire find in the morning: an announcement, and views of the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from register.accounts.models import User
from register.core import dates
from register.demonstration.directory import County
from register.demonstration.officers import DOMAIN
from register.saved import services as saved
from register.worklist.models import Announcement
from register.worklist.services import announcing

CLOSED = (
    "The office is closed from 24 December to 1 January. Requests to sign can be answered as always; "
    "whoever needs us in an emergency rings the duty desk of the county council."
)
TRAINING = (
    "The partnership's training on lawful bases is on the first Tuesday of next month, ten to twelve, "
    "at County Hall and online. One person of each body is enough."
)
READERS = ("r.calder", "m.ahern")


def tell(county: County, instant: Callable[..., datetime]) -> None:
    """Announce and save views, in the weeks before today."""
    with dates.pretend(instant(0, days=40)):
        over = announcing.announce(
            by=county.officer(), partnership=county.partnership,
            title="The office is closed over the holidays", text=CLOSED,
        )  # fmt: skip
        _read(over)
    with dates.pretend(instant(0, days=20)):
        announcing.end_announcement(by=county.officer(), announcement=over)
    with dates.pretend(instant(0, days=5)):
        current = announcing.announce(
            by=county.officer(), partnership=county.partnership, title="Training on lawful bases",
            text=TRAINING, last_on=instant(0).date() + timedelta(days=30),
        )  # fmt: skip
        _read(current)
    with dates.pretend(instant(0, days=2)):
        _views(county)


def _read(announcement: Announcement) -> None:
    for name in READERS:
        announcing.acknowledge(by=_login(name), announcement=announcement)


def _views(county: County) -> None:
    children = county.communities["children"]
    saved.save_view(
        by=county.officer(), name="Children, not fully signed", share_with=county.partnership,
        query=f"tier=3&status=part_signed&status=signing&community={children.pk}",
    )  # fmt: skip
    saved.save_view(
        by=county.officer(), name="Ends and tags",
        query="tier=3&status=in_force&sort=review&columns=reference.title.ends.review.tags",
    )  # fmt: skip
    police = county.bodies["police"]
    saved.save_view(
        by=_login("r.calder"), name="What the police share", query=f"body={police.pk}&sort=title"
    )


def _login(name: str) -> User:
    return User.objects.get(email=f"{name}@{DOMAIN}")
