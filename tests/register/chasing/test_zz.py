import pytest
from tests.access import test_access as t
from tests.access.world import World
@pytest.mark.django_db
def test_mine():
    world = World()
    pages = {n: p for n, p in t.pages().items() if n.startswith("chasing:") or n == "dashboard:home"}
    t.pages = lambda: pages
    said = t.table()
    bad = []
    for who in t.PEOPLE:
        for n, c in t.answers_for(who, world).items():
            if said[n][who] != c: bad.append((n, who, c, said[n][who]))
    assert not bad
