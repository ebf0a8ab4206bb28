"""Ends a real process by SIGKILL at a step of an act: nothing of the program can catch it."""

from __future__ import annotations

import os
import re
import signal
import traceback
from collections.abc import Callable

from django.db import connection, connections

from register.everything.selection import every_model
from register.ledger.models import Head

FIRST, BETWEEN, ENTRY = "before the first row", "between two rows", "before the ledger's entry"
COMMIT, ANSWER = "before the commit", "after the commit, before the answer"
STEPS_BEFORE = (FIRST, BETWEEN, ENTRY, COMMIT)
_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# What a worker notes of its own work is not the act.
_BESIDE = {"exchange_import", "jobs_run", "jobs_faileditem"}


def killed(work: Callable[[], object], at: str) -> None:
    """Run the work in a process that is killed at a step; a work that never comes there fails."""
    in_a_process(lambda: _dying(work, at))


def in_a_process(work: Callable[[], object]) -> None:
    """Run work in a process of its own, which has to end by SIGKILL."""
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the step was never reached"
    assert os.WTERMSIG(status) == signal.SIGKILL


def die() -> None:
    """End this process now, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def picture() -> dict[str, object]:
    """How many rows each table has, and the newest digest of the ledger."""
    found: dict[str, object] = {"head": Head.objects.values_list("sha256", flat=True).first()}
    with connection.cursor() as cursor:
        for model in every_model():
            if (table := model._meta.db_table) not in _BESIDE:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
    return found


def _dying(work: Callable[[], object], at: str) -> None:
    seen = {"rows": 0, "entry": False}

    def watch(execute, sql, params, many, context):
        found = _WRITE.match(sql)
        if found and found[1] not in _BESIDE:
            seen["rows"] += 1
            if found[1] == "ledger_entry":
                seen["entry"] = True
            wanted = {FIRST: seen["rows"] == 1, BETWEEN: seen["rows"] == 3, ENTRY: seen["entry"]}
            if wanted.get(at):
                die()
        return execute(sql, params, many, context)

    connection.ensure_connection()
    commit = connection._commit

    def committed():
        if seen["entry"] and at == COMMIT:
            die()
        commit()
        if seen["entry"] and at == ANSWER:
            die()

    connection._commit = committed
    with connection.execute_wrapper(watch):
        work()
