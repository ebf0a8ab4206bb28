"""One thing of every kind for concerns, checks and proofs: all about agreements that the council leads."""

from __future__ import annotations

from datetime import timedelta

from register.concerns.services import checks, concerns
from register.core.dates import now, today
from register.documents.models import Document
from register.documents.services import moving
from register.endings.models import Proof
from tests import make


class ConcernThings:
    """A breach at the police under an agreement of the council and the police, and a check of it."""

    def __init__(self, world) -> None:
        by = world.cast.office
        self.document = in_force(world, "A sharing with a breach")
        self.concern = concerns.record(
            by=by, document=self.document, bodies=[world.police], title="A list went astray",
            kind="confidentiality", severity="unlikely", what_happened="To a wrong mailbox.",
            found_at=now() - timedelta(hours=1), lead_body=world.police, lead_name="Ola Falodun",
        )  # fmt: skip
        self.check = checks.record_check(
            by=by, document=self.document, answers={"retention": ("yes", "")}, checked_on=today(),
            checker_name="Ola Falodun", conclusion="kept", findings="All well.",
        )  # fmt: skip

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        fixed = {"ref": self.document.reference, "row": self.concern.bodies.get().pk}
        if parameter in fixed:
            return fixed[parameter]
        return (self.check if "check" in page else self.concern).pk


class EndingThings:
    """An agreement of the council and the police that has ended: the proof of the police is waited for."""

    def __init__(self, world) -> None:
        document = in_force(world, "A sharing that ended")
        moving.end(by=world.cast.office, document=document, reason="It is over.")
        self.proof = Proof.objects.get(ending__document=document, organisation=world.police)

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        return "a-link-that-is-dead" if parameter == "token" else self.proof.pk


def in_force(world, title: str) -> Document:
    """An agreement of the council and the police in force, that its parties may read."""
    document = make.agreement(
        world.cast.partnership, world.council, world.police, lead=world.council, title=title
    )
    version = document.newest
    make.slot(version, world.council, world.cast.council_post)
    make.slot(version, world.police, world.cast.police_post)
    make.walk(version, "in_force")
    return Document.objects.get(pk=document.pk)
