"""One thing of every kind for the pages on advice: an open question, and one answered on paper."""

from __future__ import annotations

from register.advice.answers import Answer
from register.advice.proposals import Whom
from register.advice.services import answering, asking
from register.core.dates import today
from tests import make
from tests.access.pdf import PDF


class AdviceThings:
    """A draft of the council on which its adviser is asked; the police answered by letter."""

    def __init__(self, world) -> None:
        by, place = world.cast.office, world.cast.partnership
        self.agreement = make.agreement(place, world.council, world.police, lead=world.council)
        version = self.agreement.newest
        self.open = asking.ask(
            by=by, version=version, kind="data_protection", organisation=world.council,
            whom=Whom(world.cast.adv_a.person, None),
        )  # fmt: skip
        post = make.post(world.police, kind="dpo")
        self.answered = asking.ask(
            by=by, version=version, kind="data_protection", organisation=world.police,
            whom=Whom(None, post),
        )  # fmt: skip
        self.paper = answering.record_answer(
            by=by, request=self.answered, row_version=1, said=Answer("no_objection"),
            person_name="P. Officer", post_title="DPO", given_on=today(), content=PDF, name="a.pdf",
        )  # fmt: skip

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "ref":
            return self.agreement.reference
        if parameter == "row":
            return self.paper.pk
        return (self.answered if page == "paper" else self.open).pk
