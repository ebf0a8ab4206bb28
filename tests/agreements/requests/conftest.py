"""Two bodies, a third that looks on, and the requests between them."""

from agreements.requests.services import emergencies, requests
from register.core.dates import now, today
from tests import make, people, worlds

TEST = "system:test"
ASKED = {
    "requester_name": "Ola Falodun",
    "requester_post": "Detective Sergeant",
    "case_reference": "OP/114",
    "data_requested": "Dates of contact with the housing service.",
    "purpose": "To find a missing child.",
}
DECISION = {
    "decision": "share_all",
    "reasons": "It protects the child.",
    "decider_name": "Joan Pell",
    "decider_post": "Director of Resources",
}
REFUSAL = {
    **DECISION,
    "decision": "refuse",
    "reasons": "The power named does not reach us.",
    "refusal_class": "legal",
}
SHARE = {
    "case_reference": "OP/115",
    "data_shared": "The address of a carer.",
    "necessity": "A child was in danger that night.",
    "decider_name": "Joan Pell",
    "decider_post": "Director of Resources",
}


class Cast:
    """The police ask, the council decides; a fire service of the same partnership looks on."""

    def __init__(self) -> None:
        vars(self).update(vars(people.cast()))
        self.fire = make.member(self.partnership, "Wyrefordshire Fire Service")
        self.off_fire = make.officer("body_officer", self.fire)

    def ask(self, *, by=TEST, asking=None, deciding=None, **facts):
        """A request of the police to the council."""
        return requests.record_request(
            by=by,
            partnership=self.partnership,
            asking=asking or self.police.organisation,
            deciding=deciding or self.council.organisation,
            **{"received_on": today(), **ASKED, **facts},
        )

    def decided(self, *, by=TEST, request=None, **facts):
        """A decided request."""
        request = request or self.ask()
        return requests.decide(
            by=by,
            request=request,
            row_version=request.row_version,
            **{"decided_on": today(), **DECISION, **facts},
        )

    def share(self, *, by=TEST, giver=None, receiver=None, **facts):
        """An emergency share of the council with the police."""
        return emergencies.record_share(
            by=by,
            partnership=self.partnership,
            giver=giver or self.council.organisation,
            receiver=receiver or self.police.organisation,
            **{"shared_at": now(), **SHARE, **facts},
        )

    def reviewed(self, share, *, by=TEST, **facts):
        """A share with its review."""
        said = {
            "was_right": "yes", "learnt": "Ring the duty desk first.", "agreement_need": "needed",
            "reviewer_name": "Joan Pell", "reviewer_post": "Director of Resources",
            "row_version": share.row_version,
        }  # fmt: skip
        return emergencies.review_share(by=by, share=share, **said | facts)


@worlds.shared
def cast():
    return Cast()
