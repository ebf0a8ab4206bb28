"""The files in a ZIP or in a folder, read one by one within bounds; nothing is unpacked to disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.conf import settings

from register.exchange.limits import PACKING, PACKING_FROM, Refused

FILES = 5_000
# Of the list of its files at a ZIP's end, which is read whole before anything else can be.
DIRECTORY_BYTES = FILES * 1_000
_END = struct.Struct("<4s4H2LH")
_LONG_END = struct.Struct("<4sQ2H2L4Q")
_LONG_PLACE = struct.Struct("<4sLQL")
_COMMENT_BYTES = 65_535
TOTAL_TIMES = 40  # as much as so many of the largest files that may be attached
_IGNORED = frozenset(("thumbs.db", "desktop.ini", ".ds_store"))


class Member(NamedTuple):
    """A file: its name with its folders, and its bytes; None and a sentence where they are not taken."""

    name: str
    content: bytes | None
    problem: str = ""


def members_of(path: Path) -> Iterator[Member]:
    """The files of a ZIP, or of a folder and those below it, in the order of their names.

    Raises Refused with a sentence for a ZIP that is locked, damaged, or too large as a whole.
    """
    if path.is_dir():
        yield from _of_folder(path)
        return
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not _is_ignored(part.filename)]
            _check(parts)
            for part in sorted(parts, key=lambda part: part.filename):
                yield _member(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as damaged:
        raise Refused(
            "The ZIP is damaged or is none. Pack the files again and send that."
        ) from damaged


def count_of(path: Path) -> int:
    """How many files there are in a ZIP. Raises Refused as `members_of` does."""
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not _is_ignored(part.filename)]
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as damaged:
        raise Refused(
            "The ZIP is damaged or is none. Pack the files again and send that."
        ) from damaged
    _check(parts)
    return len(parts)


def _of_folder(path: Path) -> Iterator[Member]:
    found = sorted(each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
    names = {each: each.relative_to(path).as_posix() for each in found}
    found = [each for each in found if not _is_ignored(names[each])]
    if len(found) > FILES:
        raise Refused(f"The folder holds more than {FILES:,} files. Take it in parts.")
    for each in found:
        if each.stat().st_size > settings.UPLOAD_LIMIT_BYTES:
            yield Member(names[each], None, _too_large())
        else:
            yield Member(names[each], each.read_bytes())


def _check_directory(path: Path) -> None:
    """Refuse a ZIP whose list of files is longer than any that is taken (APPNOTE.TXT 4.3.14, 4.3.16)."""
    with path.open("rb") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - _END.size - _LONG_PLACE.size - _COMMENT_BYTES))
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) - at < _END.size:
            return  # it is no ZIP: who opens it says so
        length = _END.unpack_from(tail, at)[5]
        place = at - _LONG_PLACE.size
        if place >= 0 and tail[place:].startswith(b"PK\6\7"):
            file.seek(min(_LONG_PLACE.unpack_from(tail, place)[2], size))
            long = file.read(_LONG_END.size)
            length = _LONG_END.unpack(long)[8] if len(long) == _LONG_END.size else length
    if length > DIRECTORY_BYTES:
        raise Refused(f"The ZIP holds more than {FILES:,} files. Send them in parts.")


def _check(parts: list[zipfile.ZipInfo]) -> None:
    if not parts:
        raise Refused("The ZIP holds no files. Pack the signed files and send that.")
    if len(parts) > FILES:
        raise Refused(f"The ZIP holds more than {FILES:,} files. Send them in parts.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("The ZIP is locked with a password. Pack the files without one.")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > TOTAL_TIMES * settings.UPLOAD_LIMIT_BYTES:
        limit = TOTAL_TIMES * settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise Refused(f"The ZIP unpacks to more than {limit:,} MB. Send the files in parts.")
    if unpacked > PACKING_FROM and unpacked / packed > PACKING:
        raise Refused(
            "The ZIP unpacks to many hundred times its size, which signed files never do."
        )


def _member(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Member:
    limit = settings.UPLOAD_LIMIT_BYTES
    if part.file_size > limit:
        return Member(part.filename, None, _too_large())
    try:
        with archive.open(part) as opened:
            content = opened.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, OSError,
            EOFError):  # fmt: skip
        return Member(part.filename, None, "The file is damaged inside the ZIP. Send it by itself.")
    # What the directory of a ZIP says of sizes need not be true.
    if len(content) > limit:
        return Member(part.filename, None, _too_large())
    return Member(part.filename, content)


def _is_ignored(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    last = path.name.lower()
    return name.endswith("/") or "__MACOSX" in path.parts or last in _IGNORED or last[:2] == "._"


def _too_large() -> str:
    limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
    return f"The file is larger than {limit} MB. Make it smaller and send it by itself."
