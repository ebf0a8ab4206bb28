"""A register whose database outlives the process that works in it, as a real one does."""

import sqlite3
from contextlib import closing
from copy import deepcopy

import pytest
from django.db import connections

ALIAS = "default"
# Whoever waits for a lock learns soon that it is held.
LOCKED_AFTER_SECONDS = 0.3


@pytest.fixture
def on_disk(transactional_db, tmp_path):
    """The tests' tables in a file, where the tests' database lies in memory; PostgreSQL as it is."""
    memory = connections[ALIAS]
    if memory.vendor != "sqlite":
        yield None
        return
    path = tmp_path / "register.sqlite3"
    memory.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        memory.connection.backup(file)
    made = deepcopy(memory.settings_dict)
    made["NAME"] = str(path)
    made["OPTIONS"]["timeout"] = LOCKED_AFTER_SECONDS
    connections[ALIAS] = type(memory)(made, ALIAS)
    try:
        yield path
    finally:
        connections[ALIAS].close()
        connections[ALIAS] = memory
