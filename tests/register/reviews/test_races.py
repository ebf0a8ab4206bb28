"""Two people who close one review at the same moment, and two parties' consents that come last."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.ledger.models import Entry
from register.reviews import services
from register.reviews.models import Review
from tests import county as counties
from tests import make_documents as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TEST = "system:test"
REFUSALS = (PermissionDenied, Conflict, ValidationError)


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


@pytest.fixture
def document():
    county = counties.found(add_months(today(), -13))
    return make.agreement(
        county.partnership, county.council, county.police, lead=county.council,
        state=State.IN_FORCE,
    )  # fmt: skip


def closing(review, outcome, **said):
    return lambda: services.close_review(
        by=TEST, review=review, row_version=review.row_version, outcome=outcome, **said
    )


def test_of_two_closings_of_one_review_at_once_one_holds_and_the_other_is_told(document):
    review = services.open_review(by=TEST, document=document)
    later, soon = add_months(today(), 12), add_months(today(), 3)

    answers = at_once(
        [
            closing(review, "no_change", next_on=later),
            closing(review, "deferred", next_on=soon, reason="A bill is before Parliament."),
        ],
        REFUSALS,
    )

    held = Review.objects.closed().get()
    assert [answer for answer in answers if not isinstance(answer, str)] == [held]
    (refusal,) = [answer for answer in answers if isinstance(answer, str)]
    assert "changed this since you opened it" in refusal
    assert Document.objects.get(pk=document.pk).review_on == held.next_on
    assert Entry.objects.filter(verb="review.closed").count() == 1


def test_reviews_opened_at_once_for_two_causes_are_one_with_both(document):
    works = [
        lambda key=key: services.open_review(
            by=TEST, document=document, because=key, event="law", cause_key=key
        )
        for key in ("law:a", "law:b")
    ]

    at_once(works, REFUSALS)

    review = Review.objects.open().get()
    assert set(review.events.values_list("cause_key", flat=True)) == {"law:a", "law:b"}


def test_two_last_consents_at_once_move_the_end_date_once(document):
    to_on = add_months(today(), 30)
    move = services.propose_end(by=TEST, document=document, to_on=to_on, reason="The grant.")
    said = {"given_by": "A. Head", "given_on": today(), "how": "E-mail"}

    def consent(body):
        return lambda: services.record_consent(by=TEST, move=move, organisation=body, **said)

    at_once([consent(body) for body in services.waited_for(move)], REFUSALS)

    assert Version.objects.get(document=document).ends_on == to_on
    assert Entry.objects.filter(verb="end_move.done").count() == 1
