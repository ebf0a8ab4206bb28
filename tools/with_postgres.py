"""Runs a command with a throw-away PostgreSQL: python tools/with_postgres.py COMMAND [ARGUMENT ...]

The server listens on a socket in a temporary folder only, so that it clashes with no other, and is gone
when the command ends. It has two roles, as production does: `register_owner` owns the database
(MIGRATE_DATABASE_URL), `register_app` works in it (DATABASE_URL).
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER, APP, DATABASE = "register_owner", "register_app", "register"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB;
CREATE ROLE {APP} LOGIN;
GRANT {APP} TO {OWNER};
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""


def main(command: list[str]) -> int:
    """Run the command beside a fresh server; answers the command's exit code."""
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as addresses:
        return subprocess.call(command, env={**os.environ, **addresses})


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start a server for as long as the block lasts; gives the environment that points to it."""
    binaries, account = find_binaries(), unprivileged()
    # A socket's path may have about 100 characters, so the folder lies right under /tmp.
    folder = Path(tempfile.mkdtemp(prefix="register-pg-", dir="/tmp"))
    folder.chmod(0o755)
    if account:
        os.chown(folder, account["user"], account["group"])
    run = _runner(binaries, folder, account)
    try:
        run(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"
        )
        where = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"{where} {FAST}", "start")
        run("psql", "-h", str(folder), "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1", text=ROLES)
        yield {
            "DATABASE_URL": f"postgresql://{APP}@/{DATABASE}?host={folder}",
            "MIGRATE_DATABASE_URL": f"postgresql://{OWNER}@/{DATABASE}?host={folder}",
            "APP_DATABASE_ROLE": APP,
        }
    finally:
        if (folder / "data/postmaster.pid").exists():
            run("pg_ctl", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """The folder of the newest PostgreSQL server here; PG_BINDIR goes first."""
    places = [os.environ.get("PG_BINDIR", "")]
    places += sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=_release, reverse=True)
    places += sorted(glob.glob("/opt/homebrew/opt/postgresql@*/bin"), reverse=True)
    places.append(os.path.dirname(shutil.which("initdb") or ""))
    for place in places:
        if place and Path(place, "initdb").exists():
            return Path(place)
    sys.exit(
        "No PostgreSQL server was found: install Debian's package postgresql, or set PG_BINDIR."
    )


def unprivileged() -> dict:
    """Whom the server runs as: PostgreSQL refuses root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL does not run as root, and there is no account named postgres or nobody.")


def _release(path: str) -> float:
    return float(path.split("/")[4])


def _runner(binaries: Path, folder: Path, account: dict):
    """A function that runs one of the server's own programs as the unprivileged account."""
    environment = {"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    environment["PGDATA"] = str(folder / "data")

    def run(program: str, *arguments: str, text: str = "") -> None:
        ended = subprocess.run(
            [str(binaries / program), *arguments],
            env=environment,
            cwd="/",
            input=text,
            text=True,
            stdout=subprocess.DEVNULL,
            **account,
        )
        if ended.returncode:
            sys.exit(
                f"The throw-away PostgreSQL did not work: {program} ended with {ended.returncode}."
            )

    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
