"""Storage in which a file stands under its name whole, or not at all: whatever ends the program."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# Files are written here first. What a killed program left behind is forgotten by the worker.
UNFINISHED = "unfinished"
PIECE = 1024 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


class NotKept(OSError):
    """A file could not be written; `sentence` says why in words for the reader."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause.errno, os.strerror(cause.errno or errno.EIO))
        self.sentence = why_not_kept(self)


class WholeFiles(FileSystemStorage):
    """Files in a folder, each written beside its place, synced, and moved there in one step.

    Without `is_synced` a file may be lost when the machine loses power, never when a program ends.
    """

    def __init__(self, *args, is_synced: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.is_synced = is_synced

    def _save(self, name: str, content: File) -> str:
        part = Path(self.path(f"{UNFINISHED}/{uuid4().hex}"))
        place = Path(self.path(name))
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write(part, content)
            part.replace(place)
            self._sync(place.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise NotKept(error) from error
        return name

    def _write(self, part: Path, content: File) -> None:
        with part.open("xb") as file:
            content.seek(0)
            while piece := content.read(PIECE):
                file.write(piece.encode() if isinstance(piece, str) else piece)
            file.flush()
            if self.is_synced:
                os.fsync(file.fileno())
        if self.file_permissions_mode is not None:
            part.chmod(self.file_permissions_mode)

    def _sync(self, folder: Path) -> None:
        if not self.is_synced:
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def why_not_kept(error: BaseException | None) -> str:
    """Why a file could not be kept, as a sentence; empty for an error of another kind."""
    if not isinstance(error, OSError):
        return ""
    if error.errno in _NO_ROOM:
        return "The register has no room left for files."
    # Of other folders, a refusal says nothing of where files are kept.
    is_ours = isinstance(error, NotKept)
    if error.errno == errno.EROFS or (is_ours and error.errno in _NOT_WRITABLE):
        return "The register may not write its files at the moment."
    return "The register could not write a file." if is_ours else ""
