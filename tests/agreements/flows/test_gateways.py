"""Which gateways are offered first: those that may fit the bodies at the ends."""

import pytest

from agreements.flows.gateways import gateways_by_area
from agreements.flows.services import flows as services
from register.documents.services import content
from tests import make
from tests.agreements.flows.making import TEST, Draft

pytestmark = pytest.mark.django_db


def fitting(draft, giver, taker, direction="one_way") -> set[str]:
    flow = draft.flow(ends=False, direction=direction)
    services.name_ends(by=TEST, flow=flow, providers=[giver], recipients=[taker])
    areas, others = gateways_by_area(draft.facts(flow))
    found = {code for _, codes in areas for code in codes}
    assert not found & set(others)
    return found


def test_gateways_follow_the_kinds_of_the_bodies():
    draft = Draft()
    bodies = {
        kind: make.organisation(f"The {kind}", kind=kind) for kind in ("police_force", "school")
    }
    for body in bodies.values():
        make.member(draft.cast.partnership, body)
        content.add_party(by=TEST, version=draft.version, organisation=body)
    police, school = bodies["police_force"], bodies["school"]
    assert "daa_2021_s49a" in fitting(draft, police, school)
    assert "daa_2021_s49a" not in fitting(draft, school, police)
    assert "daa_2021_s49a" in fitting(draft, school, police, "two_way")
    assert "la_2011_s1" not in fitting(draft, police, school)


def test_nothing_speaks_against_a_gateway_while_nobody_is_named():
    draft = Draft()
    _, others = gateways_by_area(draft.facts(draft.flow(ends=False)))
    assert others == []
