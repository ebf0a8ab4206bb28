"""The pages of proofs: by the mailed link without an account, and for those who sign in."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.core.dates import today
from register.endings.models import Proof
from register.endings.services import giving
from register.endings.services.links import mint
from tests.access.pdf import PDF
from tests.register.endings.conftest import facts, proof_of


@pytest.fixture(autouse=True)
def _no_tries_before(db):
    cache.clear()


@pytest.fixture
def link(county, ended) -> str:
    """The address that was mailed to the police."""
    return "/" + mint(proof_of(ended, county.police).pk).split("/", 3)[3]


@pytest.fixture
def signed_in(client, user):
    """The client, signed in as somebody."""

    def sign_in(who):
        client.force_login(user(who), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def typed(**others) -> dict:
    """What somebody types who destroyed what their body held."""
    return facts(done_on=f"{today():%-d %B %Y}", **others)


def test_whoever_holds_the_link_gives_the_proof_without_an_account(client, county, ended, link):
    page = client.get(link).content.decode()
    assert "WY Police" in page
    assert ended.reference in page

    answer = client.post(
        link, {**typed(), "file": SimpleUploadedFile("c.pdf", PDF, "application/pdf")}
    )

    assert answer.status_code == 200
    assert "the proof is recorded" in answer.content.decode()
    proof = proof_of(ended, county.police)
    assert (proof.said_by_name, proof.given_by_way, proof.file_name) == (
        "Ann Hale",
        "link",
        "c.pdf",
    )


def test_a_link_is_dead_once_the_proof_is_given_and_gives_the_typing_back(client, link):
    client.post(link, typed())

    assert client.get(link).status_code == 410
    again = client.post(link, typed(held="Something else"))
    assert again.status_code == 410
    assert "Something else" in again.content.decode()


def test_an_unknown_link_is_answered_like_a_dead_one_and_trying_many_is_stopped(client, link):
    unknown = reverse("endings:give", args=["nothing-at-all"])
    assert client.get(unknown).status_code == 410

    for _ in range(30):
        last = client.get(unknown)
    assert last.status_code == 429
    assert client.get(link).status_code == 429


def test_reading_by_the_link_changes_nothing(client, county, ended, link):
    client.get(link)
    client.head(link)

    assert proof_of(ended, county.police).row_version == 1


def test_what_is_refused_by_the_link_comes_back_with_its_sentence(client, county, ended, link):
    answer = client.post(link, typed(method=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose how it was returned or destroyed." in page
    assert "Forty case files" in page
    assert not proof_of(ended, county.police).is_given


def test_the_page_of_the_ended_agreement_counts_its_proofs(county, ended, signed_in, user):
    giving.give(by=user("office"), proof=proof_of(ended, county.trust), **facts())

    page = signed_in("office").get(ended.get_absolute_url()).content.decode()

    assert "1 of 3 proofs of return or deletion received." in page
    assert "Destroyed" in page
    assert "Outstanding" in page


def test_a_party_sees_its_own_proof_on_the_page_and_no_other(ended, signed_in):
    page = signed_in("police_manager").get(ended.get_absolute_url()).content.decode()

    assert "0 of 1 proofs" in page
    assert "Record the proof" not in page


def test_the_office_records_corrects_and_does_without(county, ended, signed_in):
    client = signed_in("office")
    trust, police = proof_of(ended, county.trust), proof_of(ended, county.police)
    record = reverse("endings:record", args=[trust.pk])
    assert client.get(record).status_code == 200
    assert client.post(record, {**typed(), "row_version": 1}).status_code == 302
    correct = reverse("endings:correct", args=[trust.pk])
    said = {**typed(held="Fifty files"), "row_version": 2, "reason": "Counted again."}
    assert client.post(correct, said).status_code == 302
    assert "Fifty files" in client.get(trust.get_absolute_url()).content.decode()
    without = reverse("endings:without", args=[police.pk])
    client.post(without, {"row_version": 1, "reason": "It only gave."})
    assert "It only gave." in client.get(police.get_absolute_url()).content.decode()
    assert client.post(record, {**typed(), "row_version": 1}).status_code == 409


def test_another_party_finds_no_trace_of_a_proof(county, ended, signed_in):
    client = signed_in("police_officer")
    other = proof_of(ended, county.trust)

    for page in ("proof", "record", "correct", "without", "certificate"):
        assert client.get(reverse(f"endings:{page}", args=[other.pk])).status_code == 404
    report = client.get(reverse("endings:proofs")).content.decode()
    assert "Hospitals" not in report
    assert "1 proof," in report


def test_the_report_lists_what_is_outstanding_and_leaves_as_csv(county, ended, signed_in, user):
    giving.give(by=user("office"), proof=proof_of(ended, county.trust), **facts())
    client = signed_in("office")

    page = client.get(reverse("endings:proofs")).content.decode()
    sheet = b"".join(client.get(f"{reverse('endings:export')}?standing=all").streaming_content)

    assert "2 proofs" in page
    assert "Hospitals" not in page
    assert sheet.decode().count(ended.reference) == 3


def test_asking_again_says_whether_a_message_goes(county, ended, signed_in):
    client = signed_in("office")
    for body, says in ((county.police, "is asked again"), (county.trust, "No message goes")):
        again = reverse("endings:again", args=[proof_of(ended, body).pk])
        assert says in client.post(again, follow=True).content.decode()


def test_a_certificate_is_a_download_that_nobody_keeps(county, ended, signed_in, user):
    proof = giving.give(
        by=user("office"), proof=proof_of(ended, county.trust), content=PDF, name="c.pdf", **facts()
    )

    answer = signed_in("trust_officer").get(reverse("endings:certificate", args=[proof.pk]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert Proof.objects.outstanding().count() == 2
