"""Which worker takes which tests: a file at a time, and all journeys together.

The tests of a file share worlds (tests/worlds.py), and the journeys share one running site: what is
shared is made once when one worker takes all that ask for it. Files go out in the order of collection,
the long ones first, so that no worker is left with a long one at the end.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

JOURNEYS = "tests/journeys/"
# Starts servers of its own, on a database of its own.
APART = "tests/journeys/test_two_webs_two_workers.py"


class ByFile(LoadFileScheduling):
    """Gives each worker whole files; the files of the journeys count as one."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return JOURNEYS if path.startswith(JOURNEYS) and path != APART else path
