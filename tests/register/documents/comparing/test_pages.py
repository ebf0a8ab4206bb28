"""The page that compares two versions: what it says, to whom, and how much it asks the database."""

import re

import pytest
from django.urls import reverse
from lxml import html

from agreements.flows.models import Flow, PartyGroup
from agreements.flows.services import flows, groups
from register.core.dates import add_months, today
from register.directory.services import organisations
from register.documents.comparing import GROUP_MEMBERS, compare, must_sign_again, only_told
from register.documents.lifecycle import State
from register.documents.models import Clause, Version
from register.documents.services import content
from tests import county as counties
from tests import make_documents as make
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
LONG = "Cambridgeshire and Peterborough Combined Authority, Police and Crime Commissioner and Fire"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def agreement(county):
    """Version 1 in force, of three bodies with a flow between two; version 2 a draft of it."""
    document = make_flows.agreement_with(
        county.partnership, county.council, county.police, county.trust, lead=county.council,
        flows=[{"providers": county.council, "recipients": county.police}],
    )  # fmt: skip
    make_flows.revised(document)
    return document


@pytest.fixture
def draft(agreement) -> Version:
    return agreement.newest


def page(client, document, **asked):
    return client.get(reverse("documents:compare", args=[document.reference]), asked)


def words(answer) -> str:
    return " ".join(" ".join(html.fromstring(answer.content).find(".//main").itertext()).split())


def reword(draft, **values):
    clause = Clause.objects.filter(version=draft).first()
    content.change_item(by=TEST, row=clause, row_version=clause.row_version, **values)


def as_(client, county, who):
    client.force_login(county.users[who])
    return client


def test_a_draft_just_begun_differs_in_nothing(client, county, agreement):
    said = words(page(as_(client, county, "office"), agreement))
    assert "From version 1 (in force) to version 2 (draft): nothing differs." in said


def test_what_governs_is_compared_with_what_is_in_preparation(client, county, agreement, draft):
    reword(draft, text="<p>Why we must share.</p>")
    answer = page(as_(client, county, "office"), agreement)
    said = words(answer)
    assert "1 change, and it is material." in said
    assert "Clauses, 1 Purpose: “Text” changes." in said
    inside = html.fromstring(answer.content)
    (added,) = inside.xpath("//main//div[@class='register-difference__words']/ins")
    assert added.text_content() == "added: must  (end of added) "
    assert added.xpath("span[@class='govuk-visually-hidden']")[0].text_content() == "added: "


def test_who_signs_again_is_said_before_it_is_sent(client, county, agreement, draft):
    flow = Flow.objects.get(version=draft)
    flows.change_flow(by=TEST, flow=flow, row_version=flow.row_version, retention_period="7 years")
    rows = html.fromstring(page(as_(client, county, "office"), agreement).content).xpath(
        "//section[h2[@id='again']]//tbody/tr"
    )
    said = {row[0].text_content(): row[1].text_content() for row in rows}
    # Who has signed is what the room of signatures holds: here all three, on paper.
    assert said == {
        "WY County Council": "Signs again",
        "WY Police": "Signs again",
        "WY Hospitals NHS Foundation Trust": "Is told, and may object",
    }


def test_signatures_that_stand_decide_who_is_asked(agreement, draft):
    reword(draft, text="<p>Why we must share.</p>")
    old = agreement.governing
    assert set(must_sign_again(old, draft, signed={"WY Police"})) == {"WY Police"}
    assert only_told(old, draft, signed={"WY Police"}) == {}


def test_the_page_asks_the_room_of_signatures_who_has_signed(
    client, county, agreement, draft, monkeypatch
):
    reword(draft, text="<p>Why we must share.</p>")
    monkeypatch.setattr(
        "register.documents.comparing.again.SIGNED_UNDER", [lambda v: {"WY Police"}]
    )
    said = words(page(as_(client, county, "office"), agreement))
    assert "WY Police Signs again" in said
    assert "WY County Council Signs It has not signed version 1" in said


@pytest.mark.parametrize(
    ("who", "default", "asked"),
    [
        ("office", 200, 200),
        ("auditor", 200, 200),
        ("council_officer", 200, 200),
        ("police_manager", 200, 404),
    ],
)
def test_a_draft_is_compared_by_those_who_may_read_it(
    client, county, agreement, draft, who, default, asked
):
    reword(draft, text="<p>A secret of the draft.</p>")
    as_(client, county, who)
    assert page(client, agreement).status_code == default
    answer = page(client, agreement, old=1, new=2)
    assert answer.status_code == asked
    if asked == 404:
        first = page(client, agreement)
        assert "secret" not in answer.content.decode() + first.content.decode()
        assert "only version that you may read" in words(first)


def test_a_stranger_signs_in_and_an_outsider_finds_nothing(client, county, agreement):
    assert page(client, agreement).status_code == 302
    elsewhere = counties.found(add_months(today(), -13), prefix="NO", name="Northmere")
    client.force_login(elsewhere.users["council_officer"])
    assert page(client, agreement).status_code == 404


@pytest.mark.parametrize("asked", [{"old": 9}, {"new": "x"}, {"old": "-1"}, {"old": "", "new": ""},
                                   {"new": "٣"}, {"old": "1\x00"}])  # fmt: skip
def test_versions_that_are_not_there_are_not_found(client, county, agreement, asked):
    assert page(as_(client, county, "office"), agreement, **asked).status_code == 404


def test_the_same_version_twice_asks_for_two(client, county, agreement):
    said = words(page(as_(client, county, "office"), agreement, old=1, new=1))
    assert "These are the same version. Choose two." in said


def test_backwards_is_said_to_be_backwards(client, county, agreement, draft):
    reword(draft, text="<p>Why we must share.</p>")
    said = words(page(as_(client, county, "office"), agreement, old=2, new=1))
    assert "This reads backwards" in said
    assert "Who signs again" not in said


def test_markup_and_scripts_in_a_text_are_words(client, county, agreement, draft):
    reword(draft, heading='<script>alert("1")</script>\u202e')
    answer = page(as_(client, county, "office"), agreement).content.decode()
    assert "<script>alert" not in answer
    assert "&lt;script&gt;" in answer
    assert "[right-to-left override]" in answer


def test_the_entry_the_version_and_the_check_lead_to_it(client, county, agreement):
    as_(client, county, "office")
    for name, args in (("document", ()), ("version", (1,)), ("check", ())):
        address = reverse(f"documents:{name}", args=[agreement.reference, *args])
        assert f"/register/{agreement.reference}/compare/" in client.get(address).content.decode()


def test_it_leads_to_what_counts_as_material(client, county, agreement):
    as_(client, county, "office")
    address = html.fromstring(page(client, agreement).content).xpath(
        "//a[text()='What counts as material']/@href"
    )[0]
    said = words(client.get(address))
    assert "Information flows: retention" in said
    assert "Material: those concerned sign again" in said


def test_the_longest_names_stand_whole(client, county, agreement, draft):
    body = organisations.add_organisation(by=TEST, legal_name=LONG)
    content.add_party(by=TEST, version=draft, organisation=body)
    assert f"{LONG} is new" in words(page(as_(client, county, "office"), agreement))


def test_a_group_stands_for_those_who_joined_it(county, draft):
    group = content.add_item(by=TEST, version=draft, model=PartyGroup, name="Practices")
    groups.join_group(
        by=TEST, document=draft.document, group=group.lineage, organisation=county.charity,
        form_signatory="A. Partner",
    )  # fmt: skip
    assert [ask(draft) for ask in GROUP_MEMBERS] == [{"Practices": {"WY Carers"}}]
    assert compare(draft.document.governing, draft).class_for("WY Carers") == "material"


def test_frozen_versions_are_compared_by_the_bytes_that_were_signed(agreement, draft):
    old = agreement.governing
    make.walk(draft, State.IN_FORCE)
    first, second = agreement.versions.order_by("number")
    assert (first.pk, compare(first, second).is_empty) == (old.pk, True)
    assert compare(None, second).is_first


def test_the_statements_stay_the_same_at_any_size(
    client, county, agreement, draft, django_assert_max_num_queries
):
    as_(client, county, "office")
    page(client, agreement)
    with django_assert_max_num_queries(36) as small:
        page(client, agreement)
    for number in range(6):
        make_flows.flow(draft, county.trust, county.police, title=f"Flow {number}")
        content.add_clause(by=TEST, version=draft, heading=f"Clause {number}")
    with django_assert_max_num_queries(len(small)):
        answer = page(client, agreement)
    assert "Flow 7, Flow 5" in words(answer)
    assert re.search(r"1[2-9] changes", words(answer))
