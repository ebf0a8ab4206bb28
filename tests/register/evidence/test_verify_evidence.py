"""`manage.py verify_evidence`: each kind of thing that was altered is named, and what was redacted passes."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings

from register.documents import files
from register.documents.lifecycle import State
from register.documents.models import Clause, Version
from register.evidence import verifying
from register.evidence.bundle import Bundle
from register.evidence.models import Seal
from register.evidence.verifying import verify_evidence
from register.ledger.models import Entry
from register.ledger.redaction import redact
from register.signing.models import Signature
from tests import signing_world, worlds
from tests.county import County
from tests.register.evidence.conftest import data_of, make_seal
from tests.register.evidence.test_bundle import run, unpack
from tests.register.ledger.sample import tamper

pytestmark = pytest.mark.django_db


@dataclass
class Online:
    """A version that two bodies signed online, in force and sealed."""

    county: County
    version: Version
    seal: Seal


@worlds.shared
def online() -> Online:
    with override_settings(DATA_DIR=data_of("ours")):
        out = signing_world.out()
        for short in ("council", "police"):
            signing_world.sign(out, out.county.bodies[short])
        version = out.again()
        assert version.state == State.IN_FORCE
        return Online(out.county, version, make_seal(version))


def verdict(capsys, *arguments):
    """The exit code of the command and what it printed."""
    try:
        call_command("verify_evidence", *arguments)
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def overwrite(path, content):
    default_storage.delete(path)
    default_storage.save(path, io.BytesIO(content))


def test_what_nobody_altered_agrees(online, capsys):
    code, said = verdict(capsys)
    assert code == 0, said
    assert "Checked: 1 text, 2 signatures, 1 stored file, 1 sealed PDF. The ledger: " in said
    assert "entries" in said


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "UPDATE documents_versionbody SET content = %s",
            "The stored text of {version} was altered: its SHA-256 is",
        ),
        (
            "UPDATE documents_versionbody SET sha256 = %s",
            "The stored text of {version} is not the one whose hash was signed.",
        ),
        (
            "UPDATE documents_versionbody SET content = %s, redacted_sha256 = "
            "'2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'",
            "The stored text of {version} was altered, and by no redaction.",
        ),
        ("DELETE FROM documents_versionbody", "The stored text of {version} is gone."),
        (
            "UPDATE signing_signature SET body_sha256 = %s",
            "in {version}, is for another text than that of its version.",
        ),
        (
            "UPDATE signing_signature SET statement = %s",
            "in {version}, has a statement that does not match its hash.",
        ),
        (
            "UPDATE signing_signature SET person_name = %s",
            "The ledger: The signature with the key",
        ),
        (
            "UPDATE evidence_seal SET body_sha256 = %s",
            "The sealed PDF of {version} was made from another text.",
        ),
        ("UPDATE ledger_entry SET actor_name = %s", "The ledger: Entry 1 was altered."),
    ],
)
def test_each_altered_row_is_named(online, capsys, sql, says):
    value = b"x" if "content" in sql else "x"
    assert tamper(sql, *([value] if "%s" in sql else []))
    code, said = verdict(capsys)
    assert code == 1
    assert says.format(version=online.version) in said
    assert "did not agree." in said


def test_every_altered_signature_is_named_and_not_only_the_first(online):
    tamper("UPDATE signing_signature SET body_sha256 = %s", "ab" * 32)
    wrong = verify_evidence().wrong
    for row in Signature.objects.all():
        assert any(f"Signature {row.pk}, signed by {row.person_name}" in line for line in wrong)


def test_an_altered_sealed_pdf_is_named(online, capsys):
    content = files.read(online.seal.file)
    overwrite(online.seal.file.path, content + b" ")
    code, said = verdict(capsys)
    assert code == 1
    assert f"The bytes of the sealed PDF of {online.version} were altered" in said
    assert "1 thing did not agree." in said


def test_stored_bytes_that_are_gone_are_named(online, capsys):
    default_storage.delete(online.seal.file.path)
    code, said = verdict(capsys)
    assert code == 1
    assert f"The bytes of the sealed PDF of {online.version} are gone." in said


def test_a_pdf_whose_seal_does_not_hold_is_named_though_its_hash_agrees(online, capsys):
    body = files.keep(b"%PDF-1.7 never sealed %%EOF", files.PDF)
    tamper("UPDATE evidence_seal SET file_id = %s", body.sha256)
    code, said = verdict(capsys)
    assert code == 1
    assert f"The seal in the sealed PDF of {online.version} does not hold." in said


def test_an_attached_file_is_named_by_its_name(online, capsys):
    stored = files.keep(b"a letter", files.PDF)
    overwrite(stored.path, b"another letter")
    code, said = verdict(capsys)
    assert code == 1
    assert f"The bytes of the stored file {stored.sha256} were altered" in said


def test_a_cut_off_ledger_is_named_by_a_digest_that_was_noted(online, capsys):
    assert verdict(capsys, "--head", Entry.objects.get(number=2).sha256)[0] == 0
    code, said = verdict(capsys, "--head", "cd" * 32)
    assert code == 1
    assert "its tail was cut off" in said


def test_progress_is_told_apart_from_what_was_found(online, capsys, monkeypatch):
    monkeypatch.setattr(verifying, "TELL_EVERY", 1)
    call_command("verify_evidence", "--progress")
    said = capsys.readouterr()
    assert "2 signatures" in said.err
    assert "the ledger" in said.err
    assert "1 stored files\n" not in said.out


def test_a_redacted_text_says_when_and_why_and_passes(
    online, owner, capsys, django_capture_on_commit_callbacks
):
    clause = Clause.objects.filter(version=online.version).first()
    users = online.county.users
    with django_capture_on_commit_callbacks(execute=True):
        redact(
            by=users["office"], second=users["council_manager"], model=Clause, pk=clause.pk,
            field="text", find="Why", reason="It named a child.",
        )  # fmt: skip
    code, said = verdict(capsys)
    assert code == 0, said
    assert f"The text of {online.version} was redacted on " in said
    assert "because It named a child." in said
    assert f"The sealed PDF of {online.version} was taken away on " in said


def test_a_bundle_of_signatures_made_online_agrees_to_the_statement(online, tmp_path):
    made = Bundle(online.version, user=online.county.users["office"])
    place = unpack(b"".join(made.pieces()), tmp_path / "unpacked")
    done = run(place)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("has the statement whose SHA-256 was recorded.") == 2
    told = (place / "signatures.json").read_bytes() + (place / "ledger/rows.json").read_bytes()
    for unsaid in (b"192.0.2.7", b"Test browser", b"@"):
        assert unsaid not in told
