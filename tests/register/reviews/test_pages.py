"""The pages of reviews: what they show to whom, and the few clicks that they take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.core.dates import add_months, today, words
from register.documents.lifecycle import State
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act
from register.reviews import services
from register.reviews.models import Answer, Cycle, EndMove, PartyAsk, Review
from register.reviews.services import Said
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def office(client, world):
    client.force_login(world.user("office"))
    return client


@pytest.fixture
def review(world):
    return services.open_review(by=TEST, document=world.document, because="Planned.")


def address(name, world, *args):
    return reverse(f"reviews:{name}", args=[world.document.reference, *args])


def text(answer):
    return answer.content.decode()


def test_an_unchanged_renewal_is_two_clicks_with_the_date_filled_in(office, world):
    page = office.get(world.document.get_absolute_url())
    assert address("renew", world) in text(page)
    form = office.get(address("renew", world)).context["form"]
    offered = form.initial["next_on"]
    assert offered == add_months(today(), 24)
    said = {"row_version": form.initial["row_version"], "next_on": words(offered)}
    done = office.post(address("renew", world), said, follow=True)
    assert "It is renewed unchanged." in text(done)
    assert world.fresh().review_on == offered
    assert office.post(address("renew", world), said).status_code == 409, "an old page"


def test_a_bad_date_is_refused_with_a_sentence(office, world):
    said = {"row_version": world.fresh().row_version, "next_on": "31 12 2020"}
    refused = office.post(address("renew", world), said)
    assert refused.status_code == 422
    assert "Enter a review date after" in text(refused)


def test_a_review_is_begun_answered_and_closed_through_its_pages(office, world):
    assert office.post(address("begin", world), {"reason": "Two years."}).status_code == 302
    review = Review.objects.get()
    assert office.get(address("begin", world)).status_code == 409
    page = office.get(address("sections", world, review.pk))
    assert "To keep children safe." in text(page), "the words as they stand are beside the question"
    said = {"row_version": 1, "purpose": "yes", "law": "no", "law_words": "The Act was replaced."}
    assert office.post(address("sections", world, review.pk), said).status_code == 302
    assert office.post(address("sections", world, review.pk), said).status_code == 409, "moved on"
    said = {"row_version": 2, "still_needed": "yes", "plain_words": "na"}
    assert office.post(address("checklist", world, review.pk), said).status_code == 302
    shown = text(office.get(address("review", world, review.pk)))
    assert "The Act was replaced." in shown
    assert "2 of 6 answered" in shown
    form = office.get(address("close", world, review.pk)).context["form"]
    assert form.initial["findings"] == "Law: The Act was replaced."
    review.refresh_from_db()
    said = {"row_version": review.row_version, "outcome": "material_change", "findings": "New Act."}
    assert office.post(address("close", world, review.pk), said).status_code == 302
    assert world.fresh().in_preparation is not None
    assert "Closed by Office" in text(office.get(address("review", world, review.pk)))


def test_closing_says_what_is_missing(office, world, review):
    review.refresh_from_db()
    said = {"row_version": review.row_version, "outcome": "merge", "reason": "One.",
            "merge_into": "WY-A-9999"}  # fmt: skip
    refused = office.post(address("close", world, review.pk), said)
    assert refused.status_code == 422
    assert "Enter a reference that stands in the register." in text(refused)


def test_the_parties_are_asked_and_answers_recorded_through_the_pages(office, world, review):
    police = world.county.police
    asking = address("ask", world, review.pk)
    assert "no address is known" in text(office.get(asking))
    due = words(today() + timedelta(days=20))
    said = {"row_version": review.row_version, "parties": [police.pk], "due_on": due}
    assert office.post(asking, {**said, "parties": []}).status_code == 422
    assert office.post(asking, said).status_code == 302
    row = PartyAsk.objects.get()
    assert "No address: not reached" in text(office.get(address("review", world, review.pk)))
    again = {"row_version": 1, "name": "B", "email": "b@police.example", "due_on": due}
    assert office.post(address("ask_again", world, review.pk, row.pk), again).status_code == 302
    heard = {"row_version": 2, "answer_": "unchanged", "said": "Rang.", "name": "B"}
    assert office.post(address("heard", world, review.pk, row.pk), heard).status_code == 302
    assert "Unchanged: it still says what we do" in text(
        office.get(address("review", world, review.pk))
    )
    assert office.get(address("heard", world, review.pk, row.pk)).status_code == 409


def test_other_partners_see_that_it_is_reviewed_and_nothing_of_what_was_found(
    client, world, review
):
    services.save_answers(
        by=TEST, review=review, part="section", row_version=review.row_version,
        answers=[Said("law", "Law", Answer.NO, "Doubtful.")],
    )  # fmt: skip
    client.force_login(world.user("police_officer"))
    page = text(client.get(world.document.get_absolute_url()))
    assert "A review is open" in page
    assert address("renew", world) not in page
    assert client.get(address("review", world, review.pk)).status_code == 403
    assert client.get(address("renew", world)).status_code == 403
    client.force_login(world.user("auditor"))
    assert "Doubtful." in text(client.get(address("review", world, review.pk)))
    assert client.get(address("close", world, review.pk)).status_code == 403


def test_a_restricted_entry_is_not_there_for_others(client, world, review):
    document = world.document
    with act(by=TEST, verb="document.changed", subject=document):
        document = world.fresh()
        document.is_restricted, document.visibility = True, "named"
        document.save()
        keep_up([document.pk])
    client.force_login(world.user("police_manager"))
    assert client.get(address("review", world, review.pk)).status_code == 404
    assert document.reference not in text(client.get(reverse("reviews:reviews")))


def test_cycles_are_set_by_the_register_officer(office, world):
    page = reverse("reviews:set_cycle", args=[world.county.partnership.slug, 3])
    form = office.get(page).context["form"]
    said = {"row_version": form.initial["row_version"], "months": "0", "basis": "in_force",
            "missed": "flagged"}  # fmt: skip
    refused = office.post(page, said)
    assert refused.status_code == 422
    assert "Enter a number of months from 1 to 120." in text(refused)
    assert office.post(page, {**said, "months": "24", "first_months": "6"}).status_code == 302
    assert Cycle.objects.get(tier=3).months == 24
    assert "after 6" in text(office.get(reverse("reviews:cycles")))
    assert office.post(page, {**said, "months": "36"}).status_code == 409
    unknown = reverse("reviews:set_cycle", args=[world.county.partnership.slug, 4])
    assert office.get(unknown).status_code == 404


def test_an_entry_gets_a_cycle_of_its_own_and_follows_its_tier_again(office, world):
    said = {"row_version": 0, "months": 6, "basis": "in_force", "reason": "High risk."}
    assert office.post(address("own_cycle", world), said).status_code == 302
    assert "High risk." in text(office.get(world.document.get_absolute_url()))
    assert office.post(address("follow_tier", world)).status_code == 302
    assert not Cycle.objects.filter(document=world.document).exists()


def test_a_review_date_is_set_with_its_reason(office, world):
    day = add_months(today(), 9)
    said = {"row_version": world.fresh().row_version, "review_on": words(day)}
    refused = office.post(address("set_date", world), said)
    assert refused.status_code == 422
    said["reason"] = "The contract ends then."
    assert office.post(address("set_date", world), said).status_code == 302
    assert world.fresh().review_on == day


def test_an_end_date_is_proposed_consented_to_and_withdrawn(office, world):
    page = address("end_date", world)
    assert "It has no fixed end." in text(office.get(page))
    said = {"to_on": words(add_months(today(), 30)), "reason": "The grant ends."}
    assert office.post(page, said).status_code == 302
    consent = address("consent", world, world.county.police.pk)
    assert consent in text(office.get(page))
    given = {"given_by": "A. Chief", "given_on": words(today()), "how": "E-mail"}
    assert office.post(consent, given).status_code == 302
    assert office.post(consent, given).status_code == 409
    assert office.post(address("withdraw_end", world)).status_code == 302
    assert EndMove.objects.get().withdrawn_at
    assert world.fresh().governing.ends_on is None


def test_the_list_of_open_reviews_costs_the_same_however_many(office, world, review):
    def cost():
        with CaptureQueriesContext(connection) as statements:
            assert office.get(reverse("reviews:reviews")).status_code == 200
        return len(statements)

    first = cost()
    county = world.county
    for _ in range(2):
        other = make.agreement(
            county.partnership, county.council, county.police, lead=county.council,
            state=State.IN_FORCE,
        )  # fmt: skip
        services.open_review(by=TEST, document=other)
    assert cost() == first
