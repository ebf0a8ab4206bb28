"""Pages of the reference lists."""

import pytest

from register.lists.models import Item
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.partnership()


@pytest.fixture
def admin_client(client, place):
    client.force_login(make.officer("administrator", place))
    return client


def test_lists_are_read_by_everybody_and_kept_by_administrators(client, place):
    client.force_login(make.officer("auditor", place))

    page = client.get("/lists/post_kind/").content.decode()

    assert "Caldicott Guardian" in page
    assert "Add a row" not in page
    assert client.get("/lists/").status_code == 200
    assert client.get("/lists/colours/").status_code == 404
    assert client.get("/lists/post_kind/add/").status_code == 403


def test_an_administrator_adds_rewords_and_ends_a_row(admin_client):
    answer = admin_client.post("/lists/file_kind/add/", {"label": "Data map"}, follow=True)
    assert "The row is added." in answer.content.decode()
    item = Item.objects.get(code="data_map")

    address = f"/lists/file_kind/{item.pk}/change/"
    admin_client.post(address, {"label": "Map of data", "row_version": 1, "reason": "Plainer"})
    end = {"until": "1 2 2030", "row_version": 2}
    admin_client.post(f"/lists/file_kind/{item.pk}/end/", end)

    item.refresh_from_db()
    assert (item.label, str(item.in_force_until)) == ("Map of data", "2030-02-01")
    history = admin_client.get("/lists/file_kind/history/").content.decode()
    assert "Plainer" in history
    assert "Row of a reference list changed" in history


def test_what_was_typed_comes_back_with_the_refusal(admin_client):
    item = Item.objects.get(list_code="marking", code="secret")
    sent = {"label": "", "meaning": "Typed at length", "row_version": 1}

    answer = admin_client.post(f"/lists/marking/{item.pk}/change/", sent)

    assert answer.status_code == 422
    assert "Enter wording." in answer.content.decode()
    assert "Typed at length" in answer.content.decode()


def test_both_wordings_are_shown_when_two_change_one_row(admin_client):
    item = Item.objects.get(list_code="marking", code="secret")
    address = f"/lists/marking/{item.pk}/change/"
    admin_client.post(address, {"label": "SECRET (first)", "row_version": 1})

    answer = admin_client.post(address, {"label": "SECRET (second)", "row_version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "SECRET (first)" in page
    assert "SECRET (second)" in page
