"""The pages of successions, as an officer's browser sees them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from register.core.dates import today, words
from register.succession.models import Succession, Takeover
from register.succession.services import apply_due
from tests import make, worlds
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
