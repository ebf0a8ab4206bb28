"""The reports and lists of this part cost as many statements for forty rows as for three."""

import pytest

from agreements.flows.services.assets import add_asset
from agreements.risks.services.dpias import make_dpia
from tests import make, make_flows

pytestmark = pytest.mark.django_db
TEST = "system:test"


def more_agreements(county, number):
    told = {"providers": county.council, "recipients": county.police}
    parties = (county.council, county.police)
    for _ in range(number):
        make_flows.agreement_with(county.partnership, *parties, flows=[told], state="in_force")


def more_members(county, number):
    bodies = [make.organisation() for _ in range(number)]
    for body in bodies:
        make.member(county.partnership, body)
    make.community(county.partnership, *bodies)


def more_assets(county, number):
    start = county.council.assets.count()
    for place in range(start, start + number):
        add_asset(by=TEST, organisation=county.council, name=f"System {place}")


def more_dpias(county, number):
    for place in range(number):
        make_dpia(
            by=TEST, partnership=county.partnership, owner=county.council, title=f"DPIA {place}"
        )


@pytest.mark.parametrize(
    ("paths", "more", "few", "many"),
    [
        (
            ["/who-shares/", "/who-shares/flows/", "/reports/inventory/", "/reports/not-covered/"],
            more_agreements, 3, 9,
        ),
        (["/reports/coverage/", "/reports/not-covered/?of=members"], more_members, 3, 37),
        (["/assets/"], more_assets, 3, 37),
        (["/dpias/"], more_dpias, 3, 37),
    ],
)  # fmt: skip
def test_forty_rows_cost_as_many_statements_as_three(
    client, county, paths, more, few, many, django_assert_max_num_queries
):
    client.force_login(county.users["office"])
    counts = []
    for number in (few, many):
        more(county, number)
        asked = {}
        for path in paths:
            assert client.get(path).status_code == 200
            with django_assert_max_num_queries(60, info=path) as statements:
                client.get(path)
            asked[path] = len(statements)
        counts.append(asked)
    assert counts[0] == counts[1]
