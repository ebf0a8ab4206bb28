"""The code on paper answers whether its text still holds, and tells nothing that is not public."""

from __future__ import annotations

import pytest
from django.test import Client

from register.core.codes import short_code
from register.core.dates import today, words
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.services import drafting, facts, moving
from register.ledger.models import Entry
from tests import make_documents, worlds
from tests.register.evidence.conftest import agreement, cast_with_managers, make_public

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return cast_with_managers()


@worlds.shared
def signing(cast):
    """An agreement out for signature."""
    return agreement(cast, State.SIGNING)


def address(version: Version) -> str:
    return f"/verify/{short_code(version.body_sha256)}/"


def told(version: Version, client=None) -> dict:
    """What programs are told of the text of a version."""
    answer = (client or Client()).get(f"{address(version)}?format=json")
    assert answer.status_code == 200
    return answer.json()


def in_force(version: Version) -> Version:
    make_documents.sign_all(version)
    return Version.objects.select_related("document").get(pk=version.pk)


def replaced(version: Version, changes: str = "A clause was added.") -> Version:
    """The version that a newer one took the place of."""
    by = "system:test"
    newer = drafting.revise(by=by, document=version.document, changes=changes)
    make_documents.walk(newer, State.IN_FORCE)
    return Version.objects.select_related("document").get(pk=version.pk)


def test_out_for_signature(signing):
    assert told(signing) == {
        "state": "out_for_signature",
        "sentence": "This text is out for signature. It is not in force.",
    }


def test_of_an_entry_that_is_not_public_only_that_it_is_current_is_told(signing):
    version = in_force(signing)
    assert told(version) == {
        "state": "current",
        "sentence": "This text is current: it is in force today.",
    }


def test_of_an_entry_that_is_not_public_the_day_it_was_superseded_is_told_and_no_more(signing):
    version = replaced(in_force(signing))
    assert told(version) == {
        "state": "superseded",
        "since": today().isoformat(),
        "sentence": f"This text is out of date. It was superseded by a later version on "
        f"{words(today())}.",
    }
    page = Client().get(address(version)).text
    assert version.document.reference not in page
    assert version.title not in page
    assert "A clause was added." not in page


def test_a_public_entry_tells_which_it_is_and_what_replaced_it(signing):
    version = replaced(in_force(signing))
    version.document.refresh_from_db()
    make_public(version.document)
    said = told(version)
    assert said["reference"] == version.document.reference
    assert (said["version"], said["superseded_by"]) == (1, 2)
    assert said["changes"] == "A clause was added."
    page = Client().get(address(version)).text
    assert "superseded by version 2" in page
    assert "A clause was added." in page


def test_a_public_entry_tells_that_sharing_is_suspended(signing):
    version = in_force(signing)
    version.document.refresh_from_db()
    make_public(version.document)
    facts.suspend(by="system:test", document=version.document, reason="A breach.")
    assert told(version)["sentence"].endswith("Sharing under it is suspended at present.")
    assert "breach" not in str(told(version))


def test_a_public_but_restricted_entry_is_not_public(signing):
    version = in_force(signing)
    version.document.refresh_from_db()
    make_public(version.document, is_restricted=True)
    assert set(told(version)) == {"state", "sentence"}


def test_a_public_entry_that_is_being_signed_is_not_public_yet(signing):
    signing.document.refresh_from_db()
    make_public(signing.document)
    assert set(told(signing)) == {"state", "sentence"}


def test_an_ended_text(signing):
    version = in_force(signing)
    moving.end(by="system:test", document=version.document, reason="A secret reason.")
    said = told(version)
    assert said["sentence"] == f"This text no longer holds. It ended on {words(today())}."
    assert "secret" not in str(said)


def test_a_text_that_was_returned_never_came_into_force(signing):
    moving.return_for_changes(by="system:test", version=signing, reason="A word was wrong.")
    assert told(signing)["state"] == "never_in_force"


def test_who_may_read_it_is_led_to_it(cast, signing, client):
    client.force_login(cast.off_a, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(address(signing)).text
    assert signing.get_absolute_url() in page
    client.force_login(cast.outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert signing.get_absolute_url() not in client.get(address(signing)).text


def test_a_code_may_be_typed_in_any_way(signing, client):
    code = short_code(signing.body_sha256)
    typed = code.lower().replace("-", " ")
    answer = client.get("/verify/", {"code": typed})
    assert answer["Location"] == address(signing)
    assert client.get(f"/verify/{code.replace('-', '').lower()}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "12345", "../../etc", "7QK2M-0ZX4U", "\0", "é" * 300])
def test_what_cannot_be_a_code_is_answered_in_words(typed, client, db):
    answer = client.get("/verify/", {"code": typed})
    assert answer.status_code == 422
    assert "Enter the ten letters and digits" in answer.text


@pytest.mark.parametrize("code", ["00000-00000", "nonsense", "é", "0' OR 1=1"])
def test_an_unknown_code_is_unknown(code, client, db):
    answer = client.get(f"/verify/{code}/?format=json")
    assert answer.status_code == 404
    assert answer.json()["state"] == "unknown"
    assert "no text with this code" in client.get(f"/verify/{code}/").text


def test_a_draft_has_no_code(cast):
    assert short_code(agreement(cast, State.DRAFT).body_sha256) == ""


def test_codes_are_counted_by_address_and_hour_and_the_address_is_not_kept(
    signing, client, settings
):
    settings.VERIFY_LIMIT = 1
    assert client.get(address(signing)).status_code == 200
    refused = client.get(f"{address(signing)}?format=json")
    assert refused.status_code == 429
    assert refused.json()["sentence"].startswith("Too many copies")
    assert client.get("/verify/").status_code == 200


def test_the_newest_digest_is_published(signing, client):
    newest = Entry.objects.order_by("-number").first()
    said = client.get("/verify/ledger.json").json()
    assert (said["number"], said["sha256"]) == (newest.number, newest.sha256)
    assert newest.sha256 in client.get("/verify/").text


def test_no_store_keeps_what_is_answered_and_no_search_engine_lists_it(signing, client):
    answer = client.get(address(signing))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
