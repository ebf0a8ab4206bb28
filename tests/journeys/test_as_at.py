"""For twenty days of the demonstration the register as it was equals what its ledger says."""

import os
import subprocess
import sys

from tests.journeys.conftest import ROOT


def test_the_demonstration_of_twenty_days_is_what_its_ledger_says(site):
    env = {
        **os.environ,
        "BUILD_DIR": str(site.data / "build"),
        "REGISTER_MODE": "demonstration",
        "DATA_DIR": str(site.data),
        "BASE_URL": site.url,
    }
    command = [sys.executable, "-m", "tests.register.past.demonstration"]
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert run.stdout.startswith("20 days, ")
