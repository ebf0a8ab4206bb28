"""The files in storage: what is kept of them, and how they are put back, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from register.core.whole_files import UNFINISHED
from register.documents.models import StoredFile
from register.everything.archive import PIECE, Reader, Writer
from register.everything.refusals import Refused

# What is made again when somebody asks for it, and never kept; and what was never finished.
MADE_AGAIN = ("prints", "everything", UNFINISHED)
PART = ".restoring"

Progress = Callable[[str], None]


def add_files(archive: Writer, tell: Progress) -> list[dict[str, Any]]:
    """Put every stored file into an archive under its SHA-256; gives path, digest and size of each.

    Files are only ever added, so those that the tables name are there however long this takes.
    """
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for path in paths():
        sha256 = _sha256_of(path)
        if sha256 is None:
            continue
        if sha256 not in seen:
            seen.add(sha256)
            _add(archive, path, sha256)
        found.append({"path": path, "sha256": sha256})
        if len(found) % 1000 == 0:
            tell(f"{len(found)} files")
    return found


def paths(folder: str = "") -> Iterator[str]:
    """The path of every file that is kept, in order, folder by folder."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        if not name.endswith(PART):
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if folder or name not in MADE_AGAIN:
            yield from paths(f"{folder}/{name}" if folder else name)


def why_files_hinder(files: list[dict[str, Any]]) -> str:
    """Why the storage here does not take these files; empty where it does.

    Files of a restoring that was broken off are among them, and do no harm.
    """
    wanted = {file["path"]: file["sha256"] for file in files}
    for path in paths():
        if path not in wanted:
            return f"The folder of files holds {path}, which the archive does not: empty it first."
        if _sha256_of(path) != wanted[path]:
            return f"The folder of files holds another {path} than the archive: empty it first."
    return ""


def put_files(archive: Reader, files: list[dict[str, Any]]) -> list[Path]:
    """Put the files of an archive into storage, each whole or not at all; gives those that were new."""
    put: list[Path] = []
    try:
        for file in files:
            place = Path(default_storage.path(file["path"]))
            if not place.exists():
                _put(archive, f"files/{file['sha256']}", place)
                put.append(place)
    except OSError as error:
        take_back(put)
        raise Refused(
            f"The files cannot be written ({error.strerror or error}). Nothing was brought in."
        ) from error
    except BaseException:
        take_back(put)
        raise
    return put


def take_back(put: list[Path]) -> None:
    """Remove files that were put there in vain."""
    for place in put:
        place.unlink(missing_ok=True)


def check_listed(archive: Reader) -> list[dict[str, Any]]:
    """The files of an archive, each with a path inside the storage and a member that is its digest."""
    members = {member["name"]: member["sha256"] for member in archive.manifest["members"]}
    for file in archive.manifest["files"]:
        path, sha256 = str(file["path"]), str(file["sha256"])
        inside = not {"", ".", ".."} & set(path.split("/")) and "\\" not in path
        if not inside or "\0" in path or path.split("/")[0] in MADE_AGAIN:
            raise Refused(f"{archive.path.name} names a file {path!r} outside the storage.")
        if members.get(f"files/{sha256}") != sha256:
            raise Refused(
                f"{archive.path.name} lacks the file {path}, or holds other bytes for it."
            )
    return archive.manifest["files"]


def named_by_tables(using: str) -> set[str]:
    """The digests of files that tables name and storage holds, at this moment."""
    rows = StoredFile.objects.using(using).order_by("pk")
    return {file.sha256 for file in rows.iterator(2000) if default_storage.exists(file.path)}


def _add(archive: Writer, path: str, sha256: str) -> None:
    with (
        default_storage.open(path) as file,
        archive.member(f"files/{sha256}", is_packed=False) as member,
    ):
        while piece := file.read(PIECE):
            member.write(piece)
    if member.sha256 != sha256:
        raise Refused(f"The file {path} changed while it was read. Start again.")


def _put(archive: Reader, name: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + PART)
    try:
        with part.open("wb") as file:
            for piece in archive.pieces(name):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _sha256_of(path: str) -> str | None:
    """The SHA-256 of a stored file; None where it was taken away meanwhile."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(path) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()
