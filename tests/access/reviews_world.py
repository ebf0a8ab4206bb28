"""One thing of every kind for the pages of reviews: an open review, a party asked, an end date proposed."""

from __future__ import annotations

from datetime import timedelta

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Document
from register.reviews import services
from tests import make


class ReviewThings:
    """An agreement of the council and the police in force and under review, led by the council."""

    def __init__(self, world) -> None:
        by, place = world.cast.office, world.cast.partnership
        self.police = world.police
        self.slug = place.slug
        document = make.agreement(
            place, world.council, world.police, lead=world.council, title="A sharing reviewed",
            owner=by.person,
        )  # fmt: skip
        version = document.newest
        make.slot(version, world.council, world.cast.council_post)
        make.slot(version, world.police, world.cast.police_post)
        make.walk(version, State.IN_FORCE)
        self.document = Document.objects.get(pk=document.pk)
        self.review = services.open_review(by=by, document=self.document, because="Two years.")
        self.ask = services.ask_parties(
            by=by, review=self.review, due_on=today() + timedelta(days=10),
            parties=[p for p in services.proposed(self.review) if p.organisation == world.police],
        )[0]  # fmt: skip
        services.propose_end(
            by=by,
            document=self.document,
            to_on=add_months(today(), 30),
            reason="The grant goes on.",
        )

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        fixed = {
            "ref": self.document.reference,
            "slug": self.slug,
            "tier": 3,
            "token": "a-link-that-is-dead",
            "body": self.police.pk,
            "ask_pk": self.ask.pk,
        }
        return fixed.get(parameter, self.review.pk)
