"""What each outcome of a review does to the entry, and what it leaves alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.services import drafting
from register.endings.models import Proof
from register.ledger.acts import act
from register.reviews import services
from register.reviews.models import EndMove
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def entry(world):
    """The agreement with a fixed end, and an open review."""
    version = world.fresh().governing
    with act(by=TEST, verb="version.dated", subject=version):
        version.ends_on = add_months(today(), 24)
        version.save()
    services.open_review(by=TEST, document=world.document, because="Two years.")
    return world


def close(world, outcome, **said):
    review = world.document.reviews.open().get()
    said = {"findings": "Looked at.", "reason": "Because.", **said}
    return services.close_review(
        by=TEST, review=review, row_version=review.row_version, outcome=outcome, **said
    )


def facts_of(world) -> dict:
    """What stands of the entry: its version, its text, its days, whether it is suspended."""
    document = world.fresh()
    version = document.governing
    return {
        "review_on": document.review_on,
        "version": version and version.number,
        "state": version and version.state,
        "text": version and version.body_sha256,
        "ends_on": version and version.ends_on,
        "draft": document.in_preparation and document.in_preparation.number,
        "suspended": document.suspensions.filter(ends_on__isnull=True).count(),
    }


DAY = add_months(today(), 17)
MOVES = {
    "no_change": {"state": "in_force", "review_on": DAY},
    "deferred": {"state": "in_force", "review_on": DAY},
    "minor_change": {"state": "in_force", "review_on": DAY, "draft": 2},
    "material_change": {"state": "in_force", "review_on": DAY, "draft": 2},
    "suspend": {"state": "in_force", "review_on": DAY, "suspended": 1},
    "end": {"state": None, "version": None, "text": None, "ends_on": None},
    "merge": {"state": None, "version": None, "text": None, "ends_on": None},
}


@pytest.mark.parametrize("outcome", MOVES)
def test_an_outcome_moves_this_and_nothing_else(entry, outcome):
    county, said = entry.county, {"next_on": DAY}
    if outcome == "merge":
        said["merge_into"] = make.agreement(
            county.partnership, county.council, county.police, lead=county.council,
            title="Bigger", state=State.IN_FORCE,
        )  # fmt: skip
    before = facts_of(entry)

    review = close(entry, outcome, **said)

    assert facts_of(entry) == before | MOVES[outcome]
    is_over = outcome in ("end", "merge")
    assert review.next_on == (None if is_over else DAY), "what has ended is not reviewed again"
    assert Proof.objects.filter(ending__document=entry.document).exists() == is_over
    assert (review.led_to is not None) == (MOVES[outcome].get("draft") is not None)


def test_what_is_out_for_signature_stops_a_change_and_an_end(entry):
    version = drafting.revise(by=TEST, document=entry.document, changes="More.")
    make.walk(version, State.SIGNING)

    for outcome in ("minor_change", "material_change", "end"):
        with pytest.raises(ValidationError, match=r"out for signature|in preparation"):
            close(entry, outcome)
    assert entry.document.reviews.open().exists()


def test_a_draft_that_was_begun_is_gone_on_with(entry):
    draft = drafting.revise(by=TEST, document=entry.document, changes="More.")

    assert close(entry, "minor_change").led_to == draft
    assert Version.objects.filter(document=entry.document).count() == 2


def test_whoever_may_not_keep_the_other_entry_merges_nothing_into_it(entry):
    county = entry.county
    other = make.agreement(
        county.partnership, county.police, county.council, lead=county.police, title="Theirs",
        state=State.IN_FORCE,
    )  # fmt: skip
    review = entry.document.reviews.open().get()
    with pytest.raises(PermissionDenied, match="Only officers of"):
        services.close_review(
            by=entry.user("council_officer"), review=review, row_version=review.row_version,
            outcome="merge", reason="One is enough.", merge_into=other,
        )  # fmt: skip


@pytest.mark.parametrize("field", ["findings", "reason"])
def test_what_looks_like_personal_data_is_confirmed_first(entry, field):
    text = {field: "The patient 943 476 5919 asked."}
    with pytest.raises(ValidationError, match="looks like an NHS number"):
        close(entry, "suspend", **text)

    close(entry, "suspend", is_confirmed=True, **text)


def test_a_fixed_end_moves_by_a_version_or_by_every_consent_and_by_nothing_else(entry):
    ends_on = facts_of(entry)["ends_on"]
    services.renew_unchanged(
        by=TEST, document=entry.document, row_version=entry.fresh().row_version, next_on=DAY
    )
    assert facts_of(entry)["ends_on"] == ends_on, "renewed unchanged"
    services.set_review_date(
        by=TEST, document=entry.document, row_version=entry.fresh().row_version,
        review_on=ends_on + timedelta(days=90), reason="Later.",
    )  # fmt: skip
    assert facts_of(entry)["ends_on"] == ends_on, "another review date"
    move = services.propose_end(by=TEST, document=entry.document, to_on=None, reason="Goes on.")
    said = {"given_by": "A. Head", "given_on": today(), "how": "E-mail"}
    services.record_consent(by=TEST, move=move, organisation=entry.county.council, **said)
    assert facts_of(entry)["ends_on"] == ends_on, "one consent of two"
    services.record_consent(by=TEST, move=move, organisation=entry.county.police, **said)
    assert facts_of(entry)["ends_on"] is None


def test_a_proposal_dies_with_its_version_and_another_can_be_made(entry, client):
    services.propose_end(
        by=TEST, document=entry.document, to_on=add_months(today(), 40), reason="The grant."
    )
    version = drafting.revise(by=TEST, document=entry.document, changes="More.")
    make.walk(version, State.IN_FORCE)
    client.force_login(
        entry.user("office"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.get(f"/register/{entry.document.reference}/end-date/").content.decode()
    assert "Propose the end date" in page
    assert "Withdraw the proposal" not in page
    services.propose_end(
        by=TEST, document=entry.document, to_on=add_months(today(), 50), reason="The grant."
    )
    assert EndMove.objects.filter(version__document=entry.document).count() == 2
