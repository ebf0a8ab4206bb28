"""Has a stranger's PDF read by a child process that can use only so much time and memory.

A file made to hurt ends one child and nothing else. Two run at once, so that many cannot take the
machine either.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from register.evidence.found import Ours, Read

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20
WAIT_SECONDS = 10
PLACES = BoundedSemaphore(2)
TOO_HARD = "too hard"


class Busy(Exception):
    """Others' files are being read: this one's turn did not come."""


def read_bounded(path: Path, ours: Ours) -> Read:
    """What is found in the PDF at a path; `problem` is TOO_HARD where the child went over its bounds.

    Raises Busy when no place came free within ten seconds.
    """
    if not PLACES.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        return _answer(json.dumps({"path": str(path), **ours.as_job()}).encode())
    finally:
        PLACES.release()


def _answer(job: bytes) -> Read:
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "register.evidence.child"],
            cwd=ROOT, env=_environment(), input=job, capture_output=True, timeout=SECONDS,
            start_new_session=True, check=True,
        )  # fmt: skip
        return Read.from_answer(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        log.warning("A PDF could not be read within its bounds: %s", type(error).__name__)
        return Read(problem=TOO_HARD)


def _environment() -> dict[str, str]:
    """No secret, no address of a database."""
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
