"""Writes a ZIP as a stream: what goes in is never held whole, and what comes out may be sent at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Part:
    """One file of an archive: its path, and its bytes piece by piece, read when its turn comes."""

    path: str
    pieces: Iterable[bytes]
    is_packed: bool = False


def zipped(parts: Iterable[Part], at: datetime) -> Iterator[bytes]:
    """The bytes of the archive, piece by piece; each file bears the time `at`.

    What is packed already, such as a PDF, is stored as it is.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            info = zipfile.ZipInfo(part.path, date_time=at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if part.is_packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as target:
                for piece in part.pieces:
                    target.write(piece)
                    yield outlet.taken()
    yield outlet.taken()


class _Outlet(io.RawIOBase):
    """Where the archive is written: it cannot be wound back, and gives out what came in so far."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = b"".join(self._held), []
        return held
