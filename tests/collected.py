"""The static files that servers of tests give out, collected once for all of them.

Collecting hashes and compresses every file, and takes as long as all else that such a server needs to
start: the first who asks does it, the others wait and use the same folder.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SETTINGS = ROOT / "register" / "settings.py"


def build_folder(folder: Path) -> Path:
    """A build folder for an installation of its own in a folder: the front end, and what was collected."""
    build = folder / "build"
    build.mkdir(exist_ok=True)
    (build / "front").symlink_to(BUILD / "front")
    (build / "collected").symlink_to(_collected())
    return build


def _collected() -> Path:
    kept = BUILD / "test-static" / _digest()
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "whole").exists():
            env = {**os.environ, "REGISTER_MODE": "demonstration", "DATA_DIR": str(kept / "data"),
                   "BUILD_DIR": str(kept)}  # fmt: skip
            if not (kept / "front").exists():
                (kept / "front").symlink_to(BUILD / "front")
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            (kept / "whole").touch()
    return kept / "collected"


def _digest() -> str:
    """What is collected depends on: our own files, those of the front end, and the libraries."""
    digest = sha256(SETTINGS.read_bytes())
    for folder in (ROOT / "static", BUILD / "front", ROOT / "requirements"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:20]
