"""The six sections, with the words that the register holds of each."""

import pytest

from register.documents.lifecycle import State
from register.reviews.sections import SECTIONS, words_by_section
from tests import make_flows

pytestmark = pytest.mark.django_db


def test_each_part_of_a_text_stands_in_its_section_flows_too(world):
    county = world.county
    document = make_flows.agreement_with(
        county.partnership, county.council, county.police, lead=county.council, state=State.DRAFT,
        flows=[{"providers": county.council, "recipients": county.police, "title": "Referrals"}],
    )  # fmt: skip
    found = words_by_section(document.newest)
    assert list(found) == [section.code for section in SECTIONS]
    assert [each.words for each in found["parties"]] == ["WY County Council, WY Police"]
    assert "To keep children safe." in [each.words for each in found["purpose"]]
    assert "Referrals" in [each.words for each in found["information"]]
