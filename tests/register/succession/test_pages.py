"""The pages of successions, as an officer's browser sees them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from register.core.dates import today, words
from register.documents.services.keeping_up import kept_up_once
from register.succession.models import Succession, Takeover
from register.succession.services import apply_due
from tests import make, worlds
from tests import make_documents as documents
from tests.register.succession.on_the_day import ORDER, World

pytestmark = pytest.mark.django_db


@worlds.shared
def world():
    made = World(bodies=8)
    made.south = make.member(made.county.partnership, "South Wyre Council").organisation
    return made


@pytest.fixture
def officer(client, world):
    client.force_login(world.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(officer, **facts):
    facts = {"kind": "merge", "bodies_from": "WY County Council", "instrument": ORDER,
             "bodies_to": "Greater Wyre Council", "on": words(today() + timedelta(days=30)), **facts}  # fmt: skip
    return officer.post(reverse("succession:prepare"), facts, follow=True)


def test_from_the_body_to_the_confirmed_succession(world, officer):
    start = officer.get(f"{reverse('succession:prepare')}?body={world.county.council.pk}")
    assert "WY County Council" in start.content.decode()
    page = send(officer, by_transfer_order="on").content.decode()

    assert "In force" in page
    assert "The signature of WY County Council carries over to Greater Wyre Council." in page
    assert "Greater Wyre Council takes the place of WY County Council in the draft." in page
    assert "Of others" not in page
    made = Succession.objects.get()
    confirm = reverse("succession:confirm", args=[made.pk])
    said = officer.post(confirm, {"row_version": 1}, follow=True).content.decode()
    assert "The succession is confirmed." in said
    assert "Confirmed ·" in said
    listed = officer.get(reverse("succession:successions")).content.decode()
    assert "Greater Wyre Council" in listed


def test_what_is_wrong_comes_back_with_what_was_typed(officer):
    answer = send(officer, bodies_to="No Such Council", on="yesterday")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No body is called “No Such Council”." in page
    assert "No Such Council</textarea>" in page


def test_on_a_split_the_officer_chooses_for_each_entry(world, officer):
    send(officer, kind="split", bodies_to="Greater Wyre Council\nSouth Wyre Council")
    made = Succession.objects.get()
    address = reverse("succession:choose", args=[made.pk])
    assert "South Wyre Council" in officer.get(address).content.decode()
    chosen = {f"entry-{world.in_force.pk}": world.south.pk, "row_version": 1}
    page = officer.post(address, chosen, follow=True).content.decode()
    assert "The successors are chosen." in page
    assert Takeover.objects.get().successor == world.south
    assert officer.post(address, chosen).status_code == 409


def test_many_entries_are_chosen_a_page_at_a_time(world, officer):
    both = (world.county.council, world.county.police)
    with kept_up_once(by="system:test"):
        for number in range(24):
            documents.agreement(world.county.partnership, *both, title=f"Draft {number}")
    send(officer, kind="split", bodies_to="Greater Wyre Council\nSouth Wyre Council")
    made = Succession.objects.get()
    listed = officer.get(made.get_absolute_url()).content.decode()
    assert "Entries (27, 2 with a fresh signature" in listed
    assert listed.count('<td data-label="State">') == 25
    more = officer.get(made.get_absolute_url(), {"at": "last"}).content.decode()
    assert more.count('<td data-label="State">') == 2
    assert "Fresh signature" not in more

    address = reverse("succession:choose", args=[made.pk])
    page = officer.get(address)
    shown = [document for document, *_ in page.context["lines"]]
    assert len(shown) == 25
    typed = {f"entry-{shown[0].pk}": world.new.pk, f"entry-{shown[1].pk}": "",
             "others": world.south.pk, "row_version": 1}  # fmt: skip
    following = officer.post(address, typed, follow=True)
    assert "The successors are chosen." in following.content.decode()
    rest = [document for document, *_ in following.context["lines"]]
    assert len({*shown, *rest}) == 27
    address = f"{following.request['PATH_INFO']}?{following.request['QUERY_STRING']}"
    typed = {f"entry-{rest[0].pk}": world.new.pk, "others": world.south.pk, "row_version": 2}
    done = officer.post(address, typed, follow=True)
    assert done.request["PATH_INFO"] == made.get_absolute_url()
    taken = Takeover.objects.filter(successor=world.new).values_list("document_id", flat=True)
    assert set(taken) == {shown[0].pk, rest[0].pk}
    assert Takeover.objects.count() == 2
    assert Succession.objects.get().default_to == world.south


def test_the_page_says_whose_office_has_to_confirm_as_well(world, officer):
    make.member(make.partnership("Moorland Partnership"), world.county.council)
    said = send(officer).content.decode()
    assert "It also changes what holds in Moorland Partnership." in said
    assert "Confirm the succession" not in said
    confirm = reverse("succession:confirm", args=[Succession.objects.get().pk])
    assert officer.get(confirm).status_code == 403


def test_undoing_takes_a_reason(officer):
    send(officer)
    address = reverse("succession:undo", args=[Succession.objects.get().pk])
    assert officer.post(address, {"row_version": 1}).status_code == 422
    page = officer.post(address, {"row_version": 1, "reason": "Not made."}, follow=True)
    assert "The succession is undone." in page.content.decode()


def test_the_pages_of_bodies_and_entries_say_who_stands_for_whom(world, officer):
    made = world.planned(today(), by_transfer_order=True)
    apply_due()
    new = officer.get(world.new.get_absolute_url()).content.decode()
    assert "WY County Council" in new
    assert "which it succeeded on" in new
    old = officer.get(world.county.council.get_absolute_url()).content.decode()
    assert "took its place on" in old
    entry = officer.get(world.in_force.get_absolute_url()).content.decode()
    assert "(formerly WY County Council)" in entry
    done = officer.get(made.get_absolute_url()).content.decode()
    assert "Signatures carried over" in done
    listed = officer.get(
        f"{reverse('dashboard:register')}?columns=reference.bodies"
    ).content.decode()
    assert "Greater Wyre Council (formerly WY County Council)" in listed


def test_who_keeps_none_of_the_bodies_finds_no_succession(world, client):
    made = world.planned(today() + timedelta(days=9))
    elsewhere = make.officer("register_officer", make.partnership("Elsewhere Partnership"))
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(elsewhere, backend=backend)
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(world.county.users["council_officer"], backend=backend)
    assert client.get(made.get_absolute_url()).status_code == 403
