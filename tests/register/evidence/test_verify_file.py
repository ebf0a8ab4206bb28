"""A PDF is untouched, changed, another's or not sealed, by four phrases that never change."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from register.documents import files
from register.evidence.models import Seal
from register.evidence.phrases import Phrase
from register.ledger.acts import act
from tests.access.pdf import PDF
from tests.register.evidence.conftest import data_of, make_public, sealed_by

UNTOUCHED, CHANGED, ANOTHER, UNSEALED = (
    "Untouched and sealed by this register",
    "Changed after it was sealed",
    "Sealed by another register",
    "Not sealed by a register",
)


def ask(client, content: bytes, **extra):
    """The answer for programs about a file."""
    file = SimpleUploadedFile("copy.pdf", content, content_type="application/pdf")
    return client.post("/verify/?format=json", {"file": file}, **extra)


def verdict(client, content: bytes) -> str:
    answer = ask(client, content)
    assert answer.status_code == 200
    return answer.json()["verdict"]


def flipped(pdf: bytes, at: int) -> bytes:
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)


def saved(**options) -> bytes:
    """A PDF of many pages, or with a password, as pikepdf writes it."""
    pages = options.pop("pages", 1)
    held = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(held, **options)
    return held.getvalue()


def with_range(pdf: bytes) -> bytes:
    """The same with the words in it that every signature has, so that it is really read."""
    return pdf + b"\n% /ByteRange [0 1 2 3]\n"


def test_the_four_phrases_and_their_codes_are_fixed():
    assert {str(phrase): phrase.code for phrase in Phrase} == {
        UNTOUCHED: "untouched", CHANGED: "changed", ANOTHER: "another", UNSEALED: "unsealed",
    }  # fmt: skip


def test_what_was_sealed_and_kept_is_untouched(world, client):
    answer = ask(client, world.pdf).json()
    assert (answer["verdict"], answer["code"]) == (UNTOUCHED, "untouched")
    assert answer["sha256"] == world.seal.sha256
    assert answer["is_demonstration"] is True
    assert "proves nothing" in answer["sentence"]


def test_the_page_says_the_phrase_to_people(world, client):
    answer = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", world.pdf)})
    assert UNTOUCHED in answer.text
    assert "it is in force today" in answer.text
    assert world.document.reference not in answer.text


def test_a_program_may_ask_by_the_header_alone(world, client):
    file = SimpleUploadedFile("a.pdf", PDF)
    answer = client.post("/verify/", {"file": file}, headers={"accept": "application/json"})
    assert answer.json()["verdict"] == UNSEALED


@pytest.mark.parametrize(
    "place",
    ["first byte", "the middle", "ByteRange", "seal", "its key", "last byte"],
)
def test_one_flipped_byte_anywhere_is_a_change(world, client, place):
    pdf = world.pdf
    certificate = bytes(world.seal.certificate.der).hex().encode()
    at = {
        "first byte": 0,
        "the middle": len(pdf) // 2,
        "ByteRange": pdf.index(b"/ByteRange") + 4,
        "seal": pdf.index(b"/Contents <") + 40,
        "its key": pdf.lower().index(certificate) + certificate.index(b"2a8648ce3d0301070342") + 30,
        "last byte": len(pdf) - 1,
    }[place]
    assert verdict(client, flipped(pdf, at)) == CHANGED


def test_what_was_appended_is_a_change_though_pdfsig_calls_the_signature_valid(
    world, client, tmp_path
):
    writer = IncrementalPdfFileWriter(io.BytesIO(world.pdf))
    writer.root[pdf_name("/Added")] = pdf_string("after the seal")
    writer.update_root()
    held = io.BytesIO()
    writer.write(held)
    copy = tmp_path / "appended.pdf"
    copy.write_bytes(held.getvalue())
    said = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    answer = ask(client, held.getvalue()).json()
    assert answer["verdict"] == CHANGED
    assert answer["sentence"] == "Something was added to it after it was sealed."


def test_a_line_after_the_end_is_a_change(world, client):
    assert verdict(client, world.pdf + b"\n") == CHANGED


def test_ours_saved_again_by_another_program_is_a_change(world, client):
    with pikepdf.open(io.BytesIO(world.pdf)) as pdf:
        held = io.BytesIO()
        pdf.save(held)
    assert verdict(client, held.getvalue()) == CHANGED


def test_what_our_key_sealed_and_nobody_kept_is_not_called_untouched(world, client):
    answer = ask(client, sealed_by("ours", saved())).json()
    assert answer["verdict"] == CHANGED
    assert "keeps no such file" in answer["sentence"]


def test_what_another_register_sealed_is_anothers(world, client):
    theirs = sealed_by("theirs", saved())
    assert verdict(client, theirs) == ANOTHER
    assert verdict(client, flipped(theirs, len(theirs) // 2)) == ANOTHER


def test_a_row_without_a_seal_makes_nothing_untouched(world, client):
    """Whoever could write a hash into the database has not thereby made a seal."""
    theirs = sealed_by("theirs", saved())
    with act(by="system:test", verb="seal.forged"):
        seal = Seal.objects.get(pk=world.seal.pk)
        seal.file = files.keep(theirs, files.PDF)
        seal.save()
    answer = ask(client, theirs)
    assert answer.status_code == 503
    assert "verdict" not in answer.json()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"No PDF at all.",
        b"PK\x03\x04 a packed file",
        PDF,
        saved(encryption=pikepdf.Encryption(owner="a", user="b")),
    ],
    ids=["empty", "words", "packed", "unsealed", "password"],
)
def test_what_carries_no_seal_is_not_sealed(world, client, content):
    assert verdict(client, content) == UNSEALED


@pytest.mark.parametrize(
    "content",
    [
        with_range(saved(pages=10_000)),
        with_range(saved(encryption=pikepdf.Encryption(owner="a", user="b"))),
        with_range(b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000),
        with_range(PDF.replace(b"/Root 1 0 R", b"/Prev 0 /Root " + b"<</A " * 50_000)),
        b"%PDF-1.4 /ByteRange" + b"\0" * 1000,
    ],
    ids=["10,000 pages", "password", "deep", "deep trailer", "rubbish"],
)
def test_a_file_made_to_hurt_gets_a_phrase_and_hurts_nobody(world, client, content):
    assert verdict(client, content) in {UNSEALED, ANOTHER}


def test_nothing_of_a_file_is_kept(world, client):
    verdict(client, world.pdf)
    assert list((data_of("ours") / "verify").iterdir()) == []


def test_without_a_file_the_page_says_what_to_do(world, client):
    answer = client.post("/verify/", {})
    assert answer.status_code == 422
    assert "Choose the PDF to check." in answer.text


def test_a_file_over_the_limit_is_refused_unread(world, client, settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = ask(client, b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.json()["sentence"]
    answer = ask(client, b"x" * (2 * 1024 * 1024))
    assert answer.status_code == 413


def test_of_an_entry_that_is_not_public_nothing_but_its_standing_is_told(world, client):
    said = ask(client, world.pdf).json()
    assert set(said) == {
        "verdict", "code", "sentence", "sha256", "sealed_at", "is_demonstration", "state", "standing",
    }  # fmt: skip
    assert said["standing"] == "This text is current: it is in force today."


def test_of_a_public_entry_anybody_learns_which_it_is(world, client):
    make_public(world.document)
    said = ask(client, world.pdf).json()
    assert said["reference"] == world.document.reference
    assert said["title"] == world.version.title


def test_who_asks_too_often_waits_for_the_next_hour(world, client, settings):
    settings.VERIFY_LIMIT = 2
    assert [ask(client, PDF).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert "Too many copies were checked" in refused.text
    assert int(refused["Retry-After"]) <= 3600
    assert ask(client, PDF, REMOTE_ADDR="203.0.113.9").status_code == 200
