"""Worlds that tests share: made once for each module, found as they were made by each of its tests.

    @worlds.shared
    def county():
        return counties.found(add_months(today(), -13))

    @worlds.shared
    def charter(county):
        return make.charter(county.partnership, county.council)

stands where `@pytest.fixture` would, in a test module or a `conftest.py`. What is shared may ask for
what is shared, and for nothing else: no `client`, `settings`, `tmp_path` or `monkeypatch`, which last
for one test only. What belongs to some tests only is a plain fixture over it (`office(client, county)`).
A test names what is shared among its arguments; `getfixturevalue` comes too late for it.

Of what a module shares each test sees what it asks for, and no more: those that ask for less go first.
So one thing has to stand on the other: where some tests ask for a charter alone and others for a
request alone, one of the two is a plain fixture. Tests that commit (`transaction=True`) can have no
part in this: they build their own, in a module of their own. Whatever breaks this is said when tests
are collected.

How it works: what is shared is written inside one transaction of the module, which is taken back after
its last test; each test runs inside a savepoint of its own, and gets a deep copy of what was built, so
that neither its writing nor what it sets on an object reaches the next one. Files that were stored are
copied to each test's folder. One worker takes all tests of a module (tests/scheduling.py).
"""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from register.lists.labels import forget

# Fixtures of tests/conftest.py: the module's transaction, whose value is the folder of its files,
# and what one test has copied.
KEPT = "_of_the_module"
TRANSACTION = f"_transaction{KEPT}"
COPIES = "_copies_for_one_test"


def shared(build: Callable):
    """A fixture of the name of `build` that is made once for each module of tests."""
    kept = _kept(build.__name__)
    needed = [_kept(name) for name in inspect.signature(build).parameters]
    make = _taking(_maker(build), TRANSACTION, "django_db_blocker", *needed)
    # Pytest finds fixtures by their names in a module: the one that keeps stands beside the other.
    build.__globals__[kept] = pytest.fixture(scope="module", name=kept)(make)
    give = _taking(_giver(kept), TRANSACTION, kept, COPIES, "db")
    return pytest.fixture(name=build.__name__)(give)


def arrange(items: list[pytest.Item]) -> None:
    """Order the tests of each module that shares something by how much they ask for; an error names
    the test that can have no part in it.
    """
    sharing = {item.path for item in items if _asked(item)}
    for path in sharing:
        places = [at for at, item in enumerate(items) if item.path == path and _asks_database(item)]
        mine = sorted((items[at] for at in places), key=lambda item: len(_asked(item)))
        _check(mine)
        for at, item in zip(places, mine, strict=True):
            items[at] = item


def commits(item: pytest.Item) -> bool:
    """Whether a test commits what it writes."""
    marker = item.get_closest_marker("django_db")
    asked = marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    return bool(asked) or "transactional_db" in _fixtures(item)


def _check(mine: Iterable[pytest.Item]) -> None:
    before: set[str] = set()
    for item in mine:
        if commits(item):
            raise pytest.UsageError(
                f"{item.nodeid} commits, so it needs a module without shared worlds"
            )
        if not before <= _asked(item):
            raise pytest.UsageError(
                f"{item.nodeid} asks for {sorted(_asked(item))}, and others of its module for "
                f"{sorted(before)}: make one of them a plain fixture (tests/worlds.py)"
            )
        before = _asked(item)


def _asked(item: pytest.Item) -> set[str]:
    return {name for name in _fixtures(item) if name.endswith(KEPT)}


def _asks_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & _fixtures(item)
    return bool(asked) or item.get_closest_marker("django_db") is not None


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _kept(name: str) -> str:
    return f"_{name}{KEPT}"


def _maker(build: Callable) -> Callable:
    def make(django_db_blocker, **given):
        files: Path = given.pop(TRANSACTION)
        if len(connection.atomic_blocks) > 1:
            raise RuntimeError(
                f"{build.__name__} is shared: a test names it among its arguments, and does not ask "
                "for it by getfixturevalue, when its own savepoint is open already"
            )
        forget()
        with (
            django_db_blocker.unblock(),
            override_settings(MEDIA_ROOT=files),
            transaction.atomic(),
        ):
            made = build(*given.values())
            connection.check_constraints()
            return made

    return make


def _giver(kept: str) -> Callable:
    def give(**given):
        files: Path = given[TRANSACTION]
        if files.exists():
            shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return deepcopy(given[kept], given[COPIES])

    return give


def _taking(function: Callable, *names: str) -> Callable:
    """The function as one that names its parameters: by them pytest knows what to build first."""
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter(name, kind) for name in dict.fromkeys(names)]
    function.__signature__ = inspect.Signature(parameters)
    return function
