"""Pages of the reference lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.lists.catalogue import LISTS
from register.lists.labels import forget
from register.lists.models import Item
from tests import make, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
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


def test_lists_stand_under_their_subjects(client, place):
    client.force_login(make.officer("auditor", place))

    page = client.get("/lists/").content.decode()

    for subject in ("Law", "People and data", "Moving and keeping", "Bodies and assurance"):
        assert f">{subject}</h2>" in page
    assert page.index("Legal gateways") < page.index("Kinds of data") < page.index("Controls")


def test_a_row_is_shown_with_its_guidance_its_facts_and_its_history(client, place):
    client.force_login(make.officer("auditor", place))
    item = Item.objects.get(list_code="legal_gateway", code="ca_2004_s16la")

    page = client.get(f"/lists/legal_gateway/{item.pk}/").content.decode()

    assert "Commencement not certain" in page
    assert "Rules that rest on it stay off" in page
    assert "Duty to disclose" in page
    assert "Police force" in page
    assert "Children Act 2004, section 11</a>" in page
    assert "Reference lists loaded" in page
    assert "Change the row" not in page
    assert client.get(f"/lists/post_kind/{item.pk}/").status_code == 404


def test_a_long_list_is_read_a_part_at_a_time(client, place):
    client.force_login(make.officer("auditor", place))

    whole = client.get("/lists/legal_gateway/").content.decode()
    part = client.get("/lists/legal_gateway/?group=housing").content.decode()

    assert "Crime and Disorder Act 1998, section 115" in whole
    assert part.count('<th scope="row">') == 2
    assert "Housing Act 1996, section 213B (duty to refer)" in part
    asked_wrongly = client.get("/lists/legal_gateway/?group=colour").content.decode()
    assert asked_wrongly.count('<th scope="row">') == whole.count('<th scope="row">')


def test_facts_go_through_the_form_and_back(admin_client):
    item = Item.objects.get(list_code="legal_gateway", code="ca_2004_s16la")
    address = f"/lists/legal_gateway/{item.pk}/change/"
    form = admin_client.get(address).context["form"]
    sent = {name: form.initial[name] or "" for name in form.fields if name != "reason"}
    sent = {
        name: "on" if value is True else list(value) if isinstance(value, tuple) else value
        for name, value in sent.items()
        if value not in ("", False)
    }

    same = admin_client.post(address, sent)
    assert same.status_code == 302
    again = Item.objects.get(pk=item.pk)
    assert (again.facts, again.row_version) == (item.facts, 1)

    sent |= {"in_force_from": "1 9 2026", "fact_commencement_instrument": "SI 2026/700"}
    sent["fact_recipient_kinds"] = ["police_force", "county_council"]
    del sent["fact_acts_on_behalf"]
    admin_client.post(address, sent)

    again.refresh_from_db()
    assert again.fact("recipient_kinds") == ("county_council", "police_force")
    assert again.fact("acts_on_behalf") is False
    assert again.fact("power") == "D"
    assert again.is_known_in_force(again.in_force_from)
    history = admin_client.get(f"/lists/legal_gateway/{item.pk}/").content.decode()
    assert "Instrument that commenced it: SI 2026/700" in history


def test_a_code_that_the_list_does_not_have_is_refused(admin_client):
    item = Item.objects.get(list_code="article9_condition", code="9_2_g")
    sent = {"label": item.label, "fact_needs_schedule1": ["sch1_99"], "row_version": 1}

    answer = admin_client.post(f"/lists/article9_condition/{item.pk}/change/", sent)

    assert answer.status_code == 422
    item.refresh_from_db()
    assert "sch1_6" in item.fact("needs_schedule1")


def test_a_new_row_takes_the_facts_of_its_list(admin_client):
    sent = {"label": "Carrier pigeon", "fact_is_weak": "on"}
    admin_client.post("/lists/transfer_mode/add/", sent)

    pigeon = Item.objects.get(list_code="transfer_mode", code="carrier_pigeon")
    assert pigeon.fact("is_weak") is True
    assert pigeon.fact("is_electronic") is False


def test_facts_that_differ_are_shown_when_two_change_one_row(admin_client):
    item = Item.objects.get(list_code="transfer_mode", code="post_tracked")
    address = f"/lists/transfer_mode/{item.pk}/change/"
    admin_client.post(address, {"label": item.label, "fact_is_weak": "on", "row_version": 1})

    answer = admin_client.post(address, {"label": item.label, "row_version": 1})

    assert answer.status_code == 409
    assert "Weak for personal information" in answer.content.decode()


@pytest.mark.parametrize("role", ["register_officer", "auditor"])
def test_others_read_rows_and_are_told_why_they_do_not_change_them(client, place, role):
    client.force_login(make.officer(role, place))
    item = Item.objects.get(list_code="legal_gateway", code="cda_1998_s115")

    assert client.get(f"/lists/legal_gateway/{item.pk}/").status_code == 200
    for address in ("change", "end"):
        refused = client.post(f"/lists/legal_gateway/{item.pk}/{address}/", {})
        assert refused.status_code == 403
        assert "Only administrators change reference lists." in refused.content.decode()


def test_a_list_of_five_costs_as_many_statements_as_one_of_sixty(client, place):
    client.force_login(make.officer("auditor", place))
    client.get("/lists/legal_gateway/")
    counts = []
    for code in ("annex1_condition", "legal_gateway", "data_subject"):
        forget()
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/lists/{code}/")
        counts.append(len(asked))

    # Wordings of the lists that facts name are read once each.
    named = {fact.list_code for fact in LISTS["legal_gateway"].facts if fact.list_code}
    assert counts[0] == counts[2]
    assert counts[1] <= counts[0] + len(named)
