"""A succession that is only prepared: the police among two new bodies, a year ahead."""

from __future__ import annotations

from datetime import timedelta

from register.core.dates import today
from register.succession.services import prepare_succession
from tests import make


class SuccessionThings:
    """The succession to which the pages of its room lead."""

    def __init__(self, world) -> None:
        place = world.cast.partnership
        after = [
            make.member(place, f"{part} Constabulary").organisation for part in ("East", "West")
        ]
        self.succession = prepare_succession(
            by=world.cast.office, kind="split", bodies_from=[world.police], bodies_to=after,
            on=today() + timedelta(days=365), instrument="An order of a test",
        )  # fmt: skip

    def argument(self, page: str, parameter: str) -> int:
        """What to put into the address of a page of this room."""
        return self.succession.pk
