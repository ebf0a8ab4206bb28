"""Refusals carry their reason and give back what was typed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from register.dashboard import errors


@pytest.fixture
def request_(people):
    request = RequestFactory().post("/x/", {"title": "My words", "password": "secret", "code": "9"})
    request.user, request.session = people.office, {}
    return request


def test_a_refusal_shows_its_reason_and_what_was_typed(request_):
    page = errors.forbidden(request_, PermissionDenied("You do not draft for the police."))

    text = page.content.decode()
    assert page.status_code == 403
    assert "You do not draft for the police." in text
    assert "My words" in text
    assert "secret" not in text


def test_a_refusal_without_a_reason_still_says_something(request_):
    assert "Your roles do not allow it." in errors.forbidden(request_).content.decode()


def test_a_form_without_its_token_is_refused_and_gives_the_words_back(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.office, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.post("/print/pack/", {"title": "My words"})

    assert response.status_code == 403
    assert "My words" in response.content.decode()


def test_what_is_not_there_is_not_found(people, ask):
    response = ask(people.office, "/no/such/page/")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_a_strange_host_is_refused_calmly(db):
    assert Client().get("/accessibility/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/.well-known/security.txt", "/accessibility/", "/healthz"])
def test_some_pages_need_no_sign_in(db, path):
    assert Client().get(path).status_code in {200, 503}


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "mailto:register@localhost"),
        ("security@council.example", "mailto:security@council.example"),
        ("https://council.example/security", "https://council.example/security"),
    ],
)
def test_security_txt_names_the_contact_that_is_set(db, settings, contact, said):
    settings.SECURITY_CONTACT = contact
    text = Client().get("/.well-known/security.txt").content.decode()
    assert text.startswith(f"Contact: {said}\n")


def test_security_txt_says_whom_to_tell_and_until_when(db):
    text = Client().get("/.well-known/security.txt").content.decode()

    assert text.startswith("Contact: mailto:")
    assert "\nExpires: 20" in text
