"""One autumn for each module here, read on a day of November."""

import pytest

from register.core.dates import pretend
from tests import worlds
from tests.register.reports.periods import world as worlds_of_periods


@worlds.shared
def autumn():
    return worlds_of_periods.autumn()


@pytest.fixture(autouse=True)
def november():
    with pretend(worlds_of_periods.NOW):
        yield
