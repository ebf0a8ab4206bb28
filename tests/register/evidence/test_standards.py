"""A sealed PDF by the verdicts of others: pdfsig, and veraPDF for PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import subprocess

import pytest

from tools.verapdf import validate

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(world, tmp_path):
    file = tmp_path / "sealed.pdf"
    file.write_bytes(world.pdf)
    return file


def test_pdfsig_finds_one_valid_signature_over_the_whole_document(copy, tmp_path):
    said = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True).stdout
    assert said.count("Signature #") == 1
    for words in ("ETSI.CAdES.detached", "Signature is Valid", "Total document signed", "SHA-256"):
        assert words in said
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content)
    said = subprocess.run(["pdfsig", "-nocert", changed], capture_output=True, text=True).stdout
    assert "Signature is Valid" not in said


def test_a_sealed_pdf_keeps_both_standards_by_verapdf(copy):
    [judged] = validate([copy]).values()
    assert {flavour: found.broken for flavour, found in judged.items()} == {"3a": [], "ua1": []}
    assert all(found.checks > 1_000 for found in judged.values())
