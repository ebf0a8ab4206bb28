"""The process that reads one PDF of a stranger: `python -m register.evidence.child`, started by bounded.py.

A job comes in as JSON on the standard input and the answer goes out as JSON. It lays its bounds on
itself before it opens the file.
"""

import json
import logging
import resource
import sys

from register.evidence.found import Ours
from register.evidence.reading import read

CPU_SECONDS = 15
MEMORY_BYTES = 1024 * 1024 * 1024


def main() -> int:
    """Read the job, read the PDF, answer."""
    job = json.load(sys.stdin.buffer)
    _bound()
    logging.disable()
    with open(job["path"], "rb") as pdf:
        found = read(pdf, Ours.from_job(job))
    json.dump(found.as_answer(), sys.stdout)
    return 0


def _bound() -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    sys.exit(main())
