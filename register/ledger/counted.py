"""Counts the statements that go to the database, for a line of the log."""

from __future__ import annotations


class Statements:
    """How many statements went since it was put in place: `connection.execute_wrapper(Statements())`."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)
