"""Everything goes out in one file, and the same register comes from it into an empty installation."""

import csv
import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from register.accounts.models import User
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.documents.models import Document, StoredFile
from register.everything.archive import MANIFEST
from register.everything.exporting import export_everything
from register.everything.importing import import_everything
from register.everything.refusals import Refused
from register.jobs.models import RestoredCopy
from register.ledger.models import Entry, Head
from tests import worlds
from tests.register.everything.conftest import SECRET
from tests.register.everything.remaking import remade


@worlds.shared
def packed(office):
    """The bytes of the office in one file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "everything.zip"
        export_everything(path)
        return path.read_bytes()


@pytest.fixture
def exported(packed, tmp_path):
    """The office in one file."""
    path = tmp_path / "everything.zip"
    path.write_bytes(packed)
    return path


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(MANIFEST))


def sheet(path, name):
    with zipfile.ZipFile(path) as archive:
        return list(csv.reader(io.StringIO(archive.read(f"sheets/{name}.csv").decode("utf-8-sig"))))


def test_the_same_register_comes_into_an_empty_installation(office, exported, empty, tmp_path):
    told, head = manifest_of(exported), Head.objects.get().sha256
    with empty():
        # What an import that was broken off may have left.
        place = Path(default_storage.path(told["files"][0]["path"]))
        place.parent.mkdir(parents=True)
        place.with_name(f"{place.name}.restoring").write_bytes(b"half of it")
        imported = import_everything(exported)
        check_logins(office)
        assert not imported.checked.wrong
        assert imported.logins == User.objects.count() > 5
        export_everything(tmp_path / "again.zip")
        assert Document.objects.get(pk=office.agreement.pk).reference == office.agreement.reference
        for file in StoredFile.objects.all():
            assert default_storage.exists(file.path)
    again = manifest_of(tmp_path / "again.zip")
    digests = {table["model"]: table["sha256"] for table in told["tables"]}
    assert {table["model"]: table["sha256"] for table in again["tables"]} == digests
    assert again["head"]["sha256"] == told["head"]["sha256"] == head
    assert again["files"] == told["files"] != []
    # PostgreSQL numbers nothing in tables whose keys are said; a copy may, and never from below them.
    numbers = {table["model"]: table["last_key"] for table in told["tables"] if table["last_key"]}
    assert numbers.items() <= {t["model"]: t["last_key"] for t in again["tables"]}.items()


def check_logins(office):
    """Logins came back without a password and with their roles, and the copy is held."""
    admin = User.objects.get(email=office.cast.admin.email)
    assert not admin.has_usable_password()
    assert reach_of(admin).may_administer(office.cast.partnership.pk)
    waiting = RestoredCopy.objects.get()
    assert waiting.is_import
    assert waiting.released_at is None
    assert waiting.head == Head.objects.get().sha256


def test_no_secret_is_in_the_file(office, exported):
    hashed = User.objects.get(pk=office.cast.admin.pk).password
    with zipfile.ZipFile(exported) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert SECRET.encode() not in content, name
            assert hashed.encode() not in content, name
    left_out = {row["what"] for row in manifest_of(exported)["left_out"]}
    assert {"accounts.User.password", "mfa.Authenticator", "api.Token"} <= left_out


def test_people_read_it_in_spreadsheets(office, exported):
    entries = sheet(exported, "entries")
    assert entries[0][:3] == ["Reference", "Partnership", "Tier"]
    assert office.agreement.reference in {row[0] for row in entries[1:]}
    titles = [row[2] for row in sheet(exported, "versions")[1:]]
    assert any(title.startswith("'=1+1 “Ärger”") for title in titles)
    assert {row[2] for row in sheet(exported, "signatures")[1:]} == {"Signed on paper"}
    history = sheet(exported, "history")
    assert len(history) == Entry.objects.count() + 1
    assert history[-1][-1] == manifest_of(exported)["head"]["sha256"]
    for name in ("parties", "places-to-sign", "bodies", "people", "posts", "appointments"):
        assert len(sheet(exported, name)) > 1, name


def test_a_register_in_use_takes_nothing_in(office, exported):
    before = Head.objects.get().sha256
    with pytest.raises(Refused, match="holds a register already"):
        import_everything(exported)
    assert Head.objects.get().sha256 == before


def test_strange_files_in_storage_hinder_it(exported, empty, settings):
    with empty():
        settings.MEDIA_ROOT.mkdir()
        (settings.MEDIA_ROOT / "strange.txt").write_text("x")
        with pytest.raises(Refused, match=r"strange\.txt"):
            import_everything(exported)
        assert not Partnership.objects.exists()


def altered_history(lines):
    changed = lines[0].replace(b'"actor_name":"', b'"actor_name":"X', 1)
    return [changed, *lines[1:]]


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        ("documents.HistoricalVersion", altered_history, "The ledger does not agree"),
        ("ledger.Entry", lambda lines: lines[:-1], "holds .* rows, not"),
        ("documents.Version", lambda lines: lines[:1] + lines, "does not take its rows"),
        ("documents.Document", lambda lines: [b"{}\n", *lines[1:]], "columns differ"),
        ("documents.Document", lambda lines: [b"nonsense\n", *lines[1:]], "does not take"),
        ("directory.Partnership", lambda lines: [], "holds 0 rows"),
    ],
)
def test_a_forged_file_leaves_nothing_behind(exported, empty, tmp_path, table, change, sentence):
    forged = remade(exported, tmp_path / "forged.zip", table, change)
    with empty():
        with pytest.raises(Refused, match=sentence), transaction.atomic():
            import_everything(forged)
        assert not Partnership.objects.exists()
        assert Entry.objects.filter(actor_kind="person").count() == 0
        assert not RestoredCopy.objects.exists()
        assert not [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def test_files_must_lie_in_storage(exported, empty, tmp_path):
    def elsewhere(manifest):
        manifest["files"][0]["path"] = "../../evil"

    forged = remade(exported, tmp_path / "forged.zip", about=elsewhere)
    with empty(), pytest.raises(Refused, match="outside the storage"):
        import_everything(forged)


def test_a_file_of_a_newer_or_older_release_is_refused(exported, empty, tmp_path):
    newer = remade(
        exported, tmp_path / "n.zip", about=lambda m: m["migrations"].append("documents.9999_later")
    )
    older = remade(exported, tmp_path / "o.zip", about=lambda m: m["migrations"].pop())
    with empty():
        with pytest.raises(Refused, match="newer than this one"):
            import_everything(newer)
        with pytest.raises(Refused, match="older than this one"):
            import_everything(older)
