"""Lets real processes go at one moment: what they do there, they do at once."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable

from django.db import connection, connections

# Writers of SQLite take turns: each waits for the others.
PATIENCE_SECONDS = 60

Wait = Callable[[], None]
Work = Callable[[Wait], object]


def together(*works: Work) -> list:
    """Run each work in a process of its own; what they answered, in the same order.

    A work gets a function that it calls when it is ready: all go on from there at one moment.
    """
    connections.close_all()
    gate, held = os.pipe()
    running = [_start(work, gate, held) for work in works]
    os.close(gate)
    for _, said in running:
        assert said.readline() == "ready\n"
    os.close(held)
    answers = [said.read() for _, said in running]
    for child, said in running:
        said.close()
        assert os.waitpid(child, 0)[1] == 0, "a process failed: it says above why"
    return [json.loads(answer) for answer in answers]


def _start(work: Work, gate: int, held: int):
    heard, told = os.pipe()
    child = os.fork()
    if child:
        os.close(told)
        return child, os.fdopen(heard)
    os.close(held)
    status = 1
    try:
        if connection.vendor == "sqlite":
            connection.settings_dict["OPTIONS"]["timeout"] = PATIENCE_SECONDS
        answer = work(lambda: _ready(told, gate))
        os.write(told, json.dumps(answer).encode())
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _ready(told: int, gate: int) -> None:
    connection.ensure_connection()
    os.write(told, b"ready\n")
    # Nobody ever writes: it ends when whoever holds the other end lets it go.
    os.read(gate, 1)
