"""Agreements: their protocols, and standing outside the framework."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.services import place_agreement
from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.body import body_of
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.rules import broken_by
from register.documents.services import drafting
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
    return make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)


@worlds.shared
def protocols(county, charter):
    parties = (charter, county.community, county.council, county.police)
    return [make.protocol(*parties, state=State.IN_FORCE), make.protocol(*parties)]


@worlds.shared
def agreement(county, protocols):
    return make.agreement(county.partnership, county.council, county.police, protocol=protocols[0])


def place(document, **facts):
    return place_agreement(
        by=TEST, document=document, **{"protocol": None, "row_version": 1} | facts
    )


def test_an_agreement_has_one_main_and_further_protocols(agreement, protocols):
    main, further = protocols
    place(agreement, protocol=main, further=(further,))
    roles = [(p["role"], p["reference"], p["state"]) for p in body_of(agreement.newest)["parents"]]
    assert roles == [("main", "WY-P-0001", "in_force"), ("further", "WY-P-0002", "draft")]
    place(agreement, protocol=main, further=())
    assert len(body_of(agreement.newest)["parents"]) == 1


@pytest.mark.parametrize("stands_outside", [True, False])
def test_it_stands_under_a_protocol_or_outside_but_not_both(agreement, protocols, stands_outside):
    wrong = {"is_outside": stands_outside, "outside_reason": ""}
    if stands_outside:
        with pytest.raises(ValidationError, match="not both"):
            place(agreement, protocol=protocols[0], is_outside=True, outside_reason="x")
        with pytest.raises(ValidationError, match="Say why it stands outside"):
            place(agreement, **wrong)
    else:
        place(agreement, **wrong)
        fresh = Document.objects.get(pk=agreement.pk)
        says = [rule.says for rule in broken_by(fresh.newest) if rule.is_bar]
        assert any("Choose the main protocol" in sentence for sentence in says)


def test_only_a_protocol_of_the_same_partnership_stands_above(agreement, charter, protocols):
    with pytest.raises(ValidationError, match="Choose a protocol of the same partnership"):
        place(agreement, protocol=charter)
    with pytest.raises(ValidationError, match="is not a further one as well"):
        place(agreement, protocol=protocols[0], further=(protocols[0],))


def test_the_second_to_place_it_is_told(agreement, protocols):
    place(agreement, protocol=protocols[1])
    with pytest.raises(Conflict):
        place(agreement, protocol=protocols[0])


def test_warnings_do_not_bar_it(agreement):
    broken = broken_by(agreement.newest)
    assert {rule.code for rule in broken if not rule.is_bar} >= {"A3", "A5", "D5"}
    assert not [rule for rule in broken if rule.is_bar]


def test_the_place_is_changed_on_its_page(client, county, agreement, protocols):
    client.force_login(county.users["office"])
    page = reverse("documents:place", args=[agreement.reference])
    form = client.get(page).context["form"]
    assert form.initial["protocol"] == protocols[0].pk
    sent = {"protocol": protocols[1].pk, "further": [protocols[0].pk], "row_version": 1}
    assert client.post(page, sent).status_code == 302
    agreement.agreement.refresh_from_db()
    assert agreement.agreement.protocol == protocols[1]
    answer = client.post(page, sent | {"further": []})
    assert answer.status_code == 409
    answer = client.post(page, sent | {"is_outside": "on", "row_version": 2})
    assert answer.status_code == 422


def test_the_page_leads_up_to_the_charter_and_down_to_the_agreements(
    client, county, charter, protocols, agreement
):
    make.walk(agreement.newest, State.IN_FORCE)
    client.force_login(county.users["office"])
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "Charter WY-C-0001" in page
    assert "Protocol WY-P-0001" in page
    down = client.get(protocols[0].get_absolute_url()).content.decode()
    assert agreement.reference in down
    assert protocols[0].reference in client.get(charter.get_absolute_url()).content.decode()


def test_an_agreement_that_one_may_not_see_is_not_listed_under_its_protocol(
    client, county, protocols, agreement
):
    client.force_login(county.users["police_manager"])
    page = client.get(protocols[0].get_absolute_url()).content.decode()
    assert agreement.reference not in page


def test_a_revision_keeps_the_place(agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    draft = drafting.revise(by=TEST, document=agreement)
    assert [p["reference"] for p in body_of(draft)["parents"]] == ["WY-P-0001"]
