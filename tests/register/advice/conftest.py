"""A county with advisers and deciders, and a draft of the council with the police that moves people's data."""

from __future__ import annotations

from types import SimpleNamespace

from register.advice.models import ReviewRequest
from register.advice.proposals import Whom
from register.advice.services import asking
from tests import make, worlds
from tests.agreements.flows.making import Draft

TEST = "system:test"


@worlds.shared
def world():
    """The council's draft with one flow to the police, and who answers for each."""
    return World()


class World(Draft):
    """Una advises and Ravi decides for the council, Dee is Una's deputy; Pat advises the police."""

    def __init__(self, **facts) -> None:
        super().__init__(**facts)
        self.flow("Concerns", identifiability="identifiable")
        self.una = self.holder(self.cast.council, "dpo", "Una Rowe")
        self.dee = self.holder(self.cast.council, "dpo", "Dee Puty", capacity="deputy")
        self.ravi = self.holder(self.cast.council, "siro", "Ravi Siro")
        self.pat = self.holder(self.cast.police, "dpo", "Pat Lee")
        self.off, self.office = self.cast.off_a, self.cast.office

    def holder(self, membership, kind: str, name: str, *, capacity="holder"):
        """A login of a body's reader who holds a post of a kind."""
        user = make.officer("manager", membership, name=name)
        body = membership.organisation
        post = body.posts.filter(kind=kind).first() or make.post(
            body, kind=kind, title=kind.upper()
        )
        make.appoint(post, user.person, capacity=capacity)
        return make.fresh(user)

    def whom(self, user, kind: str | None = "dpo") -> Whom:
        """A person as somebody who may be asked, by a post of a kind or as adviser."""
        held = user.person.appointments.filter(post__kind=kind).first() if kind else None
        return Whom(user.person, held.post if held else None)

    def ask(self, kind="data_protection", user=None, body=None, **said) -> ReviewRequest:
        """Ask somebody of the council: its data protection officer unless said."""
        post = said.pop("post", "dpo")
        return asking.ask(
            by=said.pop("by", self.off), version=self.version, kind=kind,
            organisation=body or self.council, whom=self.whom(user or self.una, post), **said,
        )  # fmt: skip

    def ask_decision(self, **said) -> ReviewRequest:
        """Ask the council's senior information risk owner."""
        return self.ask("risk_owner", self.ravi, post="siro", **said)


def errors(refusal) -> SimpleNamespace:
    """The sentences of a refusal, by field and altogether."""
    error = refusal.value
    return SimpleNamespace(by_field=getattr(error, "message_dict", {}), all=error.messages)
