"""A county with two bodies, their officers, advisers and decision-makers, and an agreement of both."""

from __future__ import annotations

import pytest

from agreements.risks.services import contracts, dpias
from tests import make, people, worlds

TEST = "system:test"


@worlds.shared
def cast():
    """Somebody of every role; see tests/people.py."""
    return people.cast()


@pytest.fixture
def council(cast):
    """The council."""
    return cast.council.organisation


@pytest.fixture
def police(cast):
    """The police."""
    return cast.police.organisation


@pytest.fixture
def siro(cast):
    """A login that reads for the council and holds its post of senior information risk owner."""
    user = make.officer("manager", cast.council, name="Una Siro")
    make.appoint(make.post(cast.council.organisation, kind="siro"), user.person)
    return make.fresh(user)


@pytest.fixture
def agreement(cast, council, police):
    """A draft agreement that the council leads."""
    return make.agreement(cast.partnership, council, police, lead=council)


@pytest.fixture
def dpia(cast, council, police):
    """A DPIA of the council in which the police are a controller too."""
    return dpias.make_dpia(
        by=TEST, partnership=cast.partnership, owner=council, title="Case system",
        controllers=[police], screening=("matching", "vulnerable"),
    )  # fmt: skip


@pytest.fixture
def contract(cast, council):
    """A contract of the council with a supplier."""
    supplier = make.organisation("Northmere Hosting Ltd")
    return contracts.make_contract(
        by=TEST, partnership=cast.partnership, title="Hosting of the case system",
        controllers=[council], processor=supplier,
    )  # fmt: skip


def row_of(dpia, body):
    """How a DPIA stands with a body."""
    return dpia.controllers.select_related("organisation", "dpia__owner").get(organisation=body)
