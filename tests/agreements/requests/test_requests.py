"""A request from the day it comes to the day it is decided, corrected and shown."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agreements.requests.models import SharingRequest
from agreements.requests.services import requests
from register.core.conflicts import Conflict
from register.core.dates import today
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.verify import verify
from tests.agreements.requests.conftest import DECISION, REFUSAL, TEST

pytestmark = pytest.mark.django_db


def refused(call, **facts) -> dict:
    """By field: the sentences with which a service refuses."""
    with pytest.raises(ValidationError) as caught:
        call(**facts)
    return caught.value.message_dict


def test_a_request_gets_the_next_reference_of_its_partnership(cast):
    prefix = cast.partnership.prefix
    assert [cast.ask().reference, cast.ask().reference] == [f"{prefix}-R-0001", f"{prefix}-R-0002"]


def test_a_request_is_decided_and_the_days_are_counted(cast):
    made = cast.ask(received_on=today() - timedelta(days=9))
    decided = cast.decided(request=made, decided_on=today() - timedelta(days=2))
    assert decided.days_taken == 7
    assert Entry.objects.about(decided).newest_first()[0].verb == "request.decided"


def test_a_decision_of_the_same_day_took_no_days(cast):
    assert cast.decided().days_taken == 0


def test_a_withdrawn_request_took_no_time(cast):
    made = cast.ask()
    ended = requests.withdraw(by=cast.off_b, request=made, row_version=1, reasons="Found.")
    assert (ended.decision, ended.decided_on, ended.days_taken) == ("withdrawn", today(), None)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"received_on": date(2199, 1, 1)}, "received_on", "not in the future"),
        ({"requester_name": " "}, "requester_name", "blank"),
        ({"purpose": "For 943 476 5919"}, "purpose", "looks like an NHS number"),
        ({"case_reference": "AB 12 34 56 C"}, "case_reference", "National Insurance number"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_of_its_field(cast, facts, field, sentence):
    assert sentence in refused(cast.ask, **facts)[field][0]
    assert not SharingRequest.objects.exists()


def test_a_body_asks_another_one(cast):
    same = cast.council.organisation
    assert "another body" in refused(cast.ask, asking=same, deciding=same)["deciding"][0]


def test_the_deciding_body_is_a_member(cast):
    stranger = cast.outsider.person.appointments.get().membership.organisation
    assert "is not a member" in refused(cast.ask, deciding=stranger)["deciding"][0]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"decision": "withdrawn"}, "decision", "all, part or nothing"),
        ({"reasons": " "}, "reasons", "for sharing as for not sharing"),
        ({"decider_name": ""}, "decider_name", "who decided"),
        ({**REFUSAL, "refusal_class": ""}, "refusal_class", "legal, ethical or operational"),
        (
            {**REFUSAL, "decision": "share_part", "refusal_class": ""},
            "refusal_class",
            "kept back",
        ),
        ({"decided_on": date(2020, 1, 1)}, "decided_on", "not before the request"),
        ({"decided_on": date(2199, 1, 1)}, "decided_on", "not in the future"),
        ({"shared_on": date(2020, 1, 1)}, "shared_on", "not before the request"),
        ({"reasons": "Jane Smith (12/03/1987) is safe."}, "reasons", "date of birth"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said_of_its_field(cast, facts, field, sentence):
    made = cast.ask()
    assert sentence in refused(cast.decided, request=made, **facts)[field][0]
    assert not SharingRequest.objects.get().is_decided


def test_sharing_keeps_no_ground_for_not_sharing(cast):
    decided = cast.decided(refusal_class="legal", refusal_reason="no_legal_basis")
    assert (decided.refusal_class, decided.refusal_reason) == ("", "")


@pytest.mark.parametrize("ground", ["legal", "ethical", "operational"])
def test_an_operational_ground_stands_outside_the_charter(cast, ground):
    decided = cast.decided(**REFUSAL | {"refusal_class": ground})
    assert decided.is_outside_charter == (ground == "operational")


def test_a_decision_is_corrected_with_its_reason_and_both_stay(cast):
    decided = cast.decided()
    corrected = requests.correct_decision(
        by=cast.off_a, request=decided, row_version=decided.row_version, reason="Wrong box.",
        **REFUSAL, decided_on=today(),
    )  # fmt: skip
    assert corrected.decision == "refuse"
    entry = Entry.objects.about(corrected).newest_first()[0]
    assert (entry.verb, entry.reason) == ("request.decision_corrected", "Wrong box.")
    assert list(corrected.history.order_by("-history_id").values_list("decision", flat=True)) == [
        "refuse", "share_all", "",
    ]  # fmt: skip


def test_a_correction_without_a_reason_is_refused(cast):
    decided = cast.decided()
    facts = {"by": TEST, "request": decided, "row_version": 2, "reason": " "}
    said = refused(requests.correct_decision, **facts, **DECISION, decided_on=today())
    assert "why" in said["reason"][0]


def test_two_decide_at_once_and_the_second_is_shown_the_first(cast):
    made = cast.ask()
    cast.decided(request=made)
    with pytest.raises(Conflict) as caught:
        cast.decided(request=made, **REFUSAL)
    assert caught.value.current.decision == "share_all"
    assert "decided this since" in caught.value.sentence


def test_two_correct_at_once(cast):
    made = cast.ask()
    requests.correct_request(by=TEST, request=made, row_version=1, purpose="To find a girl.")
    with pytest.raises(Conflict):
        requests.correct_request(by=TEST, request=made, row_version=1, purpose="To find a boy.")


def test_saving_without_a_change_writes_nothing(cast):
    made = cast.ask()
    before = Entry.objects.count()
    same = requests.correct_request(by=TEST, request=made, row_version=1, purpose=made.purpose)
    assert (same.row_version, Entry.objects.count()) == (1, before)


def test_a_text_that_was_confirmed_is_kept_and_the_entry_says_so(cast):
    made = cast.ask(purpose="Order book 943 476 5919", is_confirmed=True)
    entry = Entry.objects.about(made).get()
    assert "confirmed_no_personal_data" in entry.detail
    assert "943" not in entry.detail
    # It need not be confirmed again when something else changes.
    facts = {"purpose": made.purpose, "necessity": "There is no other way."}
    requests.correct_request(by=TEST, request=made, row_version=1, **facts)


def test_a_correction_cannot_move_the_request_behind_its_decision(cast):
    decided = cast.decided(
        request=cast.ask(received_on=today() - timedelta(days=5)),
        decided_on=today() - timedelta(days=4),
    )
    facts = {"by": TEST, "request": decided, "row_version": 2, "received_on": today()}
    assert "not after the decision" in refused(requests.correct_request, **facts)["received_on"][0]


def test_the_day_of_sharing_is_recorded_when_something_was_to_be_shared(cast):
    decided = cast.decided()
    facts = {"by": cast.off_a, "row_version": 2, "shared_on": today()}
    assert requests.record_sharing(request=decided, **facts).shared_on == today()
    said = refused(requests.record_sharing, request=cast.decided(**REFUSAL), **facts)
    assert said["shared_on"] == ["Nothing was to be shared."]


def test_law_and_weighing_are_kept_as_codes_and_words(cast):
    made = requests.correct_request(
        by=cast.off_b,
        request=cast.ask(),
        row_version=1,
        lawful_basis=("6_1_e",),
        control="separate",
    )
    weighed = requests.weigh_request(
        by=cast.off_a, request=made, row_version=2, dpia_considered="yes", dpo_views="No objection."
    )
    weighed.refresh_from_db()
    assert (tuple(weighed.lawful_basis), weighed.dpo_views) == (("6_1_e",), "No objection.")


def test_facts_of_the_decision_are_not_set_by_a_correction_of_the_request(cast):
    with pytest.raises(TypeError, match="decision"):
        requests.correct_request(by=TEST, request=cast.ask(), row_version=1, decision="share_all")


@pytest.mark.parametrize(
    "facts",
    [
        {
            "decision": "refuse",
            "decided_on": date(2026, 1, 9),
            "reasons": "No.",
            "decider_name": "A",
        },
        {"decision": "share_all", "reasons": "Yes.", "decider_name": "A"},
        {
            "decision": "share_all",
            "decided_on": date(2020, 1, 1),
            "reasons": "Yes.",
            "decider_name": "A",
        },
        {"decided_on": date(2026, 1, 9)},
    ],
)
def test_the_tables_refuse_half_a_decision(cast, facts):
    made = cast.ask(received_on=date(2026, 1, 1))
    for name, value in facts.items():
        setattr(made, name, value)
    with pytest.raises(IntegrityError), transaction.atomic(), act(by=TEST, verb="test.done"):
        made.save()


def test_the_ledger_can_be_verified_after_all_of_it(cast):
    decided = cast.decided(**REFUSAL)
    requests.show_to_partners(by=cast.off_a, request=decided, row_version=2, is_shown=True)
    cast.reviewed(cast.share())
    verify()


def test_a_manager_reads_and_does_not_decide(cast):
    made = cast.ask()
    with pytest.raises(PermissionDenied, match="Only officers of Wyrefordshire County Council"):
        cast.decided(by=cast.mgr_a, request=made)
