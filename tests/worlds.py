"""Worlds that tests share: made once for each module, found as they were made by each of its tests.

    @shared
    def county():
        return counties.found(add_months(today(), -13))

    @shared
    def charter(county):
        return make.charter(county.partnership, county.council)

stands where `@pytest.fixture` would, in a test module or a `conftest.py`. What is shared may ask for
what is shared, and for nothing else: no `client`, `settings`, `tmp_path` or `monkeypatch`, which last
for one test only. What a single test changes belongs into a plain fixture over it.

How it works: the module's worlds are written inside one transaction, which is taken back after its last
test; each test runs inside a savepoint of its own, and gets a deep copy of what was built, so that
neither its writing nor what it sets on an object reaches the next one. Files that a world stores are
copied to each test's folder. Tests that commit (`transaction=True`) can have no part in this: they
build their own, in a module of their own.
"""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from register.lists.labels import forget

# The fixture, in tests/conftest.py, that opens the transaction of a module; its value is the folder
# of the files.
TRANSACTION = "_transaction_of_the_module"
COPIES = "_copies_for_one_test"


def shared(build: Callable):
    """A fixture of the name of `build` that is made once for each module of tests."""
    kept = _kept(build.__name__)
    needed = [_kept(name) for name in inspect.signature(build).parameters]
    make = _taking(_maker(build), TRANSACTION, *needed)
    # Pytest finds fixtures by their names in a module: the one that keeps stands beside the other.
    build.__globals__[kept] = pytest.fixture(scope="module", name=kept)(make)
    give = _taking(_giver(kept), TRANSACTION, kept, COPIES, "db")
    return pytest.fixture(name=build.__name__)(give)


def _kept(name: str) -> str:
    return f"_{name}_of_the_module"


def _maker(build: Callable) -> Callable:
    def make(**given):
        files: Path = given.pop(TRANSACTION)
        forget()
        with override_settings(MEDIA_ROOT=files), transaction.atomic():
            return build(*given.values())

    make.__doc__ = build.__doc__
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
