"""An archive is whole and untouched, or nothing is taken from it."""

import errno
import json
import os
import zipfile

import pytest

from register.everything.archive import BACKUP, EXPORT, FORMAT, MANIFEST, Reader, Writer
from register.everything.refusals import Refused


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "whole.zip"
    with Writer(path) as archive:
        archive.text("tables/one.jsonl", ['{"id":1}\n', '{"id":2}\n'])
        with archive.member("files/ab", is_packed=False) as member:
            member.write(bytes(range(256)) * 40)
        archive.finish({"kind": EXPORT, "tables": [], "files": [], "migrations": [], "head": {}})
    return path


def remade(made, tmp_path, change=None, add=(), rename=None):
    """The archive with its manifest changed or with other members."""
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST and change:
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            new.writestr((rename or {}).get(name, name), content)
        for name, content in add:
            new.writestr(name, content)
    return path


def test_what_was_written_is_read_again(made):
    with Reader(made, EXPORT) as archive:
        archive.check()
        assert b"".join(archive.pieces("tables/one.jsonl")) == b'{"id":1}\n{"id":2}\n'
        assert archive.names == ["tables/one.jsonl", "files/ab"]
    assert made.stat().st_mode & 0o077 == 0


def test_what_fails_half_way_leaves_no_file(tmp_path):
    with pytest.raises(AttributeError), Writer(tmp_path / "half.zip") as archive:
        archive.text("a", iter(["b", 3]))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_no_file(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="No space left"), Writer(tmp_path / "big.zip") as archive:
        archive.finish({"kind": EXPORT})
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(made):
    with pytest.raises(Refused, match="already"):
        Writer(made)


@pytest.mark.parametrize("length", [0, 10, 2000, -1])
def test_a_cut_off_file_is_refused(made, length):
    made.write_bytes(made.read_bytes()[:length])
    with pytest.raises(Refused, match="cut off, damaged"):
        Reader(made, EXPORT)


def test_an_altered_byte_anywhere_is_told(made):
    whole = made.read_bytes()
    for place in range(0, len(whole), 97):
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            with Reader(made, EXPORT) as archive:
                archive.check()
                # What is left are bytes of the ZIP that say nothing, such as the time of a member.
                assert b"".join(archive.pieces("tables/one.jsonl")) == b'{"id":1}\n{"id":2}\n'
                assert b"".join(archive.pieces("files/ab")) == bytes(range(256)) * 40
        except Refused:
            pass


def test_an_altered_member_is_named(made, tmp_path):
    def other(manifest):
        manifest["members"][0]["sha256"] = "0" * 64

    with (
        Reader(remade(made, tmp_path, other), EXPORT) as archive,
        pytest.raises(Refused, match=r"tables/one.jsonl .* altered"),
    ):
        archive.check()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/../../evil", "a\\b", "C:evil", ""])
def test_a_name_that_leads_elsewhere_is_refused(made, tmp_path, name):
    def other(manifest):
        manifest["members"][1]["name"] = name

    path = remade(made, tmp_path, other, rename={"files/ab": name or "x"})
    with pytest.raises(Refused, match="names a member"):
        Reader(path, EXPORT)


def test_what_no_manifest_names_is_refused(made, tmp_path):
    path = remade(made, tmp_path, add=[("../../evil", b"x")])
    with pytest.raises(Refused, match="exactly what its manifest names"):
        Reader(path, EXPORT)


def test_a_newer_format_is_refused(made, tmp_path):
    path = remade(made, tmp_path, lambda manifest: manifest.update(format=FORMAT + 1))
    with pytest.raises(Refused, match="Update the register first"):
        Reader(path, EXPORT)


def test_another_kind_of_archive_is_refused(made, tmp_path):
    with pytest.raises(Refused, match="no backup"):
        Reader(made, BACKUP)
    plain = tmp_path / "plain.zip"
    with zipfile.ZipFile(plain, "w") as other:
        other.writestr("a.txt", "b")
    with pytest.raises(Refused, match="no manifest"):
        Reader(plain, EXPORT)


@pytest.mark.parametrize(
    "said", ["[]", "{}", "nonsense", '{"format": 1, "kind": "export of everything", "members": 3}']
)
def test_a_manifest_that_says_nothing_is_refused(tmp_path, said):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as odd:
        odd.writestr(MANIFEST, said)
    with pytest.raises(Refused, match="manifest"):
        Reader(path, EXPORT)
