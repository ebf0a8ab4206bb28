"""What holds for any two bodies: the same is empty, and the way back mirrors the way there."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.documents.comparing import differences
from tests.register.documents.comparing.bodies import PARTIES, SHORT, body, clause, flow, flows_of

WORDS = st.sampled_from(["", "a", "a b", "a  b", "<&>", "a\u200b", "é c", "b a"])
# A body takes a while to make on a busy machine; that is no fault of what is tested.
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
MIRROR = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}


@st.composite
def bodies(draw) -> dict:
    """A body with some of a fixed stock of clauses, flows and parties, in any order."""
    made = body(title=draw(WORDS))
    heads = draw(st.lists(st.sampled_from("ABCD"), unique=True))
    made["clauses"] = [
        clause(n, head, f"<p>{draw(WORDS)}</p>") for n, head in enumerate(heads, start=1)
    ]
    numbers = draw(st.lists(st.sampled_from([1, 2, 3]), unique=True))
    ends = st.sampled_from([*SHORT, "All schools"])
    made_flows = [flow(n, draw(ends), draw(ends), draw(WORDS)) for n in numbers]
    for row in made_flows:
        row["parts"][2]["answers"][0][1] = draw(WORDS)
        row["items"]["rows"] = [[draw(WORDS), "Contact", draw(WORDS)]]
    flows_of(made)[:] = made_flows
    kept = draw(st.lists(st.integers(0, 3), unique=True))
    made["parties"] = [made["parties"][n] for n in kept]
    return made


@given(bodies())
@FEW
def test_applying_nothing_differs_in_nothing(made):
    assert differences(made, deepcopy(made)).is_empty


@given(bodies(), bodies())
@FEW
def test_the_way_back_has_as_many_changes_of_each_kind(old, new):
    there, back = differences(old, new), differences(new, old)
    assert Counter((c.section, c.what) for c in there.changes if c.what != "moved") == Counter(
        (c.section, MIRROR[c.what]) for c in back.changes if c.what != "moved"
    )
    moved = [sum(c.path == "order.clauses" for c in d.changes) for d in (there, back)]
    assert moved[0] == moved[1]


@given(bodies(), bodies(), st.sets(st.sampled_from(PARTIES)))
@FEW
def test_whoever_signs_again_is_touched_by_something_material(old, new, signed):
    difference = differences(old, new, signed=signed)
    assert difference.is_material == any(change.is_material for change in difference.changes)
    for name in difference.bodies.bound:
        touching = [change for change in difference.material if change.touches(name)]
        assert (difference.class_for(name) == "material") == bool(touching)
    assert len(difference.lines(5)) <= 5
    assert len(difference.summary()) <= 60
