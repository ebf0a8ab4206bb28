"""What is derived from a document costs few statements, the same for one and for many."""

import pytest

from agreements.flows.models import Citation, Line
from register.core.dates import add_months, today
from register.documents.models import Check, Document
from register.documents.services.keeping_up import keep_up, kept_up_once
from register.ledger.acts import act
from register.search.models import Row
from tests import county as counties
from tests import make, make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def ours(county):
    return make.agreement(county.partnership, county.council, county.police)


def kept(*ids):
    with act(by=TEST, verb="test.kept", quiet=True):
        keep_up(ids)


def with_flow(county):
    told = {"providers": county.council, "recipients": county.police}
    parties = (county.council, county.police)
    return make_flows.agreement_with(county.partnership, *parties, flows=[told], state="draft")


def test_an_agreement_without_flows_costs_thirty_five_statements(
    ours, django_assert_max_num_queries
):
    with django_assert_max_num_queries(35):
        kept(ours.pk)


def test_a_charter_asks_nothing_about_flows_and_groups(county, django_assert_max_num_queries):
    charter = make.charter(county.partnership, county.council, county.police)
    with django_assert_max_num_queries(35) as asked:
        kept(charter.pk)
    assert not [each["sql"] for each in asked if "flows_" in each["sql"]]


def test_an_agreement_with_flows_costs_forty_two_and_writes_nothing_twice(
    county, django_assert_max_num_queries
):
    document = with_flow(county)
    before = set(Citation.objects.values_list("pk", flat=True))
    assert before
    with django_assert_max_num_queries(42):
        kept(document.pk)
    assert set(Citation.objects.values_list("pk", flat=True)) == before


def test_ten_agreements_cost_as_many_statements_as_one(county, django_assert_max_num_queries):
    ids = [with_flow(county).pk for _ in range(4)]
    with django_assert_max_num_queries(42) as one:
        kept(ids[0])
    with django_assert_max_num_queries(len(one)):
        kept(*ids)


def test_lines_go_when_their_flow_no_longer_counts(county):
    told = {"providers": county.council, "recipients": county.police}
    parties = (county.council, county.police)
    document = make_flows.agreement_with(
        county.partnership, *parties, flows=[told], state="in_force"
    )
    line = Line.objects.get(document_id=document.pk)
    stray = Line.objects.get(pk=line.pk)
    stray.pk, stray.flow_id = None, line.flow_id + 1
    stray.save(force_insert=True)
    kept(document.pk)
    assert list(Line.objects.filter(document_id=document.pk)) == [line]


def test_a_block_of_acts_brings_each_document_into_line_once(county, ours):
    Row.objects.filter(pk=ours.pk).update(title="Old")
    Check.objects.filter(document=ours).update(is_stale=False)
    with kept_up_once(by=TEST):
        kept(ours.pk)
        assert Row.objects.get(pk=ours.pk).title == "Old"
    assert Row.objects.get(pk=ours.pk).title == Document.objects.get(pk=ours.pk).newest.title
    assert Check.objects.get(document=ours).is_stale
