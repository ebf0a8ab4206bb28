"""A framework in force for every test here."""

import pytest

from tests import frameworks


@pytest.fixture
def framework():
    return frameworks.found()


@pytest.fixture
def county(framework):
    return framework.county
