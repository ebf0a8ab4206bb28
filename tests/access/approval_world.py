"""One thing of every kind for the pages on which people sign: the police are asked, and nobody else is here."""

from __future__ import annotations

from register.signing import services as signing
from register.signing.models import SigningRequest


class ApprovalThings:
    """Requests for the charter that is out; the one in addresses goes to who signs for the police."""

    def __init__(self, world) -> None:
        signing.ask_for_signatures(
            by=world.cast.office, version=world.issued, round_=signing.Round()
        )
        self.asked = SigningRequest.objects.get(person=world.cast.sig_b.person)

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "token":
            return "a" * 43
        if page == "withdraw":
            return self.asked.slot_id
        return 999_999 if page == "end_delegation" else self.asked.pk
