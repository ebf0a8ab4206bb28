"""A framework in force, made once for each module here."""

import pytest

from tests import frameworks, worlds


@worlds.shared
def framework():
    return frameworks.found()


@pytest.fixture
def county(framework):
    return framework.county
