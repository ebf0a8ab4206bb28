"""A fresh database for a run outside the tests."""

from __future__ import annotations

from django.core.management import call_command

from register.lists.services import load_lists
from tests.years.simulation import Years
from tests.years.table import Outcome, printed

__all__ = ["prepared_years", "printed"]


def prepared_years(**facts) -> tuple[Years, Outcome]:
    """Make the tables and lists, and live through the years."""
    call_command("migrate", verbosity=0)
    load_lists()
    years = Years(told=lambda line: print(line, flush=True), **facts)
    return years, years.run()
