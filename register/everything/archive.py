"""One ZIP with a manifest: written a piece at a time, and checked whole before anything is taken from it.

The manifest is the last member. It names every other one with its size and SHA-256, so that a file that
was cut off, altered or added to is told before a single row is written.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from register.everything.refusals import Refused

FORMAT = 1
MANIFEST = "manifest.json"
EXPORT, BACKUP = "export of everything", "backup"
PIECE = 256 * 1024
MANIFEST_LIMIT = 512 * 1024 * 1024
NEEDED = {"members": list, "tables": list, "files": list, "migrations": list, "head": dict}
_SAFE = re.compile(r"[A-Za-z0-9_@.+-]+(/[A-Za-z0-9_@.+-]+)*")


class Member(io.RawIOBase):
    """One member while it is written: counts and digests what goes in."""

    def __init__(self, opened: IO[bytes]):
        self._opened = opened
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        """Write bytes."""
        self._opened.write(piece)
        self._digest.update(piece)
        self.size += len(piece)
        return len(piece)

    @property
    def sha256(self) -> str:
        """The digest of what was written so far."""
        return self._digest.hexdigest()


class Writer:
    """Writes an archive beside its place, and puts it there when it is whole."""

    def __init__(self, path: Path):
        if path.exists():
            raise Refused(f"There is a file {path} already. Choose another name.")
        if not path.parent.is_dir():
            raise Refused(f"There is no folder {path.parent}. Make it first.")
        self.path = path
        self.members: list[dict[str, Any]] = []
        self._part = path.with_name(f"{path.name}.{os.getpid()}.part")

    def __enter__(self) -> Writer:
        # It holds what only few may read.
        try:
            opened = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise Refused(self._not_written(error)) from error
        self._file = os.fdopen(opened, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            with suppress(OSError, ValueError):
                self._zip.close()
            with suppress(OSError):
                self._file.close()
            self._part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Refused(self._not_written(error)) from error

    @contextmanager
    def member(self, name: str, *, is_packed: bool = True) -> Iterator[Member]:
        """Write one member in the block; `is_packed` is off for what is packed in itself."""
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        about.external_attr = 0o600 << 16
        with self._zip.open(about, "w", force_zip64=True) as opened:
            member = Member(opened)
            yield member
        self.members.append({"name": name, "size": member.size, "sha256": member.sha256})

    def text(self, name: str, lines: Iterable[str]) -> None:
        """Write a member of text."""
        with self.member(name) as member:
            for line in lines:
                member.write(line.encode())

    def finish(self, manifest: dict[str, Any]) -> str:
        """Write the manifest, and put the archive into its place; gives the manifest's SHA-256."""
        whole = {"format": FORMAT, **manifest, "members": self.members}
        content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        self._zip.writestr(MANIFEST, content)
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.path)
        return hashlib.sha256(content).hexdigest()

    def _not_written(self, error: OSError) -> str:
        return (
            f"{self.path} could not be written: {error.strerror or error}. Nothing was left behind."
        )


class Reader:
    """Reads an archive of one kind; raises Refused with a sentence for everything else."""

    def __init__(self, path: Path, kind: str):
        if not path.is_file():
            raise Refused(f"There is no file {path}. Check the name and the folder.")
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise Refused(
                f"{path.name} is cut off, damaged or no {kind}. Take another copy of it."
            ) from error
        try:
            self.manifest = self._manifest(kind)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """The members that the manifest names."""
        return [member["name"] for member in self.manifest["members"]]

    def check(self) -> None:
        """Read every member and compare it with the manifest; raises Refused naming the first that differs."""
        for member in self.manifest["members"]:
            digest, size = hashlib.sha256(), 0
            try:
                for piece in self.pieces(member["name"]):
                    digest.update(piece)
                    size += len(piece)
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
                raise Refused(self._altered(member["name"])) from error
            if (size, digest.hexdigest()) != (member["size"], member["sha256"]):
                raise Refused(self._altered(member["name"]))

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """One member, to be read."""
        with self._zip.open(name) as member:
            yield member

    def pieces(self, name: str) -> Iterator[bytes]:
        """One member, a piece at a time."""
        with self.opened(name) as member:
            while piece := member.read(PIECE):
                yield piece

    def _manifest(self, kind: str) -> dict[str, Any]:
        found = [about for about in self._zip.infolist() if about.filename == MANIFEST]
        if len(found) != 1 or found[0].file_size > MANIFEST_LIMIT:
            raise Refused(f"{self.path.name} is no {kind}: it has no manifest.")
        try:
            manifest = json.loads(self._zip.read(MANIFEST))
            made, told = manifest["format"], manifest["kind"]
        except (ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error) as error:
            raise Refused(f"The manifest of {self.path.name} was altered or damaged.") from error
        if not isinstance(made, int) or made > FORMAT:
            raise Refused(
                f"{self.path.name} has the format {made}, and this release reads up to {FORMAT}. "
                "Update the register first."
            )
        if told != kind:
            raise Refused(f"{self.path.name} is an archive of another kind ({told}), no {kind}.")
        for name, shape in NEEDED.items():
            if not isinstance(manifest.get(name), shape):
                raise Refused(f"The manifest of {self.path.name} says nothing of its {name}.")
        self._check_names([member.get("name") for member in manifest["members"]])
        return cast(dict[str, Any], manifest)

    def _check_names(self, listed: list[Any]) -> None:
        for name in listed:
            if not isinstance(name, str) or not _is_safe(name):
                raise Refused(f"{self.path.name} names a member {name!r}, which no {EXPORT} has.")
        held = [about.filename for about in self._zip.infolist()]
        if sorted([*listed, MANIFEST]) != sorted(held):
            raise Refused(
                f"{self.path.name} does not hold exactly what its manifest names: it was altered."
            )

    def _altered(self, name: str) -> str:
        return (
            f"{name} in {self.path.name} was altered or damaged: it is not what the manifest says."
        )


def _is_safe(name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and not {".", ".."} & set(name.split("/"))
