"""How long the web server takes until its first answer, and how much memory web and worker hold."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure, print_figures
from tests.bench.installation import (
    BESIDE,
    OFFICERS,
    PASSWORD,
    PLAIN,
    PORT,
    REGISTER,
    ROOT,
    plain_installation,
    run,
    serving,
    started,
    stop,
    wait,
)
from tests.bench.measure import Browser
from tests.bench.pages import pages_of, signed_in

STARTS = 5
WEB_MEGABYTES = 140
SETTLED = 20  # seconds after which a worker has run each of its jobs


def measure(engine: str, env: dict[str, str]) -> None:
    """Print both, beside a plain admin of the same run."""
    with plain_installation(engine) as plain:
        run(plain, "-m", "tests.bench.plain.fill", "1000")
        cold_start(env, plain)
        memory(env, plain)


def cold_start(env: dict[str, str], plain: dict[str, str]) -> None:
    """Seconds from the command to the first page, several times in turn."""
    taken: dict[str, list[float]] = {REGISTER: [], PLAIN: []}
    for _ in range(STARTS):
        for app, place, port in ((REGISTER, env, PORT), (PLAIN, plain, BESIDE)):
            begun = time.perf_counter()
            process = started(place, app, port)
            try:
                wait(app, port, every=0.01)
                taken[app].append(time.perf_counter() - begun)
            finally:
                stop(process)
    ours, theirs = (statistics.median(taken[app]) for app in (REGISTER, PLAIN))
    print_figures("cold start", [Figure("first answer", ours, "s", "plain admin", theirs)])


def memory(env: dict[str, str], plain: dict[str, str]) -> None:
    """Megabytes of the web process after every page of each officer, and of the worker at rest."""
    with serving(env) as web, serving(plain, PLAIN, BESIDE) as other:
        rows = [("web, begun", held(web), held(other))]
        for officer in OFFICERS:
            browser = signed_in(officer, PORT)
            for path in pages_of(browser).values():
                browser.page(path)()
        admin = Browser(BESIDE)
        admin.sign_in("all", PASSWORD, "/admin/login/", "username")
        for path in ("/admin/", "/admin/plain/agreement/", "/admin/plain/agreement/1/change/"):
            admin.page(path)()
        rows.append(("web, after every page", held(web), held(other)))
    figures = [
        Figure(name, ours, "MB", "of which the plain admin’s", theirs)
        for name, ours, theirs in rows
    ]
    figures.append(Figure("web, after every page", rows[-1][1], "MB", aim=WEB_MEGABYTES))
    figures.append(Figure("worker, at rest", worker(env), "MB"))
    print_figures("memory", figures)


def worker(env: dict[str, str]) -> float:
    """Megabytes of a worker that has run each of its jobs."""
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=env,
                               stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        time.sleep(SETTLED)
        return megabytes(process.pid)
    finally:
        stop(process)


def held(master: subprocess.Popen) -> float:
    """Megabytes of the one worker of a web server."""
    [child] = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
    return megabytes(int(child))


def megabytes(process: int) -> float:
    """What a process holds, without what it has mapped of files: the system gives those back at need."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024
