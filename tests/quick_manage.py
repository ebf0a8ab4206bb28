"""`python -m tests.quick_manage COMMAND ...`: as manage.py does, but migrating from nothing in seconds.

For servers of tests that begin with an empty database; what is migrated is the same (tests/tables.py).
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line

from tests.tables import migrated_quickly


def main() -> None:
    """Run one of the register's commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
    django.setup()
    with migrated_quickly():
        execute_from_command_line(["manage.py", *sys.argv[1:]])


if __name__ == "__main__":
    main()
