"""What came into force is sealed once, kept by its hash, served as stored, and taken away by a redaction."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from register.core.dates import now, pretend, today
from register.documents.lifecycle import State
from register.documents.models import Clause, StoredFile, Version
from register.documents.services import admitting, moving
from register.evidence.jobs import look_for_unsealed, seal_versions
from register.evidence.models import Seal, Sealing
from register.evidence.services import sealing
from register.evidence.services.taking_away import take_away_redacted
from register.evidence.services.wanting import due, unsealed
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.redaction import redact
from register.ledger.verify import verify
from tests.register.evidence.conftest import agreement, data_of, make_seal

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "Why we share."


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def page_of(user, version: Version) -> str:
    return signed_in(user).get(version.get_absolute_url()).text


def test_a_seal_stands_in_the_ledger_with_the_hash_of_what_is_stored(world):
    with default_storage.open(world.seal.file.path) as file:
        assert file.read() == world.pdf
    assert hashlib.sha256(world.pdf).hexdigest() == world.seal.sha256
    entry = Entry.objects.get(verb="version.sealed")
    assert json.loads(entry.detail)["sha256"] == world.seal.sha256
    assert entry.actor_name == "The register (seals)"
    assert world.seal.name == f"{world.document.reference}-v1-sealed.pdf"
    assert world.seal.kind == "PAdES B-B"
    assert "rows agree" in str(verify())


def test_a_version_is_sealed_once(world):
    work = Sealing.objects.get(version=world.version)
    assert not due().filter(pk=work.pk).exists()
    assert sealing.make(work)
    assert Seal.objects.get().sha256 == world.seal.sha256
    assert not unsealed().exists()


def test_who_may_read_the_version_gets_the_bytes_as_stored(world):
    address = world.seal.get_absolute_url()
    assert address == f"/register/{world.document.reference}/1/sealed/"
    answer = signed_in(world.cast.off_b).get(address)
    assert answer.content == world.pdf
    assert f'filename="{world.seal.name}"' in answer["Content-Disposition"]
    assert signed_in(world.cast.outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_page_of_the_version_shows_its_seal(world):
    page = page_of(world.cast.office, world.version)
    for words in (
        world.seal.sha256,
        world.seal.name,
        "Seal of ours",
        "not for real use",
        "/verify/",
    ):
        assert words in page


def test_what_ended_before_it_was_sealed_is_sealed_all_the_same(world):
    version = agreement(world.cast, State.ENDED)
    assert list(unsealed()) == [version]
    assert seal_versions() == 1
    assert Seal.objects.get(version=version).name.endswith("-v1-sealed.pdf")


def test_what_never_came_into_force_is_not_sealed(world):
    for state in (State.DRAFT, State.CONSULTATION, State.SIGNING):
        version = agreement(world.cast, state)
        assert "Sealed PDF" not in page_of(world.cast.office, version)
    returned = moving.return_for_changes(by="system:test", version=version, reason="A word.")
    assert returned.in_force_on is None
    assert look_for_unsealed() == 0
    assert seal_versions() == 0


def test_what_came_in_by_import_is_not_sealed(world):
    facts = admitting.AdmittedVersion("An old one", in_force_on=today())
    admission = admitting.Admission("old.csv", "1", [facts], outside_reason="Old.")
    [document] = admitting.admit(
        by="system:test", partnership=world.cast.partnership, admissions=[admission]
    )
    assert document.governing.in_force_on == today()
    assert look_for_unsealed() == 0
    assert not Sealing.objects.filter(version__document=document).exists()


def test_what_was_missed_is_found_again(world):
    version = agreement(world.cast)
    Sealing.objects.filter(version=version).delete()
    assert look_for_unsealed() == 1
    assert look_for_unsealed() == 0
    assert due().get().version == version


def test_one_that_cannot_be_sealed_says_why_waits_longer_and_leaves_nothing(world, settings):
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    settings.SEAL_TIMESTAMP_ROOT_FILE = str(data_of("ours") / "seal" / "demonstration-root.pem")
    version = agreement(world.cast)
    before = StoredFile.objects.count()

    assert seal_versions() == 0

    work = Sealing.objects.get(version=version)
    assert work.failure == "The time stamp server did not answer. It is asked again later."
    assert (work.tries, work.claimed_at, work.done_at) == (1, None, None)
    assert timedelta(seconds=30) < work.due_at - now() <= timedelta(minutes=1)
    assert StoredFile.objects.count() == before
    assert not Seal.objects.filter(version=version).exists()
    assert not Entry.objects.filter(verb="version.sealed", subject_pk=str(version.pk)).exists()
    page = page_of(world.cast.office, version)
    assert "could not be made yet (tried once). The time stamp server did not answer." in page
    address = f"/register/{version.document.reference}/1/sealed/"
    assert address not in page
    assert signed_in(world.cast.office).get(address).status_code == 404
    settings.SEAL_TIMESTAMP_URL = ""
    assert seal_versions() == 0  # not before its time
    with pretend(now() + timedelta(minutes=2)):
        assert seal_versions() == 1
    assert address in page_of(world.cast.office, version)


@pytest.fixture
def redacted(world, owner, django_capture_on_commit_callbacks):
    """The world after its clause was redacted."""
    clause = Clause.objects.filter(version=world.version).first()
    with django_capture_on_commit_callbacks(execute=True):
        redact(
            by=world.cast.admin, second=world.cast.auditor, model=Clause, pk=clause.pk,
            field="text", find=SECRET, reason="It should not stand there.",
        )  # fmt: skip
    return world


def test_a_redaction_takes_the_sealed_pdf_away_and_says_so(redacted, client):
    seal = Seal.objects.get()
    assert seal.taken_away_at
    assert not default_storage.exists(seal.file.path)
    entry = Entry.objects.get(verb="ledger.redacted")
    assert f"the sealed PDF of version 1, {seal.sha256}" in entry.detail
    answer = signed_in(redacted.cast.office).get(seal.get_absolute_url())
    assert answer.status_code == 410
    assert "was taken away" in answer.text
    assert "was taken away" in page_of(redacted.cast.office, redacted.version)
    assert seal_versions() == look_for_unsealed() == 0
    assert any("redacted" in note for note in verify().notes)


def test_a_copy_of_what_was_taken_away_is_known_and_named_as_such(redacted, client):
    file = SimpleUploadedFile("copy.pdf", redacted.pdf)
    said = client.post("/verify/?format=json", {"file": file}).json()
    assert said["code"] == "untouched"
    assert "do not pass this copy on" in said["sentence"]


def test_a_seal_that_a_redaction_missed_is_taken_away_later(redacted):
    """As when the worker stored it in the same moment."""
    version = agreement(redacted.cast)
    late = make_seal(version)
    with act(by="system:test", verb="seal.late"):
        late.body_sha256 = "0" * 64
        late.save()
    assert take_away_redacted() == 1
    late.refresh_from_db()
    assert late.taken_away_at
