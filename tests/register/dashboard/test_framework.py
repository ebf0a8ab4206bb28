"""The picture of the tiers counts what the reader may know of, and nothing else."""

import pytest

from register.dashboard.framework import picture_of
from register.documents.lifecycle import State
from tests import make, make_documents, people

pytestmark = pytest.mark.django_db


def figures(picture) -> list[tuple[int, int]]:
    return [(row["governing"], row["preparing"]) for row in picture["table"]]


def test_the_picture_counts_each_tier():
    cast = people.cast()
    bodies = [cast.council.organisation, cast.police.organisation]
    for body in bodies:
        make.appoint(make.post(body, "chief_executive"))
    charter = make_documents.charter(cast.partnership, *bodies, state=State.IN_FORCE)
    make_documents.protocol(charter, make.community(cast.partnership, *bodies), *bodies)
    assert figures(picture_of(cast.partnership, cast.office)) == [(1, 0), (0, 1), (0, 0)]


def test_a_draft_of_others_is_not_counted():
    cast = people.cast()
    make_documents.charter(cast.partnership, cast.council.organisation)
    assert figures(picture_of(cast.partnership, cast.off_b)) == [(0, 0), (0, 0), (0, 0)]


def test_long_names_of_communities_are_cut_in_the_picture():
    cast = people.cast()
    body = cast.council.organisation
    charter = make_documents.charter(cast.partnership, body)
    for place in range(4):
        community = make.community(cast.partnership, body, name=f"{place} {'Very long name ' * 8}")
        make_documents.protocol(charter, community, body)
    boxes = picture_of(cast.partnership, cast.office)["boxes"]
    assert max(len(box.words) for box in boxes) < 40
    assert all(box.x + box.width <= 1_000 for box in boxes)
