"""Information assets: where information comes from."""

import pytest

from agreements.flows.models import Asset
from agreements.flows.services import assets as services
from tests import worlds
from tests.agreements.flows.making import TEST, Draft

pytestmark = pytest.mark.django_db


@worlds.shared
def draft():
    return Draft()


@pytest.fixture
def page(client, draft):
    client.force_login(draft.officer)
    return client


def test_an_officer_adds_changes_and_ends_an_asset_of_their_body(page, draft):
    said = {"organisation": draft.council.legal_name, "name": "Mosaic", "keeper": "Head of care"}
    answer = page.post("/assets/add/", said)
    asset = Asset.objects.get()
    assert answer.url == f"/assets/{asset.pk}/"
    assert "Head of care" in page.get(answer.url).content.decode()
    page.post(f"{answer.url}change/", {"name": "Mosaic 2", "standard": "OASIS", "row_version": 1})
    assert "Mosaic 2" in page.get("/assets/?q=mos").content.decode()
    assert page.post(f"{answer.url}change/", {"name": "M", "row_version": 1}).status_code == 409
    page.post(f"{answer.url}end/", {"row_version": 2})
    asset.refresh_from_db()
    assert asset.is_ended
    assert "Mosaic 2" not in page.get("/assets/").content.decode()
    assert "Mosaic 2" in page.get("/assets/?show=ended").content.decode()


def test_an_asset_of_another_body_is_read_and_not_changed(page, draft):
    asset = services.add_asset(by=TEST, organisation=draft.police, name="Niche")
    assert page.get(f"/assets/{asset.pk}/").status_code == 200
    assert page.get(f"/assets/{asset.pk}/change/").status_code == 403
    assert page.get(f"/assets/{asset.pk}/end/").status_code == 403
    said = {"organisation": draft.police.legal_name, "name": "Another"}
    assert page.post("/assets/add/", said).status_code == 403


def test_assets_of_bodies_that_the_reader_may_not_know_leave_no_trace(client, draft):
    asset = services.add_asset(by=TEST, organisation=draft.police, name="Niche")
    client.force_login(draft.cast.outsider)
    assert client.get(f"/assets/{asset.pk}/").status_code == 404
    assert "<strong>0</strong>" in client.get("/assets/").content.decode()


def test_a_flow_takes_from_an_asset_of_a_party(page, draft):
    mine = services.add_asset(by=TEST, organisation=draft.council, name="Mosaic")
    gone = services.add_asset(
        by=TEST, organisation=draft.council, name="Paper files", is_ended=True
    )
    flow = draft.flow()
    address = draft.url("what/", flow)
    shown = page.get(address).content.decode()
    assert "Mosaic" in shown
    assert "Paper files" not in shown
    assert f"/assets/add/?next={address}" in shown
    page.post(
        address, {"asked": "title asset", "row_version": 1, "title": "Concerns", "asset": mine.pk}
    )
    flow.refresh_from_db()
    assert flow.asset == mine
    assert gone.is_ended
