"""Charters and protocols: their place, their rules, the communities of an initiative."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from charters.models import Initiative, InitiativeCommunity, Principle
from charters.services import name_communities, place_protocol
from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.body import body_of
from register.documents.lifecycle import State
from register.documents.models import Content, Document
from register.documents.rules import broken_by
from register.documents.services import content, drafting, moving
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def charter(county):
    return make.charter(county.partnership, county.council, county.police)


@worlds.shared
def protocol(county, charter):
    return make.protocol(charter, county.community, county.council, county.police)


def add_initiative(charter, letter="A"):
    return content.add_item(
        by=TEST, version=charter.newest, model=Initiative, letter=letter, title="Safe homes"
    )


def test_a_charter_without_principles_is_not_sent(charter):
    for row in Principle.objects.filter(version=charter.newest):
        content.remove_item(by=TEST, row=row)
    with pytest.raises(ValidationError, match="Write at least one principle"):
        moving.send_for_signature(by=TEST, version=charter.newest)


def test_a_protocol_without_general_purposes_or_community_is_not_sent(county, charter):
    version = drafting.start(
        by=TEST, partnership=county.partnership, tier=2, title="Bare", charter=charter
    )
    says = [rule.says for rule in broken_by(version) if rule.is_bar]
    assert "Choose the one information community that the protocol is for." in says
    assert any(sentence.startswith("Name at least one general purpose") for sentence in says)


def test_a_protocol_stands_under_a_charter_or_says_why_not(county, charter, protocol):
    place = {"by": TEST, "document": protocol, "community": county.community}
    with pytest.raises(ValidationError, match="say why it stands outside"):
        place_protocol(**place, row_version=1, charter=None)
    with pytest.raises(ValidationError, match="not both"):
        place_protocol(**place, row_version=1, charter=charter, outside_reason="National.")
    with pytest.raises(ValidationError, match="Choose a charter of the same partnership"):
        place_protocol(**place, row_version=1, charter=protocol)
    placed = place_protocol(**place, row_version=1, charter=None, outside_reason="National.")
    fresh = Document.objects.get(pk=protocol.pk)
    assert body_of(fresh.newest)["outside_framework"] == "National."
    assert placed.row_version == 2
    with pytest.raises(Conflict):
        place_protocol(**place, row_version=1, charter=charter)


def test_a_community_of_another_partnership_is_refused(charter, protocol):
    other = counties.found(add_months(today(), -13), prefix="XY", name="Another")
    with pytest.raises(ValidationError, match="community of the same partnership"):
        place_protocol(
            by=TEST, document=protocol, row_version=1, charter=charter, community=other.community
        )


def test_a_place_does_not_change_while_it_is_signed(county, charter, protocol):
    make.walk(protocol.newest, State.SIGNING)
    with pytest.raises(PermissionDenied, match="out for signature"):
        place_protocol(
            by=TEST, document=protocol, row_version=1, charter=None, community=county.community,
            outside_reason="x",
        )  # fmt: skip


def test_an_initiative_names_its_communities_and_they_are_signed(county, charter):
    row = add_initiative(charter)
    name_communities(by=TEST, initiative=row, communities=[county.community])
    [section] = [s for s in body_of(charter.newest)["sections"] if s["code"] == "initiatives"]
    assert "Children and families" in section["fields"][0]["value"][0]["note"]
    name_communities(by=TEST, initiative=row, communities=[])
    assert not InitiativeCommunity.objects.exists()


def test_an_initiative_with_communities_can_be_removed_and_copied(county, charter):
    row = add_initiative(charter)
    name_communities(by=TEST, initiative=row, communities=[county.community])
    make.walk(charter.newest, State.IN_FORCE)
    draft = drafting.revise(by=TEST, document=charter)
    copy = Initiative.objects.get(version=draft)
    assert copy.community_links.get().community == county.community
    assert copy.lineage == row.lineage
    content.remove_item(by=TEST, row=copy)
    assert InitiativeCommunity.objects.count() == 1


def test_a_letter_is_used_once(charter):
    add_initiative(charter)
    with pytest.raises(ValidationError, match="already used"):
        add_initiative(charter)


def test_links_between_content_follow_what_they_point_at():
    labels = [model._meta.label for model in Content.kinds()]
    assert labels.index("charters.Initiative") < labels.index("charters.InitiativeCommunity")


def test_an_initiative_is_kept_with_its_communities_through_the_page(client, county, charter):
    client.force_login(county.users["office"])
    args = [charter.reference, "initiatives"]
    sent = {
        "letter": "B",
        "title": "Safe streets",
        "text": "",
        "communities": [county.community.pk],
    }
    answer = client.post(reverse("documents:add_item", args=args), sent)
    assert answer.status_code == 302
    row = Initiative.objects.get()
    assert row.community_links.get().community == county.community
    page = reverse("documents:change_item", args=[*args, row.pk])
    form = client.get(page).context["form"]
    assert form.initial["communities"] == [county.community.pk]
    sent |= {"communities": [], "row_version": 1}
    assert client.post(page, sent).status_code == 302
    assert not row.community_links.exists()
    again = client.post(reverse("documents:add_item", args=args), sent)
    assert again.status_code == 422
    assert "already used" in again.content.decode()


def test_a_plan_with_a_wrong_address_is_refused(client, county, charter):
    client.force_login(county.users["office"])
    add = reverse("documents:add_item", args=[charter.reference, "plans"])
    answer = client.post(add, {"title": "Plan", "url": "javascript:alert(1)", "dated_on": ""})
    assert answer.status_code == 422
    assert client.post(add, {"title": "Plan", "url": "example.org/plan"}).status_code == 302
