"""The designated officer of a body, to whom every request goes first."""

import pytest
from django.test import Client

from register.signing import services as signing
from register.signing.models import Closed, SigningRequest
from tests import make, worlds
from tests import signing_world as world
from tests.register.approval import rooms

pytestmark = pytest.mark.django_db


@worlds.shared
def gate():
    """A request for the council that waits for its designated officer, Gita Gate."""
    out = world.out()
    signing.cancel(by=world.TEST, request=out.request(out.county.council), reason="Once more.")
    post = make.post(out.county.council, kind="information_lead")
    officer = make.person("Gita Gate", email="gita@signer.example")
    make.appoint(post, officer)
    officer = rooms.give_login(officer)
    signing.designate(by=world.TEST, organisation=out.county.council, post=post)
    signing.ask_for_signatures(by=world.TEST, version=out.again(), round_=signing.Round())
    return out, officer


def held(out) -> SigningRequest:
    """The request that waits."""
    return SigningRequest.objects.open().get(slot=out.slot(out.county.council))


def test_nobody_else_lets_a_request_go(gate):
    out, _ = gate
    path = f"/sign/release/{held(out).pk}/"
    stranger = Client()
    assert stranger.get("/sign/release/")["Location"].startswith("/accounts/login/")
    assert stranger.post(path, {"what": "go"})["Location"].startswith("/accounts/login/")
    police = rooms.come_in(out, out.county.police)
    assert police.post(path, {"what": "go"}).status_code == 302
    office = rooms.signed_in(out.county.people["office"])
    assert office.post(path, {"what": "go"}).status_code == 404
    assert held(out).released_at is None


def test_it_is_let_go_to_the_person_named(gate):
    out, officer = gate
    row, client = held(out), rooms.signed_in(officer)
    assert str(row.person) in rooms.words(client.get("/sign/release/"))
    assert "1 request for you to let go" in rooms.words(client.get("/sign/"))
    path = f"/sign/release/{row.pk}/"
    assert f"Let it go to {row.person}" in rooms.words(client.get(path))
    answer = client.post(path, {"what": "go"}, follow=True)
    assert "on its way to the person named" in rooms.words(answer)
    assert rooms.link_to("council@signer.example")
    assert client.get(path).status_code == 404


def test_somebody_else_who_may_sign_is_named(gate):
    out, officer = gate
    row, client = held(out), rooms.signed_in(officer)
    path = f"/sign/release/{row.pk}/"
    deputy = make.person("Dawn Deputy", email="dawn@signer.example")
    none = client.post(path, {"what": "other", "person": deputy.pk})
    assert none.status_code == 422
    make.appoint(row.slot.post, deputy, capacity="deputy")
    client.post(path, {"what": "other", "person": deputy.pk})
    row.refresh_from_db()
    assert row.person == deputy
    assert rooms.link_to("dawn@signer.example")


def test_it_is_sent_back_with_comments(gate):
    out, officer = gate
    row, client = held(out), rooms.signed_in(officer)
    path = f"/sign/release/{row.pk}/"
    assert "Say what should change." in rooms.words(client.post(path, {"what": "back"}))
    answer = client.post(path, {"what": "back", "comments": "Not ours to sign."}, follow=True)
    assert "sent back with your comments" in rooms.words(answer)
    row.refresh_from_db()
    signature = row.signatures.get()
    assert (signature.kind, signature.person, row.closed_as) == (
        "returned", officer, Closed.RETURNED
    )  # fmt: skip
