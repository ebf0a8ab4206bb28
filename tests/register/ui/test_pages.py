"""The conversation of a form page."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import RequestFactory

from register.core.conflicts import Conflict
from register.core.verdicts import no, require
from register.ui.forms import ClauseField, EditForm
from register.ui.pages import form_page


class Body(EditForm):
    """A form that changes a body."""

    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("c", "Council"), ("p", "Police")])
    text = ClauseField(required=False)


class Stored:
    """The row as somebody else left it."""

    name, kind, text, row_version = "Theirs", "c", "<p>Their text</p>", 7


SENT = {"row_version": 1, "name": "Mine", "kind": "p", "text": "My text", "text-form": "plain"}


def _ask(act=lambda **values: None, method="post", **more):
    data = {**SENT, **more.pop("sent", {})}
    request = getattr(RequestFactory(), method)("/bodies/1/change/", data)
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    words = {"title": "Change a body", "done": "Changed.", "to": "/bodies/1/", **more}
    return form_page(request, Body, act=act, **words), request


def _words(response):
    return response.content.decode()


def test_a_page_asked_for_shows_the_form_and_does_nothing():
    def act(**values):
        raise AssertionError("nothing was sent")

    response, _ = _ask(act, "get", initial={"name": "As it is"})
    assert response.status_code == 200
    assert 'value="As it is"' in _words(response)
    assert "<title>Change a body" in _words(response)


def test_what_is_sent_reaches_the_act_as_plain_values():
    got = {}
    response, request = _ask(lambda **values: got.update(values))
    assert got == {"row_version": 1, "name": "Mine", "kind": "p", "text": "<p>My text</p>"}
    assert (response.status_code, response["Location"]) == (302, "/bodies/1/")
    assert [str(message) for message in request._messages] == ["Changed."]


def test_a_missing_answer_gives_422_and_a_title_that_says_so():
    response, _ = _ask(sent={"name": ""})
    assert response.status_code == 422
    assert "<title>Error: Change a body" in _words(response)
    assert "Enter name." in _words(response)
    assert "My text" in _words(response)


def test_what_the_act_refuses_stands_at_its_field():
    def act(**values):
        raise ValidationError({"name": "There is a body of that name.", "other": "And more."})

    response, _ = _ask(act)
    assert response.status_code == 422
    assert '<a href="#id_name">There is a body of that name.</a>' in _words(response)
    assert "<li>And more.</li>" in _words(response)


def test_two_who_save_the_same_at_once_get_a_sentence():
    def act(**values):
        raise IntegrityError

    response, _ = _ask(act)
    assert response.status_code == 422
    assert "Somebody else has just saved the same." in _words(response)


def test_a_conflict_shows_both_texts_and_keeps_what_was_typed():
    def act(**values):
        raise Conflict(Stored())

    response, _ = _ask(act)
    page = _words(response)
    assert response.status_code == 409
    for words in ("Theirs", "Their text", "Mine", "My text", "Council", "Police"):
        assert words in page
    assert 'name="row_version" value="7"' in page


def test_a_refusal_is_left_to_the_page_that_gives_the_reason():
    with pytest.raises(PermissionDenied, match="Only the lead"):
        _ask(lambda **values: require(no("Only the lead may.")))


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https:evil.example", "/\\evil", "javascript:x"]
)
def test_nobody_is_sent_to_another_site(wanted):
    response, _ = _ask(sent={"next": wanted})
    assert response["Location"] == "/bodies/1/"


def test_the_next_page_of_this_site_is_kept():
    response, _ = _ask(sent={"next": "/register/?status=draft"})
    assert response["Location"] == "/register/?status=draft"


def test_the_style_of_the_editor_is_allowed_on_its_pages_alone():
    response, _ = _ask(method="get")
    assert "sha256-" in response._csp_update["style-src"][0]
