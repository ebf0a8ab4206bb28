"""Counts what the processes of one machine answered, exactly, without asking the database.

Each process counts in a file of its own, mapped into its memory; who asks adds up the files of all. A
process that has ended is added to the file of those that ended, so that no count goes back.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

# Each count takes one place of a file: its value, and its name in JSON, filled up with zeros.
PLACE, VALUE = 256, struct.Struct("<d")
AT_FIRST = 256 * PLACE
ENDED = "ended"
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
REQUESTS, DURATIONS, SECONDS = "requests", "durations", "seconds"

Name = tuple[str, ...]


class Counts:
    """The counts of this process, and those of all processes of this machine."""

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder
        self._lock = threading.Lock()
        self._file: CountFile | None = None

    @property
    def folder(self) -> Path:
        """Where the files lie: one folder for an installation, of whoever runs it, on this machine."""
        if given := self._given or settings.COUNTS_DIR:
            return Path(given)
        place = sha256(str(settings.DATA_DIR).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"register-counts-{os.geteuid()}-{place}"

    def note_request(self, page: str, method: str, status: int, seconds: float) -> None:
        """Count an answer, and into which bucket its duration falls. Never stands in its way."""
        room = page.partition(":")[0]
        bucket = next((str(limit) for limit in BUCKETS if seconds <= limit), "+Inf")
        with suppress(OSError, ValueError):
            self.add(
                {
                    (REQUESTS, page, method, str(status)): 1,
                    (DURATIONS, room, bucket): 1,
                    (SECONDS, room): seconds,
                }
            )

    def add(self, counts: dict[Name, float]) -> None:
        """Add to counts by their names."""
        with self._lock:
            file = self._own()
            for name, number in counts.items():
                file.add(name, number)

    def totals(self) -> dict[Name, float]:
        """The counts of all processes of this machine, those that ended included."""
        with suppress(OSError), _locked(self._made()):
            self._fold()
            return _sum(self.folder.glob("*.counts"))
        return {}

    def _own(self) -> CountFile:
        # A process that was forked counts in a file of its own.
        if self._file is None or self._file.pid != os.getpid():
            self._file = CountFile(self._made() / f"{os.getpid()}.counts")
        return self._file

    def _made(self) -> Path:
        folder = self.folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise PermissionError("The folder of counts is somebody else's.")
        return folder

    def _fold(self) -> None:
        """Add what ended processes counted to the file of those that ended."""
        gone = [path for path in self.folder.glob("*.counts") if not _lives(path.stem)]
        if not gone:
            return
        kept = self.folder / f"{ENDED}.counts"
        total = _sum([*gone, *([kept] if kept.exists() else [])])
        fresh = self.folder / f"{ENDED}.new"
        fresh.unlink(missing_ok=True)
        file = CountFile(fresh)
        for name, number in total.items():
            file.add(name, number)
        file.close()
        fresh.replace(kept)
        for path in gone:
            path.unlink()


class CountFile:
    """One file of counts, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self.pid = os.getpid()
        # A number of a process may come again: what the one before counted goes on.
        self._places = {name: place for place, name, _ in _read(path)} if path.exists() else {}
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._size = max(AT_FIRST, os.fstat(self._file.fileno()).st_size)
        self._file.truncate(self._size)
        self._map = mmap.mmap(self._file.fileno(), self._size)

    def add(self, name: Name, number: float) -> None:
        """Add to a count."""
        place = self._places.get(name)
        if place is None:
            place = self._begin(name)
        (value,) = VALUE.unpack_from(self._map, place)
        VALUE.pack_into(self._map, place, value + number)

    def close(self) -> None:
        """Write what is left, and let the file go."""
        self._map.flush()
        self._map.close()
        self._file.close()

    def _begin(self, name: Name) -> int:
        text = json.dumps(name).encode()
        if len(text) > PLACE - VALUE.size:
            raise ValueError(f"The name of a count is too long: {name}.")
        place = len(self._places) * PLACE
        if place + PLACE > self._size:
            self._size *= 2
            self._file.truncate(self._size)
            self._map.resize(self._size)
        self._map[place + VALUE.size : place + VALUE.size + len(text)] = text
        self._places[name] = place
        return place


def _sum(paths) -> dict[Name, float]:
    total: dict[Name, float] = {}
    for path in paths:
        for _, name, value in _read(path):
            total[name] = total.get(name, 0.0) + value
    return total


def _read(path: Path) -> Iterator[tuple[int, Name, float]]:
    content = path.read_bytes()
    for place in range(0, len(content) - PLACE + 1, PLACE):
        text = content[place + VALUE.size : place + PLACE].rstrip(b"\0")
        if not text:
            return
        with suppress(ValueError):  # half a name, of a process that is writing it now
            yield place, tuple(json.loads(text)), VALUE.unpack_from(content, place)[0]


def _lives(stem: str) -> bool:
    if stem == ENDED or not stem.isdecimal():
        return True
    try:
        os.kill(int(stem), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One at a time adds up: a process that ended is counted once."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


COUNTS = Counts()
