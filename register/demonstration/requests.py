"""The requests and emergency shares of a year in Wyrefordshire: every kind of decision among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from agreements.requests.models import SharingRequest
from agreements.requests.services import emergencies, requests
from register.core import dates
from register.demonstration.directory import BY, County
from register.directory.models import Organisation

Instant = Callable[..., datetime]


class Asked(NamedTuple):
    """A request: how many days ago, between whom, by whom, for what, and what became of it after."""

    days: int
    asking: str
    deciding: str
    requester: tuple[str, str]
    case: str
    data: str
    purpose: str
    use: str
    took: int = 0
    outcome: dict[str, Any] = {}


DECIDERS: list[dict[str, Any]] = [
    {"decider_name": name, "decider_post": post}
    for name, post in (
        ("Joan Pell", "Director of Resources"),
        ("Alan Whitby", "Chief Information Officer"),
        ("Bea Lund", "Director of Governance"),
        ("Irene Goss", "Managing Director"),
    )
]
JOAN, ALAN, BEA, IRENE = DECIDERS
MARSH = ("David Marsh", "Superintendent, Public Protection")
BHATT = ("Sanjay Bhatt", "Head of Children's Services")
REQUESTS = (
    Asked(341, "police", "county", MARSH, "WP/23/0912",
          "Dates on which the household was in touch with children’s services, and with which team.",
          "To find a missing child.", "safeguarding", 1,
          {**JOAN, "decision": "share_all",
           "reasons": "The child’s safety outweighs the family’s wish for privacy."}),
    Asked(298, "housing", "county", ("Will Tranter", "Neighbourhoods Manager"), "HA-4471",
          "Whether adult social care works with the tenant, and the name of the worker.",
          "To plan a safe move after a fire.", "service_delivery", 6,
          {**JOAN, "decision": "share_part", "refusal_class": "ethical",
           "refusal_reason": "not_necessary",
           "reasons": "The worker’s name is enough for the move; the care itself is not shared."}),
    Asked(251, "county", "acute", BHATT, "CS/1187",
          "Attendances at the emergency department in the last year, with reasons.",
          "To assess the risk to a child before a court hearing.", "safeguarding", 4,
          {**BEA, "decision": "share_all",
           "reasons": "Necessary for the assessment; the court has the same list in its order."}),
    Asked(196, "halewick", "icb", ("Grace Mbeki", "Housing Options Manager"), "HO-209",
          "The names of residents registered with a practice who have no fixed address.",
          "To offer places in winter shelters.", "service_delivery", 12,
          {**ALAN, "decision": "refuse", "refusal_class": "legal",
           "refusal_reason": "gateway_not_reaching",
           "reasons": "The power named does not reach confidential patient information; the practice "
           "can hand out the offer itself."}),
    Asked(133, "police", "acute", MARSH, "WP/24/0177",
          "Whether somebody was treated for a cut hand on one night.",
          "To investigate a burglary.", "law_enforcement", 3,
          {**BEA, "decision": "refuse", "refusal_class": "ethical",
           "refusal_reason": "confidentiality",
           "reasons": "The public interest in solving this does not outweigh the trust of patients."}),
    Asked(90, "fire", "housing", ("Nadia Karim", "Head of Prevention"), "FS-61",
          "Addresses of flats with oxygen equipment.", "To plan visits.", "service_delivery", 34,
          {**IRENE, "decision": "refuse", "refusal_class": "operational",
           "refusal_reason": "no_capacity",
           "reasons": "The repairs system cannot list them before it is replaced in the spring."}),
    Asked(47, "schools", "county", ("Ben Arkwright", "Safeguarding Lead"), "SCH-88",
          "The name of the social worker of a pupil.", "To invite them to a meeting.",
          "safeguarding", 2, {"decision": "withdrawn", "reasons": "The worker rang the school."}),
    Asked(9, "mental", "police", ("Yusuf Demir", "Head of Young People's Services"), "YP/302",
          "Whether officers were called to an address in the last month.",
          "To plan a home visit of two members of staff.", "direct_care"),
)  # fmt: skip


def ask(county: County, instant: Instant) -> None:
    """Tell the eight requests and the two emergency shares, in the order of time."""
    for asked in REQUESTS:
        _request(county, asked, instant)
    _emergencies(county, instant)


def _request(county: County, asked: Asked, instant: Instant) -> None:
    with dates.pretend(instant(0, days=asked.days)):
        made = requests.record_request(
            by=BY,
            partnership=county.partnership,
            asking=_body(county, asked.asking),
            deciding=_body(county, asked.deciding),
            requester_name=asked.requester[0],
            requester_post=asked.requester[1],
            received_on=dates.today(),
            case_reference=asked.case,
            data_requested=asked.data,
            purpose=asked.purpose,
            use_kind=asked.use,
        )
    if asked.outcome:
        with dates.pretend(instant(0, days=asked.days - asked.took)):
            _outcome(made, asked.outcome)


def _outcome(made: SharingRequest, outcome: dict[str, Any]) -> None:
    given: dict[str, Any] = {"by": BY, "request": made, "row_version": made.row_version}
    if outcome["decision"] == "withdrawn":
        requests.withdraw(**given, reasons=outcome["reasons"])
        return
    is_shared = outcome["decision"] != "refuse"
    shared_on = dates.today() if is_shared else None
    requests.decide(**given, **outcome, decided_on=dates.today(), shared_on=shared_on)


def _emergencies(county: County, instant: Instant) -> None:
    _reviewed(county, instant)
    with dates.pretend(instant(0, days=15)):
        emergencies.record_share(
            by=BY,
            partnership=county.partnership,
            giver=_body(county, "acute"),
            receiver=_body(county, "fire"),
            case_reference="FS-77",
            data_shared="That a patient’s home oxygen stood near an open fire.",
            necessity="The patient was on the way home and the visit could not wait.",
            shared_at=dates.now() - timedelta(hours=3),
            **BEA,
        )


def _reviewed(county: County, instant: Instant) -> None:
    with dates.pretend(instant(0, days=64)):
        first = emergencies.record_share(
            by=BY,
            partnership=county.partnership,
            giver=_body(county, "county"),
            receiver=_body(county, "police"),
            case_reference="WP/24/0641",
            data_shared="The address of a carer, and who else lives there.",
            necessity="A child was in danger that night, and the duty desk had no agreement to use.",
            received_words="Force control room",
            shared_at=dates.now() - timedelta(hours=9),
            **JOAN,
        )
    with dates.pretend(instant(0, days=59)):
        emergencies.review_share(
            by=BY,
            share=first,
            row_version=first.row_version,
            was_right="yes",
            learnt="Both duty desks need one number to ring, and one page that says what may go.",
            agreement_need="needed",
            reviewer_name=JOAN["decider_name"],
            reviewer_post=JOAN["decider_post"],
        )


def _body(county: County, key: str) -> Organisation:
    return county.bodies[key]
