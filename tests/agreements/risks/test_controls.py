"""The controls of the security answers and those that every flow names count together."""

import pytest

from agreements.risks.facts import controls_in_flows
from register.core.dates import add_months, today
from tests import county as counties
from tests import make_documents as make
from tests import make_flows

pytestmark = pytest.mark.django_db


def test_a_control_counts_where_every_flow_about_people_names_it():
    county = counties.found(add_months(today(), -13))
    version = make.agreement(county.partnership, county.council, county.police).newest
    pair = (version, county.council, county.police)
    make_flows.flow(*pair, controls=("encrypted_transit", "audit_log"))
    make_flows.flow(*pair, title="Others", controls=("mfa", "encrypted_transit"))
    assert controls_in_flows([version.pk]) == {version.pk: ("encrypted_transit",)}
    make_flows.flow(*pair, title="Figures", identifiability="non_personal", controls=())
    assert controls_in_flows([version.pk]) == {version.pk: ("encrypted_transit",)}
