"""The bundle of evidence: checked offline by its own program, and every altered byte found."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from register.documents.services import drafting
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Entry
from tests import make, make_documents

pytestmark = pytest.mark.django_db


def fetched(client, version):
    """The ZIP of a version's bundle, as it is sent."""
    answer = client.get(
        reverse("evidence:bundle", args=[version.document.reference, version.number])
    )
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


@pytest.fixture
def office(client, world):
    client.force_login(world.cast.office)
    return client


@pytest.fixture
def unpacked(office, world, tmp_path):
    """The bundle of the sealed version in an empty folder."""
    return unpack(fetched(office, world.version), tmp_path / "unpacked")


def unpack(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    [place] = folder.iterdir()
    return place


def run(place, *arguments):
    """The verifier as a stranger runs it: alone, in its folder, with nothing in its environment."""
    return subprocess.run(
        [sys.executable, "-I", "verify.py", *arguments],
        cwd=place,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
    )


def alter(path: Path, before: bytes = b"", after: bytes = b""):
    """Change one byte of a file: the first of `before`, else the one in the middle."""
    content = bytearray(path.read_bytes())
    at = content.index(before) if before else len(content) // 2
    content[at] = after[0] if after else content[at] ^ 1
    path.write_bytes(bytes(content))


def forge_manifest(place):
    """Write the manifest anew, as somebody does who alters a file on purpose."""
    path = place / "manifest.json"
    told = json.loads(path.read_text())
    told["files"] = {
        name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in told["files"]
    }
    path.write_text(json.dumps(told))


def test_a_bundle_agrees_with_itself_in_an_empty_environment(unpacked, world):
    done = run(unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Everything in this bundle agrees." in done.stdout
    assert "DOES NOT" not in done.stdout
    for said in (
        f"Version 1: the text in texts/v1.json has the SHA-256 {world.version.body_sha256}.",
        f"sealed/{world.seal.name} is the PDF that was sealed",
        "is told as the ledger holds it.",
        "stands in the list of digests and names the one before it.",
        "lists all of its changes",
    ):
        assert said in done.stdout
    assert not (unpacked / "__pycache__").exists()
