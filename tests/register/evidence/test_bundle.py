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

from register.documents.lifecycle import State
from register.documents.models import Clause, Version
from register.documents.services import attachments, drafting
from register.evidence.bundle import Bundle
from register.evidence.ledger_part import digest_lines
from register.ledger import redaction
from register.ledger.access import leave_trace
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Entry
from register.signing.models import Signature
from tests import make_documents
from tests.register.evidence.conftest import agreement

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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("texts/v1.json", "Version 1: the text in texts/v1.json was changed"),
        ("signatures.json", "signatures.json"),
        ("ledger/entries.json", "ledger/entries.json"),
        ("ledger/rows.json", "ledger/rows.json"),
        ("ledger/digests.txt", "ledger/digests.txt"),
        ("sealed/*.pdf", "sealed.pdf is not the PDF that was sealed"),
        ("README.txt", "README.txt was changed"),
    ],
)
def test_one_altered_byte_is_named(unpacked, name, said):
    [path] = unpacked.glob(name)
    alter(path)
    done = run(unpacked)
    assert done.returncode == 1
    assert done.stderr == ""
    wrong = [line for line in done.stdout.splitlines() if line.startswith("DOES NOT AGREE")]
    assert any(said in line for line in wrong), wrong
    assert "Do not rely on this bundle." in done.stdout


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        (
            "texts/v1.json",
            b"Why we share",
            b"w",
            "Version 1: the text in texts/v1.json was changed",
        ),
        ("signatures.json", b"Manager of Wyrefordshire Police", b"N", "person_name"),
        (
            "signatures.json",
            b"2026-",
            b"1",
            "is not told as the ledger holds it: signed_on",
        ),
        ("ledger/rows.json", b"Manager of Wyrefordshire Police", b"N", "what the ledger digested"),
        ("ledger/entries.json", b"version.signed_on_paper", b"w", "was changed: its digest is not"),
        ("ledger/entries.json", b"documents.party", b"e", "had its list of changes changed"),
        ("sealed/*.pdf", b"Pages", b"p", "is not the PDF that was sealed"),
        ("versions.json", b'"text_sha256": "', b"'", "cannot be read: it is damaged"),
    ],
)
def test_what_was_altered_on_purpose_is_found_though_the_manifest_was_made_anew(
    unpacked, name, before, after, said
):
    [path] = unpacked.glob(name)
    alter(path, before, after)
    forge_manifest(unpacked)
    done = run(unpacked)
    assert (done.returncode, done.stderr) == (1, "")
    assert "manifest names" not in done.stdout.split("DOES NOT AGREE")[1]
    assert said in "".join(done.stdout.partition("DOES NOT AGREE")[1:])


@pytest.mark.parametrize(
    "name", ["texts/v1.json", "signatures.json", "ledger/rows.json", "manifest.json"]
)
def test_a_missing_file_is_named_and_no_program_error_shown(unpacked, name):
    (unpacked / name).unlink()
    done = run(unpacked)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{name} is missing" in done.stdout or f"{name} was changed" in done.stdout


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"files": 3}', b'{"files": {"../../etc/passwd": "x"}}'],
)
def test_a_manifest_of_nonsense_ends_with_a_sentence(unpacked, content):
    (unpacked / "manifest.json").write_bytes(content)
    done = run(unpacked)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_file_that_was_put_in_is_told(unpacked):
    (unpacked / "more.txt").write_text("more")
    done = run(unpacked)
    assert done.returncode == 0
    assert "more.txt is not part of the bundle and was not looked at." in done.stdout


def test_a_digest_that_was_noted_elsewhere_is_compared(unpacked):
    entry = Entry.objects.order_by("-number")[1]
    assert run(unpacked, "--digest", str(entry.number), entry.sha256).returncode == 0
    other = run(unpacked, "--digest", str(entry.number), "ab" * 32)
    assert other.returncode == 1
    assert f"Entry {entry.number} does not have the digest that you noted." in other.stdout
    assert "Usage" in run(unpacked, "--digest", "x").stderr


def test_the_whole_chain_from_the_first_entry_told_to_the_newest_is_in_it(unpacked):
    lines = (unpacked / "ledger/digests.txt").read_text().splitlines()
    told = json.loads((unpacked / "ledger/entries.json").read_text())["entries"]
    first = told[0]["number"] - 1
    stored = Entry.objects.filter(number__gte=first).order_by("number")
    assert lines == [f"{one.number} {one.sha256}" for one in stored]
    assert b"".join(digest_lines(1, 2)).count(b"\n") == 2


def test_the_instructions_name_the_entry_and_say_what_it_cannot_show(unpacked, world):
    words = (unpacked / "README.txt").read_text()
    assert words.startswith(f"Evidence for {world.version}")
    assert "python3 verify.py" in words
    assert "WHAT IT CANNOT SHOW" in words
    assert "{" not in words


def test_a_bundle_holds_no_address_and_nothing_of_other_entries(office, world, tmp_path):
    bodies = [world.cast.council.organisation, world.cast.police.organisation]
    other = make_documents.agreement(
        world.cast.partnership, *bodies, title="Unspoken matter", state=State.IN_FORCE
    )
    with act(by=world.cast.office.person, verb="document.changed", subject=world.document):
        leave_trace(ip="203.0.113.77", browser="Netscape")
    place = unpack(fetched(office, world.version), tmp_path / "unpacked")
    assert run(place).returncode == 0
    told = b"".join(
        path.read_bytes() for path in place.rglob("*") if path.suffix in (".json", ".txt")
    )
    for unsaid in (
        b"Unspoken", other.reference.encode(), b"203.0.113.77", b"Netscape",
        b"@", f'"about_pk": "{other.pk}"'.encode(),
    ):  # fmt: skip
        assert unsaid not in told, unsaid


def test_earlier_versions_are_in_it_and_a_draft_is_not(office, world, tmp_path):
    document = world.document
    drafting.revise(by="system:test", document=document, changes="Secret plans.")
    second = make_documents.walk(document.newest, State.SIGNING)
    drafted = fetched(office, second)
    place = unpack(drafted, tmp_path / "unpacked")
    done = run(place)
    assert done.returncode == 0, done.stdout
    assert {path.name for path in (place / "texts").iterdir()} == {"v1.json", "v2.json"}
    assert "Version 2 has no sealed PDF in this bundle." in done.stdout
    earlier = unpack(fetched(office, world.version), tmp_path / "earlier")
    assert {path.name for path in (earlier / "texts").iterdir()} == {"v1.json"}


def test_who_may_not_read_a_draft_learns_nothing_of_it(client, world, tmp_path):
    drafting.revise(by="system:test", document=world.document, changes="Secret plans.")
    client.force_login(world.cast.sig_b)
    address = reverse("evidence:bundle", args=[world.document.reference, 2])
    assert client.get(address).status_code == 404
    place = unpack(fetched(client, world.version), tmp_path / "unpacked")
    told = b"".join(path.read_bytes() for path in place.rglob("*.json"))
    assert b"version.revised" not in told
    assert b"Secret plans." not in told


def test_a_text_that_was_never_frozen_has_no_bundle(office, world):
    draft = agreement(world.cast, State.DRAFT)
    address = reverse("evidence:bundle", args=[draft.document.reference, 1])
    assert office.get(address).status_code == 404


def test_an_entry_that_somebody_may_not_know_of_has_no_bundle(client, world):
    client.force_login(world.cast.outsider)
    address = reverse("evidence:bundle", args=[world.document.reference, 1])
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_that_a_bundle_was_taken_is_noted(office, world):
    fetched(office, world.version)
    event = AccessEvent.objects.get(kind="bundle.exported")
    assert event.detail == str(world.version)
    assert event.user_id == str(world.cast.office.pk)


def test_a_redacted_text_is_told_as_redacted_and_passes(office, world, owner, tmp_path):
    clause = Clause.objects.filter(version=world.version).first()
    redaction.redact(
        by=world.cast.office.person, second=world.cast.admin.person, model=Clause, pk=clause.pk,
        field="text", find="Why", reason="It named somebody.",
    )  # fmt: skip
    place = unpack(fetched(office, world.version), tmp_path / "unpacked")
    done = run(place)
    assert done.returncode == 0, done.stdout
    assert "part of the text was redacted on" in done.stdout
    assert Signature.objects.filter(body_sha256=world.version.body_sha256).exists()


def test_the_page_of_a_version_leads_to_its_bundle(office, world):
    page = office.get(world.version.get_absolute_url()).content.decode()
    assert reverse("evidence:bundle", args=[world.document.reference, 1]) in page


def test_a_governing_file_is_in_it_and_every_byte_of_it_counts(office, world, tmp_path):
    draft = agreement(world.cast, State.DRAFT)
    attachments.make_governing(
        by=world.cast.office, version=draft, content=world.pdf, name="Their paper.pdf",
        row_version=draft.row_version,
    )  # fmt: skip
    version = make_documents.walk(Version.objects.get(pk=draft.pk), State.SIGNING)
    place = unpack(fetched(office, version), tmp_path / "unpacked")
    [path] = (place / "governing").iterdir()
    assert path.read_bytes() == world.pdf
    done = run(place)
    assert done.returncode == 0, done.stdout
    assert "v1-Their paper.pdf is the file whose SHA-256 stands in its text." in done.stdout
    alter(path)
    forge_manifest(place)
    done = run(place)
    assert done.returncode == 1
    assert "is not the file whose SHA-256 stands in its text." in done.stdout


def test_an_act_that_changed_other_records_too_tells_nothing_of_them(office, world, tmp_path):
    other = agreement(world.cast, State.DRAFT)
    with act(by=world.cast.office.person, verb="version.changed", subject=world.document):
        for version in (Version.objects.get(pk=world.version.pk), other):
            version.row_version += 1
            version.save()
    place = unpack(fetched(office, world.version), tmp_path / "unpacked")
    done = run(place)
    assert done.returncode == 0, done.stdout
    number = Entry.objects.order_by("-number").first().number
    assert f"Entry {number} of the ledger also changed other records" in done.stdout
    told = (place / "ledger/entries.json").read_text()
    assert f'"about_pk": "{other.document_id}"' not in told


def test_what_was_written_while_it_was_made_is_left_out_of_it(office, world, tmp_path):
    made = Bundle(world.version, user=world.cast.office)
    with act(by=world.cast.office.person, verb="version.changed", subject=world.document):
        version = Version.objects.get(pk=world.version.pk)
        version.row_version += 1
        version.save()
    place = unpack(b"".join(made.pieces()), tmp_path / "unpacked")
    done = run(place)
    assert done.returncode == 0, done.stdout
    assert f"reaches to entry {Entry.objects.count() - 1}, the newest" in done.stdout
