"""Who shares what with whom: numbers, links, folding, visibility, files."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import Line
from register.documents.lifecycle import State
from register.reports.seen import Body, governing_lines
from register.reports.who_shares import FEW, WIDE, Amount, Pair, matrix_of, pairs_of
from tests import worlds
from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

pytestmark = pytest.mark.django_db


@worlds.shared
def shared(framework):
    """Council gives police two flows and the trust one; the police give the council one, restricted."""
    county = framework.county
    sharing.agreement(
        framework,
        flow("Referrals", county.council, county.police),
        flow("Plans", county.council, [county.police, county.trust], volume="1_10"),
        title="Open agreement",
    )
    sharing.agreement(
        framework, flow("Secret", county.police, county.council), title="Hidden", restricted=True
    )
    return framework


def pairs(user):
    found = pairs_of(governing_lines(user))
    return {(pair.giver, pair.taker): pair.amount.flows for pair in found}


def test_every_pair_has_its_number_and_a_flow_counts_once_for_each_pair(shared, county):
    assert pairs(county.users["office"]) == {
        (county.council.pk, county.police.pk): 2,
        (county.council.pk, county.trust.pk): 1,
        (county.police.pk, county.council.pk): 1,
    }


def test_what_is_restricted_leaves_no_trace_for_those_who_may_not_know_of_it(shared, county):
    from_outside = pairs(county.users["police_manager"])
    assert (county.police.pk, county.council.pk) in pairs(county.users["office"])
    page = ask(county.users["auditor"], "/who-shares/").content.decode()
    assert "4 flows" in page
    # Nobody of the trust has a login: somebody of another partnership sees nothing at all.
    assert from_outside  # a party reads what is restricted to its parties


def test_a_stranger_to_the_parties_sees_neither_the_flow_nor_its_number(framework, county):
    sharing.agreement(
        framework, flow("Secret", county.council, county.trust), title="Hidden", restricted=True
    )
    assert pairs(county.users["police_officer"]) == {}
    page = ask(county.users["police_officer"], "/who-shares/flows/").content.decode()
    assert "Secret" not in page
    assert "<strong>0 flows from one body to another</strong>" in page
    assert pairs(county.users["office"]) == {(county.council.pk, county.trust.pk): 1}


def test_the_number_of_a_cell_is_the_number_of_the_list_it_leads_to(shared, county):
    page = ask(county.users["office"], "/who-shares/")
    row = next(r for r in page.context["rows"] if r["head"]["place"].key == county.council.pk)
    assert f"giver={county.council.pk}&amp;taker={county.police.pk}" in row["cells"]
    to = f"/who-shares/flows/?giver={county.council.pk}&taker={county.police.pk}"
    listed = ask(county.users["office"], to)
    assert listed.context["page"].count == 2
    total = ask(county.users["office"], f"/who-shares/flows/?giver={county.council.pk}")
    assert total.context["page"].count == row["head"]["place"].total.flows == 3
    assert total.context["counts"] == {"flows": 2, "agreements": 1}


def test_each_flow_stands_once_where_the_list_counts_flows(shared, county):
    page = ask(county.users["office"], "/who-shares/flows/?each=flow&volume=1_10")
    assert [one.flow.title for one in page.context["rows"]] == ["Plans"]
    assert page.context["rows"][0].takers == [county.police.legal_name, county.trust.legal_name]


def test_a_flow_leads_to_its_place_on_the_page_of_its_agreement(shared, county):
    page = ask(county.users["office"], "/who-shares/flows/")
    one = page.context["rows"][0]
    assert one.address == f"/register/{one.reference}/#flow-{one.flow.lineage}"
    assert one.purpose == "Safeguarding"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("use=safeguarding", 4), ("use=research", 0), ("category=name_identifiers", 4),
        ("personal=yes", 4), ("personal=no", 0), ("state=signing", 0), ("state=active", 4),
        ("volume=1_10", 2), ("volume=none", 2), ("state=unconfirmed", 0),
    ],
)  # fmt: skip
def test_each_filter_leaves_what_it_names(shared, county, query, number):
    page = ask(county.users["office"], f"/who-shares/flows/?{query}")
    assert page.context["page"].count == number
    assert page.context["is_understood"]


def test_filters_by_body_community_and_purpose_are_understood(shared, county):
    purpose = sharing.purpose_of(shared).lineage
    for query, number in (
        (f"body={county.trust.pk}", 1),
        (f"community={county.community.pk}", 4),
        (f"purpose={purpose}", 4),
        ("purpose=none", 0),
        (f"partnership={county.partnership.pk}", 4),
    ):
        page = ask(county.users["office"], f"/who-shares/?{query}")
        assert page.context["total"].flows == number, query
        assert page.context["is_understood"]
        assert len(page.context["chips"]) == 1


@pytest.mark.parametrize(
    "query", ["community=999999", "use=nothing", "body=x", "purpose=x", "form=y"]
)
def test_an_address_that_is_not_understood_does_no_harm(shared, county, query):
    page = ask(county.users["office"], f"/who-shares/?{query}&page=9999999999&giver_page=0x")
    assert page.status_code == 200
    assert page.context["total"].flows == 4


def test_what_waits_for_signatures_is_not_in_force(framework, county):
    sharing.agreement(
        framework, flow("Soon", county.council, county.police), state=State.SIGNING, title="Soon"
    )
    assert pairs(county.users["office"]) == {}
    page = ask(county.users["office"], "/who-shares/flows/?state=signing")
    assert [one.line.state for one in page.context["rows"]] == ["signing"]


def test_unconfirmed_and_unsigned_flows_are_counted_apart(shared, county):
    Line.objects.filter(recipient_id=county.trust.pk).update(is_unconfirmed=True, is_active=False)
    page = ask(county.users["office"], "/who-shares/")
    assert page.context["total"] == Amount(flows=4, active=3, unconfirmed=1)
    assert "1 not yet signed at both ends" in page.content.decode()
    assert "<sup>un</sup>" in page.content.decode()


def test_many_bodies_fold_into_kinds_and_a_kind_unfolds_a_part_at_a_time():
    bodies = {pk: Body(pk, f"Body {pk:03}", "", "gp_practice") for pk in range(1, 101)}
    bodies[200] = Body(200, "Council", "", "county_council")
    given = [Pair(pk, 200, Amount(pk, pk, 0)) for pk in range(1, 101)]
    folded = matrix_of(given, bodies)
    assert len(bodies) > FEW
    assert [place.words for place in folded.givers.places] == ["GP practice"]
    assert not folded.takers.is_folded
    assert folded.cells == {(0, 0): Amount(5050, 5050, 0)}
    open_ = matrix_of(given, bodies, giver_kind="gp_practice", giver_page=3, by_amount=True)
    assert (open_.givers.pages, len(open_.givers.places)) == (3, 100 - 2 * WIDE)
    assert [place.total.flows for place in open_.givers.places] == list(range(20, 0, -1))
    assert open_.total.flows == 5050


def test_the_list_of_pairs_is_sorted_by_amount_when_asked(shared, county):
    page = ask(county.users["office"], "/who-shares/?form=list&sort=amount")
    assert [pair["amount"].flows for pair in page.context["pairs"]] == [2, 1, 1]


def test_files_hold_the_same_numbers_and_no_formula_can_run(framework, county):
    sharing.agreement(framework, flow("=cmd|' /C calc'!A0", county.council, county.police))
    answer = ask(county.users["office"], "/who-shares/export/flows/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
    assert rows[1][3:5] == [county.council.legal_name, county.police.legal_name]
    matrix = ask(county.users["office"], "/who-shares/export/matrix/csv/")
    rows = list(csv.reader(io.StringIO(b"".join(matrix.streaming_content).decode("utf-8-sig"))))
    assert rows[1:] == [[county.council.legal_name, "1", "1"], ["Total", "1", "1"]]
    assert ask(county.users["office"], "/who-shares/export/pairs/xlsx/").status_code == 200
    assert ask(county.users["office"], "/who-shares/export/pairs/pdf/").status_code == 404
    assert ask(county.users["office"], "/who-shares/export/other/csv/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/who-shares/", "/who-shares/?form=list", "/who-shares/flows/?size=100"]
)
def test_pages_ask_as_much_of_many_flows_as_of_few(framework, county, path):
    sharing.many(framework, 20, county.council, county.police, title="First")
    ask(county.users["office"], path)  # lists are read once a minute
    with CaptureQueriesContext(connection) as few:
        ask(county.users["office"], path)
    sharing.many(framework, 400, county.police, county.trust, title="Second")
    with CaptureQueriesContext(connection) as more:
        ask(county.users["office"], path)
    assert len(more) == len(few)
