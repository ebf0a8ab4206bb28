"""The past of the demonstration partnership beside its ledger, for twenty of the days on which it changed.

Run with the surroundings of a site: `python -m tests.register.past.demonstration`. Prints each
difference, and ends with 1 where there is one.
"""

import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from register.core.dates import day_of  # noqa: E402
from register.ledger.models import Entry  # noqa: E402
from tests.register.past.comparing import differences  # noqa: E402

DATES = 20


def days() -> list[date]:
    """Twenty days spread evenly over those on which the register learnt something, first and last too."""
    found = sorted({day_of(at) for at in Entry.objects.values_list("at", flat=True)})
    step = (len(found) - 1) / (DATES - 1)
    return [found[round(n * step)] for n in range(DATES)]


def main() -> int:
    """Compare the days; 1 where anything differs, or where there is too little to compare."""
    chosen = days()
    found = [f"{day}: {each}" for day in chosen for each in differences("system:replay", day)]
    print(f"{len(set(chosen))} days, {chosen[0]} to {chosen[-1]}: {len(found)} differences")
    print("\n".join(found[:50]))
    return 1 if found or len(set(chosen)) < DATES else 0


if __name__ == "__main__":
    sys.exit(main())
