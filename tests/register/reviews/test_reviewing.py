"""Reviews opened, answered and closed; dates set by the cycle and by officers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from register.core.conflicts import Conflict
from register.core.dates import add_months, now, pretend, today
from register.core.ripple import Cause, Touch, happened
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services import drafting, moving
from register.documents.services.facts import change_facts
from register.ledger.acts import act
from register.ledger.models import Entry
from register.reviews import services
from register.reviews.models import Answer, Basis, Cycle, PlannedDate, Review, ReviewEvent
from register.reviews.services import Said
from register.tasks.models import Task
from register.tasks.services import open_tasks
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def in_a_year():
    return add_months(today(), 12)


def test_what_comes_into_force_gets_its_date_from_the_cycle(world):
    assert world.fresh().review_on == in_a_year()
    assert PlannedDate.objects.get(document=world.document).day == in_a_year()


def test_a_date_that_an_officer_set_stays_when_a_version_comes_into_force(world):
    county, day = world.county, add_months(today(), 5)
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council
    )
    change_facts(by=TEST, document=document, row_version=document.row_version, review_on=day)
    make.walk(document.newest, State.IN_FORCE)
    assert Document.objects.get(pk=document.pk).review_on == day


def test_a_new_version_moves_a_planned_date_and_keeps_an_officers(world):
    later = now() + timedelta(days=30)
    with pretend(later):
        version = drafting.revise(by=TEST, document=world.document, changes="More.")
        make.walk(version, State.IN_FORCE)
        assert world.fresh().review_on == add_months(today(), 12), "counted from the new version"
        services.set_review_date(
            by=TEST, document=world.fresh(), row_version=world.fresh().row_version,
            review_on=add_months(today(), 7), reason="The contract ends then.",
        )  # fmt: skip
        version = drafting.revise(by=TEST, document=world.document, changes="Still more.")
        make.walk(version, State.IN_FORCE)
        assert world.fresh().review_on == add_months(today(), 7)


def test_an_own_cycle_goes_before_that_of_the_tier_and_needs_a_reason(world):
    with pytest.raises(ValidationError, match="Say why it is reviewed at other times"):
        services.set_own_cycle(by=TEST, document=world.document, months=6, reason=" ")
    services.set_own_cycle(by=TEST, document=world.document, months=6, reason="High risk.")
    review = services.open_review(by=TEST, document=world.document)
    assert services.next_offered(review) == add_months(today(), 18), "the planned day, and six more"
    row = Cycle.objects.get(document=world.document)
    with pytest.raises(Conflict):
        services.set_own_cycle(by=TEST, document=world.document, months=9, reason="Changed.")
    services.set_own_cycle(
        by=TEST, document=world.document, months=9, reason="Changed.", row_version=row.row_version
    )
    services.remove_own_cycle(by=TEST, document=world.document)
    assert not Cycle.objects.filter(document=world.document).exists()


def test_counted_from_the_last_review_the_next_is_so_many_months_after_closing(world):
    row = Cycle.objects.get(tier=3)
    services.set_cycle(
        by=TEST, partnership=world.county.partnership, tier=3, months=24,
        basis=Basis.LAST_REVIEW, row_version=row.row_version,
    )  # fmt: skip
    review = services.open_review(by=TEST, document=world.document)
    assert services.next_offered(review) == add_months(today(), 24)


def test_a_date_is_set_for_what_has_none_and_nothing_twice(world):
    document = world.fresh()
    change_facts(by=TEST, document=document, row_version=document.row_version, review_on=None)
    assert services.plan_missing() == 1
    assert world.fresh().review_on == in_a_year()
    assert services.plan_missing() == 0


def test_a_review_puts_the_version_under_review_and_there_is_one_at_a_time(world):
    review = services.open_review(by=TEST, document=world.document, because="Two years.")
    assert world.fresh().governing.state == State.UNDER_REVIEW
    assert review.due_on == world.fresh().review_on
    with pytest.raises(PermissionDenied, match="A review of it is open already"):
        services.open_review(by=TEST, document=world.document)
    second = Review(
        document=world.document, version=review.version, due_on=today(), opened_at=now(),
        opened_by_name="Two",
    )  # fmt: skip
    opened = act(by=TEST, verb="review.opened", subject=world.document)
    with pytest.raises(IntegrityError), transaction.atomic(), opened:
        second.save()


def test_the_kernel_functions_open_and_close_reviews_too(world):
    moving.begin_review(by=TEST, document=world.document, reason="Because.")
    review = Review.objects.open().get()
    assert review.because == "Because."
    moving.finish_review(by=TEST, document=world.document)
    review.refresh_from_db()
    assert review.outcome == "no_change"
    assert not review.is_open


def test_a_review_closes_when_its_version_ends(world):
    review = services.open_review(by=TEST, document=world.document)
    moving.end(by=TEST, document=world.document, reason="Over.")
    review.refresh_from_db()
    assert (review.outcome, review.outcome_reason) == ("end", "Over.")


def close(review, outcome, **said):
    review.refresh_from_db()
    return services.close_review(
        by=TEST, review=review, row_version=review.row_version, outcome=outcome, **said
    )


def test_no_change_moves_the_review_date_and_nothing_else(world):
    review = services.open_review(by=TEST, document=world.document)
    before = (world.fresh().governing.ends_on, world.fresh().governing.body_sha256)
    close(review, "no_change", next_on=add_months(today(), 18))
    document = world.fresh()
    assert document.review_on == add_months(today(), 18)
    assert document.governing.state == State.IN_FORCE
    assert (document.governing.ends_on, document.governing.body_sha256) == before


@pytest.mark.parametrize(
    ("outcome", "said", "sentence"),
    [
        ("no_change", {}, "Enter the next review date"),
        ("no_change", {"next_on": "yesterday"}, "Enter a review date after"),
        ("no_change", {"next_on": "too far"}, "that is not after"),
        ("deferred", {"next_on": "later"}, "Say why"),
        ("material_change", {}, "Say what is to change"),
        ("end", {}, "Say why"),
        ("merge", {"reason": "One is enough."}, "Enter the reference of the entry"),
        ("nonsense", {}, "Choose what was decided"),
    ],
)
def test_an_outcome_asks_for_what_it_needs(world, outcome, said, sentence):
    days = {"yesterday": today() - timedelta(days=1), "later": add_months(today(), 3),
            "too far": add_months(today(), 130)}  # fmt: skip
    said = {name: days.get(value, value) for name, value in said.items()}
    review = services.open_review(by=TEST, document=world.document)
    with pytest.raises(ValidationError, match=sentence):
        close(review, outcome, **said)
    review.refresh_from_db()
    assert review.is_open


def test_deferred_moves_the_date_with_its_reason(world):
    review = services.open_review(by=TEST, document=world.document)
    close(review, "deferred", next_on=add_months(today(), 3), reason="A bill is before Parliament.")
    assert world.fresh().review_on == add_months(today(), 3)


@pytest.mark.parametrize("outcome", ["minor_change", "material_change"])
def test_a_change_begins_a_draft_in_the_same_act(world, outcome):
    review = services.open_review(by=TEST, document=world.document)
    review = close(review, outcome, findings="Retention is seven years.")
    draft = world.fresh().in_preparation
    assert review.led_to == draft
    assert draft.changes == "Retention is seven years."
    assert world.fresh().governing.state == State.IN_FORCE, "what was signed goes on"


def test_suspending_and_ending_are_carried_out(world):
    review = services.open_review(by=TEST, document=world.document)
    close(review, "suspend", reason="The system is replaced.")
    assert world.document.suspensions.get().reason == "The system is replaced."
    review = services.open_review(by=TEST, document=world.document)
    close(review, "end", reason="Not needed.")
    assert world.fresh().governing is None


def test_merging_ends_it_in_favour_of_another_in_force(world):
    county = world.county
    other = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, title="Bigger",
        state=State.IN_FORCE,
    )  # fmt: skip
    charter = make.charter(county.partnership, county.council, county.police)
    review = services.open_review(by=TEST, document=world.document)
    for wrong, sentence in ((world.document, "same tier"), (charter, "same tier")):
        with pytest.raises(ValidationError, match=sentence):
            close(review, "merge", reason="One is enough.", merge_into=wrong)
    close(review, "merge", reason="One is enough.", merge_into=other)
    ended = world.document.versions.get()
    assert ended.state == State.ENDED
    assert ended.end_reason == f"Merged into {other.reference}: One is enough."


def test_renewal_is_one_act_with_its_record_and_a_stale_page_is_refused(world):
    document = world.fresh()
    stale = document.row_version
    review = services.renew_unchanged(
        by=world.user("office"), document=document, row_version=stale, next_on=in_a_year()
        + timedelta(days=1),
    )  # fmt: skip
    assert (review.outcome, review.is_open) == ("no_change", False)
    assert world.fresh().review_on == in_a_year() + timedelta(days=1)
    with pytest.raises(Conflict):
        services.renew_unchanged(by=TEST, document=document, row_version=stale, next_on=in_a_year())
    assert Entry.objects.filter(verb="review.renewed").count() == 1


def test_nobody_else_reviews(world):
    review = services.open_review(by=TEST, document=world.document)
    police = world.user("police_officer")
    with pytest.raises(PermissionDenied, match="Only officers of"):
        services.close_review(
            by=police, review=review, row_version=review.row_version, outcome="no_change",
            next_on=in_a_year(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied, match="Only officers of"):
        services.renew_unchanged(
            by=police, document=world.document, row_version=world.fresh().row_version,
            next_on=in_a_year(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied, match="Only register officers"):
        services.set_cycle(by=police, partnership=world.county.partnership, tier=3, months=6)


def test_answers_are_kept_replaced_and_a_change_says_what(world):
    review = services.open_review(by=TEST, document=world.document)
    said = [Said("purpose", "Purpose and benefit", Answer.NO)]
    with pytest.raises(ValidationError, match="Say what must change"):
        services.save_answers(
            by=TEST, review=review, part="section", answers=said, row_version=review.row_version
        )
    said = [Said("purpose", "Purpose", Answer.NO, "It is wider."), Said("law", "Law", "")]
    review = services.save_answers(
        by=TEST, review=review, part="section", answers=said, row_version=review.row_version
    )
    assert review.answers.get().words == "It is wider."
    entries = Entry.objects.count()
    services.save_answers(
        by=TEST, review=review, part="section", answers=said, row_version=review.row_version
    )
    assert Entry.objects.count() == entries, "the same answers again are no act"


def _law(document) -> None:
    touch = Touch("document", document.pk, "It", "/", "It cites it.", 3, document.partnership_id)
    open_tasks(by=TEST, cause=Cause("law", "gateway:x", "The Act was amended."), touches=[touch])


def test_a_change_of_law_opens_one_early_review_which_settles_its_task(world):
    _law(world.document)
    assert services.open_early() == 1
    assert services.open_early() == 0, "safe to run twice"
    review = Review.objects.open().get()
    assert (review.event, review.due_on) == ("law", today() + timedelta(days=28))
    assert services.next_offered(review) == world.fresh().review_on, "the planned day stays"
    close(review, "no_change", next_on=in_a_year())
    assert Task.objects.get().outcome == "confirmed"
    assert services.open_early() == 0


def test_another_event_is_noted_on_the_review_that_is_open(world):
    review = services.open_review(by=TEST, document=world.document, because="Planned.")
    _law(world.document)
    assert services.open_early() == 0
    assert ReviewEvent.objects.get().review == review


def test_a_concern_opens_an_early_review_at_once(world):
    document = world.document
    touch = Touch("document", document.pk, "It", "/", "", 3, document.partnership_id)
    happened(
        Cause("concern", "concern:7", "Data went to a wrong address."), by=TEST, touches=[touch]
    )
    assert Review.objects.open().get().event == "concern"


def test_an_end_date_moves_only_with_every_partys_consent(world):
    document, to_on = world.document, add_months(today(), 30)
    move = services.propose_end(
        by=TEST, document=document, to_on=to_on, reason="The grant goes on."
    )
    said = {"given_by": "A. Head", "given_on": today(), "how": "E-mail to the office"}
    services.record_consent(by=TEST, move=move, organisation=world.county.council, **said)
    assert world.fresh().governing.ends_on is None
    with pytest.raises(ValidationError, match="is no party whose consent is waited for"):
        services.record_consent(by=TEST, move=move, organisation=world.county.council, **said)
    with pytest.raises(ValidationError, match="is no party whose consent is waited for"):
        services.record_consent(by=TEST, move=move, organisation=world.county.trust, **said)
    services.record_consent(by=TEST, move=move, organisation=world.county.police, **said)
    assert world.fresh().governing.ends_on == to_on
    assert Entry.objects.filter(verb="end_move.done").count() == 1
