"""Saved views: the address is the view, private stays private, and saving never surprises."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from register.saved.models import DefaultView, SavedView
from tests import make, make_documents

URL = "/register/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in():
    """A browser in which somebody is signed in."""

    def enter(user) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return enter


def save(client, query: str, name: str, **facts) -> SavedView:
    answer = client.post(f"/register/views/save/?{query}", {"name": name, **facts})
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(name=name)


def tabs(response) -> dict[str, str]:
    return {tab.words: tab.address for tab in response.context["tabs"]}


def test_four_tabs_are_there_by_themselves_and_each_shows_what_it_says(
    people, ask, references, fill
):
    fill(people.partnership, 1, start=1, reference="mine", owner_id=people.office.person.pk)
    fill(people.partnership, 1, start=2, reference="out", state="signing", status="signing")
    found = tabs(ask(people.office, URL))

    assert list(found) == ["All", "Due", "Unsigned", "Mine"]
    assert references(ask(people.office, found["Unsigned"])) == ["out"]
    assert references(ask(people.office, found["Mine"])) == ["mine"]
    assert set(references(ask(people.office, found["All"]))) == {"mine", "out"}
    here = [t.words for t in ask(people.office, found["Mine"]).context["tabs"] if t.is_here]
    assert here == ["Mine"]


def test_a_view_comes_back_after_signing_in_again_with_filter_columns_and_order(
    people, sign_in, fill
):
    fill(people.partnership, 3, start=1, tier=1)
    fill(people.partnership, 3, start=10)
    client = sign_in(people.office)
    save(client, "tier=1&sort=-title&columns=title.owner.reference", "Charters")

    again = sign_in(make.fresh(people.office))
    shown = again.get(tabs(again.get(URL))["Charters"])

    assert [row.tier for row in shown.context["rows"]] == [1, 1, 1]
    assert [h.words for h in shown.context["headings"]] == ["Title", "Owner", "Reference"]
    assert shown.context["wanted"].sorting == "-title"
    assert [t.words for t in shown.context["tabs"] if t.is_here] == ["Charters"]


def test_saving_from_page_three_does_not_save_page_three(people, sign_in, fill):
    fill(people.partnership, 80)
    client = sign_in(people.office)
    page = client.get(URL)
    for _ in range(2):
        page = client.get(f"{URL}?tier=3&after={page.context['page'].after}&size=25")
    way = re.search(r'href="(/register/views/save/[^"]*)"', page.content.decode())[1]
    assert "tier=3" in way

    view = save(
        client,
        way.partition("?")[2] + f"&after={page.context['page'].after}&at=last",
        "All agreements",
    )

    assert view.query == "tier=3"
    assert client.get(tabs(client.get(URL))["All agreements"]).context["page"].is_first


def test_nobody_else_sees_a_private_view_or_can_touch_it(people, sign_in, ask):
    view = save(sign_in(people.off_a), "status=draft", "Quokka")

    for user in (people.off_b, people.office, people.outsider, people.nobody):
        page = ask(user, f"{URL}?view={view.pk}")
        assert "Quokka" not in page.content.decode()
        assert "Quokka" not in ask(user, "/register/views/").content.decode()
        for path in ("", "save-over/", "remove/"):
            assert (
                sign_in(user).post(f"/register/views/{view.pk}/{path}", {"name": "x"}).status_code
                == 404
            )
        opened = sign_in(user).post("/register/views/open-with/", {"view": view.pk})
        assert opened.status_code == 404
    assert SavedView.objects.get().name == "Quokka"


def test_a_shared_view_shows_each_reader_only_the_rows_that_they_may_see(
    people, sign_in, ask, references
):
    both = [people.council.organisation, people.police.organisation]
    draft = make_documents.agreement(people.partnership, *both, lead=people.council.organisation)
    view = save(sign_in(people.off_a), "status=draft", "Drafts of all", is_shared="on")

    assert view.partnership == people.partnership
    for user, seen in ((people.off_a, [draft.reference]), (people.off_b, [])):
        page = ask(user, tabs(ask(user, URL))["Drafts of all"])
        assert references(page) == seen
    assert "Drafts of all" not in tabs(ask(people.outsider, URL))


def test_only_who_saved_a_shared_view_changes_it_and_the_office_may_remove_it(people, sign_in):
    view = save(sign_in(people.off_a), "status=draft", "Drafts of all", is_shared="on")

    refused = sign_in(people.off_b).post(f"/register/views/{view.pk}/", {"name": "Mine"})
    assert refused.status_code == 403
    assert "Only who saved the view changes it." in refused.content.decode()
    assert sign_in(people.off_b).post(f"/register/views/{view.pk}/remove/").status_code == 403
    assert sign_in(people.office).post(f"/register/views/{view.pk}/remove/").status_code == 302
    assert not SavedView.objects.exists()


def test_who_keeps_no_entries_shares_no_view(people, sign_in):
    client = sign_in(people.sig_b)
    assert "Share it" not in client.get("/register/views/save/").content.decode()

    assert not save(client, "", "All of it", is_shared="on").is_shared


def test_a_view_is_renamed_saved_over_and_opened_with(people, sign_in):
    client = sign_in(people.office)
    view = save(client, "tier=1", "Charters")
    client.post(f"/register/views/{view.pk}/", {"name": "Our charters", "is_default": "on"})
    changed = client.get(f"{URL}?tier=1&status=draft&view={view.pk}")
    assert "Save the change to Our charters" in changed.content.decode()
    assert [t.is_changed for t in changed.context["tabs"] if t.is_here] == [True]

    client.post(
        f"/register/views/{view.pk}/save-over/?{changed.context['wanted'].canonical}&at=last"
    )

    view.refresh_from_db()
    assert (view.name, view.query) == ("Our charters", "tier=1&status=draft")
    opened = client.get(URL)
    assert opened.status_code == 302
    assert unquote(opened.url) == f"/register/?tier=1&status=draft&view={view.pk}"
    assert client.get(f"{URL}?view=all").status_code == 200
    client.post("/register/views/open-with/")
    assert client.get(URL).status_code == 200


def test_the_register_opens_with_everything_once_the_view_is_gone_or_no_longer_shared(
    people, sign_in
):
    view = save(sign_in(people.off_a), "status=draft", "Drafts", is_shared="on")
    reader = sign_in(people.off_b)
    reader.post("/register/views/open-with/", {"view": view.pk})
    assert reader.get(URL).status_code == 302
    sign_in(people.off_a).post(f"/register/views/{view.pk}/", {"name": "Drafts"})
    assert reader.get(URL).status_code == 200
    assert DefaultView.objects.exists()
    sign_in(people.off_a).post(f"/register/views/{view.pk}/remove/")
    assert not DefaultView.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter name of the view."),
        ("Charters", "You have a view called Charters."),
        ("x" * 61, "60 characters"),
    ],
)
def test_a_view_needs_a_name_of_its_own(people, sign_in, name, sentence):
    client = sign_in(people.office)
    save(client, "tier=1", "Charters")

    answer = client.post("/register/views/save/?tier=2", {"name": name})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_address_says_the_same_view_the_same_way_and_keeps_no_nonsense(people, ask):
    one, other = (
        ask(people.office, f"{URL}?{query}").context["wanted"].canonical
        for query in (
            "status=signing&tier=3&status=draft&sort=reference&rule=%00&body=999",
            "tier=3&status=draft&status=signing&columns=reference.title.tier.status.parties.signed.review.owner",
        )
    )
    assert one == other == "tier=3&status=draft&status=signing"
