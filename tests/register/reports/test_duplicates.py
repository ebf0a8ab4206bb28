"""Duplicates: the planted ones and no others, side by side, settled with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import Flow
from register.ledger.models import Entry
from register.reports.duplicates import duplicates_for
from register.reports.models import DuplicateDismissal
from register.reports.services import dismiss_duplicate
from tests import worlds
from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

pytestmark = pytest.mark.django_db
ITEMS = (("Name", "name_identifiers"), ("Risk", "risk_markers"), ("Incident", "incidents"))
RENT = (("Rent owed", "housing"), ("Income", "income_benefits"))


@worlds.shared
def planted(framework):
    """A near-identical pair of flows in two agreements, two agreements that could be one, and others
    that are near but not the same: other data, another use, the way back.
    """
    county = framework.county
    council, police, trust = county.council, county.police, county.trust
    first = sharing.agreement(
        framework,
        flow("Weekly list of children at risk", council, police, items=ITEMS),
        flow("Rent arrears of families", council, police, items=RENT),
        flow("Answers on children at risk", police, council, items=ITEMS),
        title="Children at risk",
    )
    second = sharing.agreement(
        framework,
        flow("Weekly list of the children at risk", council, police, items=ITEMS),
        flow("Planning of services", council, police, items=ITEMS, use_kind="planning"),
        title="Domestic abuse",
    )
    same = [
        sharing.agreement(
            framework,
            flow(f"Discharge notes {words}", trust, council, items=ITEMS),
            flow("Beds free", trust, council, items=RENT),
            title=f"Hospital discharge {words}",
        )
        for words in ("to home", "to the home")
    ]
    return first, second, *same


def found(user):
    both = duplicates_for(user)
    titles = dict(Flow.objects.values_list("pk", "title"))
    flows = {frozenset((titles[one.first], titles[one.second])) for one in both.flows}
    return {frozenset((one.first, one.second)) for one in both.agreements}, flows


def test_it_finds_the_planted_ones_and_no_others(planted, county):
    *_, one, other = planted
    agreements, flows = found(county.users["office"])
    assert agreements == {frozenset((one.pk, other.pk))}
    assert flows == {
        frozenset(("Weekly list of children at risk", "Weekly list of the children at risk"))
    }
    (together,) = duplicates_for(county.users["office"]).agreements
    assert len(together.flows) == 2


def test_the_page_shows_side_by_side_what_differs_and_settles_it(planted, county):
    office, (*_, one, other) = county.users["office"], planted
    page = ask(office, "/reports/duplicates/")
    (pair,) = page.context["flows"]
    beside = ask(office, pair["address"])
    differs = {row.label for row in beside.context["compared"] if not row.is_same}
    assert differs == {"Name"}
    client = Client()
    client.force_login(office, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(pair["address"], {"reason": " "}).status_code == 422
    assert client.post(pair["address"], {"reason": "Two age groups."}).status_code == 302
    assert found(office)[1] == set()
    assert Entry.objects.filter(verb="duplicate.dismissed").count() == 1
    assert "Two age groups." in ask(office, "/reports/duplicates/").content.decode()
    row = DuplicateDismissal.objects.get()
    client.post(f"/reports/duplicates/{row.pk}/reopen/")
    assert len(found(office)[1]) == 1
    both = ask(office, f"/reports/duplicates/agreements/{one.reference}/{other.reference}/")
    assert {"Title", "Flows"} <= {r.label for r in both.context["compared"] if not r.is_same}


def test_only_those_who_keep_one_of_the_two_may_settle_it(planted, county):
    *_, one, other = planted
    with pytest.raises(PermissionDenied):
        dismiss_duplicate(by=county.users["auditor"], first=one, second=other, reason="So.")
    dismiss_duplicate(by=county.users["office"], first=other, second=one, reason="Two wards.")
    agreements, flows = found(county.users["office"])
    assert agreements == set()
    assert len(flows) == 3  # their flows are told by themselves again


def test_what_may_not_be_seen_has_no_duplicates(framework, county):
    for title in ("One", "One more"):
        sharing.agreement(
            framework, flow("Plans", county.council, county.trust, items=ITEMS), title=title,
            restricted=True,
        )  # fmt: skip
    assert found(county.users["police_officer"]) == (set(), set())
    assert found(county.users["office"]) != (set(), set())


def test_it_asks_as_much_of_many_flows_as_of_few(framework, county):
    office = county.users["office"]
    sharing.many(framework, 20, county.council, county.police)
    with CaptureQueriesContext(connection) as few:
        duplicates_for(office)
    sharing.many(framework, 400, county.council, county.trust, title="More")
    with CaptureQueriesContext(connection) as more:
        duplicates_for(office)
    assert len(more) <= len(few)
