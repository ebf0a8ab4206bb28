"""Coverage by community, body and tier; and what exactly is not covered."""

import pytest

from register.core.dates import today
from register.directory.services import communities
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services import content, facts, moving
from register.ledger.acts import act
from register.signing import services as signing
from tests import make, make_documents

pytestmark = pytest.mark.django_db
TEST = "system:test"
COVERAGE, GAPS = "/reports/coverage/", "/reports/not-covered/"


@pytest.fixture
def office(client, county):
    client.force_login(county.users["office"])
    return client


def line_of(answer, body):
    return next(x for x in answer.context["lines"] if x.member.organisation_id == body.pk)


def gaps_of(answer):
    return {
        (line["about"], line["body"].pk if line["body"] else None): [
            r.says for r in line["reasons"]
        ]
        for line in answer.context["lines"]
    }


def withdraw(slot):
    signing.record_withdrawal(by=TEST, slot=slot, reason="It left.", withdrawn_on=today())


def restrict(document):
    document.refresh_from_db()
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, visibility="named",
        is_restricted=True,
    )  # fmt: skip


def test_the_matrix_says_who_signed_what_at_each_tier(office, framework, county):
    withdraw(framework.slot(framework.charter, county.police))
    answer = office.get(COVERAGE)
    line = line_of(answer, county.police)
    assert [mark.words for mark in line.charters] == ["Withdrawn"]
    assert [mark.words for mark in line.protocols] == ["Signed"]
    assert (line.signed, line.asked) == (1, 1)
    assert not line.is_covered
    council = line_of(answer, county.council)
    assert (council.signed, council.asked, council.is_covered) == (2, 2, True)
    summary = answer.context["summaries"][0]
    assert (summary.members, summary.charter, summary.protocol, summary.not_covered) == (3, 2, 3, 1)
    assert f"{framework.charter.get_absolute_url()}#signatures" in answer.text


def test_a_member_that_was_never_asked_is_missing(office, framework, county):
    body = make.member(county.partnership, "Little Trust").organisation
    communities.join_community(by=TEST, community=county.community, organisation=body)
    line = line_of(office.get(COVERAGE), body)
    assert [mark.words for mark in [*line.charters, *line.protocols]] == ["Missing", "Missing"]
    assert (line.signed, line.asked) == (0, 0)


def test_the_link_of_the_figures_leads_to_those_agreements(office, framework, county):
    line = line_of(office.get(COVERAGE), county.police)
    answer = office.get(line.address)
    assert {row.reference for row in answer.context["rows"]} == {framework.ours.reference}


def test_everything_on_one_page_for_printing_and_as_sheets(office, framework, county):
    assert office.get(f"{COVERAGE}?all=1").context["page"] is None
    sheet = b"".join(office.get(f"{COVERAGE}export/csv/")).decode()
    assert f"{framework.charter.reference}: Signed" in sheet
    assert sheet.count("\r\n") == 4
    assert b"".join(office.get(f"{COVERAGE}export/xlsx/"))[:2] == b"PK"
    assert office.get(f"{COVERAGE}export/pdf/").status_code == 404


def test_one_community_of_many(office, framework, county):
    make.community(county.partnership, county.trust, name="Health")
    answer = office.get(f"{COVERAGE}?community={county.community.slug}")
    assert {line.member.community_id for line in answer.context["lines"]} == {county.community.pk}
    assert len(answer.context["summaries"]) == 2
    assert office.get(f"{COVERAGE}?community=nonsense").status_code == 404


def test_restricted_entries_leave_no_trace_in_coverage(client, framework, county):
    restrict(framework.ours)
    restrict(framework.protocol)
    client.force_login(county.users["police_officer"])
    answer = client.get(COVERAGE)
    line = line_of(answer, county.police)
    assert (line.signed, line.asked, line.protocols) == (0, 0, [])
    for hidden in (framework.ours, framework.protocol):
        assert hidden.reference not in answer.text
        assert hidden.reference not in client.get(GAPS).text


def test_nothing_is_uncovered_where_everybody_signed(office, framework):
    assert gaps_of(office.get(GAPS)) == {}


def test_each_gap_of_a_party_is_named_exactly(office, framework, county):
    withdraw(framework.slot(framework.charter, county.police))
    agreement = make_documents.agreement(
        county.partnership, county.council, county.trust, protocol=framework.protocol,
        title="Third",
    )  # fmt: skip
    version = agreement.newest
    content.add_party(
        by=TEST, version=version, organisation=county.charity, only_this_reason="One project."
    )
    make_documents.slot(version, county.charity, county.posts["charity", "senior_officer"])
    make_documents.walk(version, State.SIGNING)
    found = gaps_of(office.get(GAPS))
    assert set(found) == {
        (framework.ours.reference, county.police.pk),
        (agreement.reference, county.charity.pk),
    }
    said = found[framework.ours.reference, county.police.pk]
    assert said[0].startswith(f"It withdrew its signature from the charter {framework.charter}")
    assert found[agreement.reference, county.charity.pk] == [
        "It is bound by this agreement only: One project."
    ]


def test_a_protocol_that_ended_covers_nobody(office, framework, county):
    moving.end(by=TEST, document=framework.protocol, reason="Over.")
    found = gaps_of(office.get(GAPS))
    assert len(found) == 4
    said = found[framework.ours.reference, county.council.pk]
    assert said[0] == f"Nothing is in force of the protocol {framework.protocol}."


def test_an_unconfirmed_entry_covers_nobody(office, framework, county):
    with act(by=TEST, verb="test.marked", subject=framework.ours):
        document = Document.objects.get(pk=framework.ours.pk)
        document.is_confirmed = False
        document.save()
    found = gaps_of(office.get(GAPS))
    assert set(found) == {
        (framework.ours.reference, county.council.pk),
        (framework.ours.reference, county.police.pk),
    }


def test_members_without_a_signature_and_agreements_outside(office, framework, county):
    withdraw(framework.slot(framework.protocol, county.trust))
    found = gaps_of(office.get(f"{GAPS}?of=members"))
    assert set(found) == {(county.community.name, county.trust.pk)}
    outside = make_documents.agreement(county.partnership, county.council, county.police,
                                       state=State.IN_FORCE, title="Outside")  # fmt: skip
    found = gaps_of(office.get(f"{GAPS}?of=outside"))
    assert found == {(outside.reference, None): ["A national scheme."]}
    sheet = b"".join(office.get(f"{GAPS}export/csv/?of=members")).decode()
    assert county.trust.legal_name in sheet


def test_a_community_without_a_protocol_covers_no_member(office, framework, county):
    health = make.community(county.partnership, county.trust, name="Health")
    found = gaps_of(office.get(f"{GAPS}?of=members&community={health.slug}"))
    assert found == {("Health", county.trust.pk): ["The community has no protocol."]}


def test_coverage_and_gaps_cost_as_much_for_many_as_for_few(office, framework, county,
                                                            django_assert_max_num_queries):  # fmt: skip
    def cost(address):
        with django_assert_max_num_queries(60) as asked:
            assert office.get(address).status_code == 200
        return len(asked)

    pages = [COVERAGE, GAPS, f"{GAPS}?of=members", f"{GAPS}?of=outside"]
    for page in pages:
        office.get(page)
    withdraw(framework.slot(framework.charter, county.police))
    few = [cost(page) for page in pages]
    for number in range(9):
        body = make.member(county.partnership).organisation
        communities.join_community(by=TEST, community=county.community, organisation=body)
        make_documents.agreement(
            county.partnership, county.council, county.police, protocol=framework.protocol,
            state=State.IN_FORCE, title=f"More {number}",
        )  # fmt: skip
    assert [cost(page) for page in pages] == few
