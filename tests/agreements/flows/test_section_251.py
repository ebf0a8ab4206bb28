"""Section 251 support that ends opens an early review, once for each flow and day."""

from datetime import timedelta

import pytest

from agreements.flows.jobs import open_for_section_251
from register.core.dates import add_months, now, pretend, today
from register.documents.lifecycle import State
from register.reviews import services as reviews
from register.reviews.models import Review
from tests import county as counties
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


def supported(county, ends_on, state=State.IN_FORCE):
    flow = {
        "providers": county.council, "recipients": county.police, "title": "Admissions",
        "cldc_basis": "s251", "s251_reference": "22/CAG/0042", "s251_expires_on": ends_on,
    }  # fmt: skip
    return make_flows.agreement_with(
        county.partnership, county.council, county.police, lead=county.council, flows=[flow],
        state=state,
    )  # fmt: skip


def test_it_opens_three_months_before_the_support_ends_and_once(county):
    document = supported(county, add_months(today(), 5))
    assert open_for_section_251() == 0

    with pretend(now() + timedelta(days=63)):
        assert (open_for_section_251(), open_for_section_251()) == (1, 0)

        review = Review.objects.open().get(document=document)
        assert review.event == "s251"
        assert "“Admissions” ends on" in review.because
        reviews.close_review(
            by="system:test", review=review, row_version=review.row_version,
            outcome="no_change", next_on=add_months(today(), 12),
        )  # fmt: skip
        assert open_for_section_251() == 0, "that day was looked at"


def test_a_draft_is_not_reviewed(county):
    supported(county, add_months(today(), 1), State.DRAFT)

    assert open_for_section_251() == 0
