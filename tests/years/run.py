"""`python -m tests.years.run`: ten years of 500 entries, and the table of every notice.

    python -m tests.years.run [--entries 500] [--years 10] [--rounds 45] [--seed 1] [--only JOB,JOB]

A database of its own in a folder that is removed afterwards; every job of the register runs, or those
named. Ends with status 1 where anything is missing, came twice, came late or was not expected.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Make the tables, and let the years pass in a process that finds them."""
    with tempfile.TemporaryDirectory(prefix="register-years-") as folder:
        env = {
            **os.environ, "REGISTER_MODE": "test", "DATA_DIR": folder, "LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "register.settings",
        }  # fmt: skip
        manage = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(manage, cwd=ROOT, env=env, check=True)
        live = [sys.executable, "-m", "tests.years.live", *sys.argv[1:]]
        return subprocess.run(live, cwd=ROOT, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
