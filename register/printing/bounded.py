"""Makes a PDF in a child process that can use only so much time, memory and disk.

The web process and the worker never lay out a page themselves: one text that is too much for the
layout ends one child, with a sentence, and nothing of it stays on the disk.
"""

import json
import logging
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from register.ledger.logs import places_in
from register.printing.refusals import REFUSED, PrintFailed

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
FONTS_CONF = Path(__file__).with_name("fonts.conf")
VERSION_SECONDS = 30
PACK_SECONDS = 120
MEMORY_BYTES = 1536 * 1024 * 1024
OUTPUT_BYTES = 50_000_000
LEFT_OVER_SECONDS = 3600


def render_version(canonical: bytes, frame: dict) -> bytes:
    """The PDF of one version from the bytes of its canonical body; PrintFailed says why not."""
    return render({"items": [{"canonical": canonical.decode(), "frame": frame}]})


def render_pack(items: list[tuple[bytes, dict]], title: str) -> bytes:
    """One PDF of several versions, each given by its canonical bytes and its frame."""
    if not items:
        raise PrintFailed("Choose at least one document for the pack.")
    found = [{"canonical": canonical.decode(), "frame": frame} for canonical, frame in items]
    return render({"items": found, "title": title})


def render(job: dict) -> bytes:
    """The PDF of a job: `items` of canonical text and frame, and a `title` where it is a pack.

    Raises PrintFailed with a sentence when it is refused or goes over a bound: 30 seconds for a
    version, 120 for a pack, 1.5 GiB of memory, 50 MB of PDF.
    """
    seconds = job.get("seconds") or (PACK_SECONDS if job.get("title") else VERSION_SECONDS)
    folder = settings.DATA_DIR / "printing"
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with TemporaryDirectory(prefix="print-", dir=folder) as place:
        output = Path(place) / "print.pdf"
        fonts = job.get("fonts") or settings.BUILD_DIR / "front" / "fonts"
        task = {**job, "output": str(output), "fonts": str(fonts)}
        _run(json.dumps(task).encode(), Path(place), seconds)
        return _whole(output)


def _run(task: bytes, place: Path, seconds: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "register.printing.child"],
        cwd=ROOT,
        env=_environment(place),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _bound(process.pid, seconds)
        _, complaint = process.communicate(task, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise PrintFailed(_too_slow(seconds)) from error
    finally:
        _end(process)
    _judge(process.returncode, complaint.decode(errors="replace"), seconds)


def _environment(place: Path) -> dict[str, str]:
    """No secret, no address of a database: only what the layout needs."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "TMPDIR": str(place),
        "FONTCONFIG_FILE": str(FONTS_CONF),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _bound(pid: int, seconds: int) -> None:
    """Lay the bounds on before the job is sent, so that all of it runs inside them."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        # One second more before the kernel's own end, so that the signal tells why.
        resource.prlimit(pid, kind, (most, most + (kind == resource.RLIMIT_CPU)))


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stderr):
        if stream:
            stream.close()


def _judge(code: int, complaint: str, seconds: int) -> None:
    if code == 0:
        return
    last = complaint.strip().rsplit("\n", 1)[-1]
    if code == REFUSED and last.startswith("{"):
        raise PrintFailed(json.loads(last)["sentence"])
    if code == -signal.SIGXCPU:
        raise PrintFailed(_too_slow(seconds))
    if code == -signal.SIGKILL:
        raise PrintFailed(_stopped())
    logger.error("A print ended with code %s: %s", code, places_in(complaint))
    if "MemoryError" in complaint:
        raise PrintFailed("It needs more memory than a print may use: divide it, or choose fewer.")
    raise PrintFailed("The PDF could not be made. Print again; if it fails again, tell the office.")


def _whole(output: Path) -> bytes:
    pdf = output.read_bytes() if output.exists() else b""
    if not (pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")):
        raise PrintFailed(_stopped())
    return pdf


def _too_slow(seconds: int) -> str:
    return (
        f"The PDF was not made within {seconds} seconds. "
        "Shorten the longest clause or table, or choose fewer documents, and print again."
    )


def _stopped() -> str:
    return "The making of the PDF was stopped before it was whole. Print again."


def _sweep(folder: Path) -> None:
    """Folders of prints whose maker was killed: nobody else takes them away."""
    for left in folder.glob("print-*"):
        try:
            if time.time() - left.stat().st_mtime > LEFT_OVER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            continue
