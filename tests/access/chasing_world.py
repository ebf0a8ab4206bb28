"""One thing of every kind for the pages of chasing: the request to the police, and a test message."""

from __future__ import annotations

from register.chasing.services import start_test
from register.signing.models import SigningRequest


class ChasingThings:
    """What its addresses lead to; requests were made by the room in which people sign."""

    def __init__(self, world) -> None:
        self.issued = world.issued
        self.asked = SigningRequest.objects.get(person=world.cast.sig_b.person)
        self.test = start_test(by=world.cast.office, partnership=world.cast.partnership)

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "ref":
            return self.issued.document.reference
        if parameter == "token":
            return "a" * 43
        if page == "reach_test":
            return self.test.pk
        return self.asked.slot_id if page == "ask" else self.asked.pk
