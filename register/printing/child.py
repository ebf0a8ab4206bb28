"""The process that lays out one print: `python -m register.printing.child`, started by bounded.py.

A job comes in as JSON on the standard input; the PDF goes to the file that the job names, whole or
not at all. The exit code is 0, or 3 with a sentence on the standard error. The bounds on time,
memory and size are laid on it from outside before the job is sent.
"""

import ctypes
import json
import logging
import signal
import sys
from pathlib import Path

from django.conf import settings

from register.printing.engine import Printable, build, build_pack
from register.printing.refusals import REFUSED, PrintFailed
from register.printing.reports import build_report
from register.printing.sheets import build_sheet

RECURSIONS = 3_000
PR_SET_PDEATHSIG = 1  # prctl(2): a print ends with the process that asked for it


def main() -> int:
    """Read the job, make the PDF, move it into place; the exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    sys.setrecursionlimit(RECURSIONS)
    logging.disable()
    settings.configure(USE_I18N=False)
    job = json.load(sys.stdin.buffer)
    try:
        _place(_made(job), Path(job["output"]))
    except PrintFailed as refusal:
        return _refuse(refusal.sentence)
    except MemoryError:
        return _refuse("It needs more memory than a print may use: divide it, or choose fewer.")
    except RecursionError:
        return _refuse("Its text is nested too deeply to be laid out: make its lists shallower.")
    return 0


def _made(job: dict) -> bytes:
    if job.get("report"):
        return build_report(job["report"], fonts=Path(job["fonts"]))
    if job.get("sheet"):
        return build_sheet(job["sheet"], fonts=Path(job["fonts"]))
    versions = [Printable(item["canonical"].encode(), item["frame"]) for item in job["items"]]
    fonts = Path(job["fonts"])
    if job.get("title"):
        return build_pack(versions, job["title"], fonts=fonts)
    return build(versions[0], fonts=fonts)


def _place(pdf: bytes, output: Path) -> None:
    part = output.with_suffix(".part")
    try:
        part.write_bytes(pdf)
    except OSError as error:
        raise PrintFailed(
            "It is larger than a print may be, or the disk is full: choose fewer."
        ) from error
    part.rename(output)


def _refuse(sentence: str) -> int:
    print(json.dumps({"sentence": sentence}), file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
