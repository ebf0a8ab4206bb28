"""Emergency shares: one act, a review five working days later, and whether an agreement is needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.requests.jobs import ask_for_reviews
from agreements.requests.models import EmergencyShare
from agreements.requests.services import emergencies
from register.core import dates
from register.core.conflicts import Conflict
from register.ledger.models import Entry
from register.notices.models import Notice
from tests import make

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 22, 40, tzinfo=UTC)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def test_it_is_saved_in_one_act_with_a_reference_and_a_review(cast):
    before = Entry.objects.count()
    share = cast.share(by=cast.off_a, shared_at=THURSDAY)
    assert share.reference == f"{cast.partnership.prefix}-E-0001"
    assert share.review_due_on == date(2026, 11, 26)
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize(
    ("nation", "due"),
    [
        ("england_and_wales", date(2026, 1, 2)),
        ("scotland", date(2026, 1, 5)),
        ("northern_ireland", date(2026, 1, 2)),
    ],
)
def test_the_review_is_due_by_the_bank_holidays_of_the_partnership(cast, nation, due):
    emergencies.set_nation(
        by=cast.admin, partnership=cast.partnership, row_version=1, nation=nation
    )
    assert cast.share(shared_at=on(date(2025, 12, 23))).review_due_on == due


def test_a_share_at_midnight_counts_by_the_day_in_london(cast):
    # half past midnight in London on 1 July is the day before in UTC
    share = cast.share(shared_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert share.review_due_on == date(2026, 7, 8)


def test_only_administrators_choose_the_bank_holidays(cast):
    facts = {"partnership": cast.partnership, "row_version": 1, "nation": "scotland"}
    with pytest.raises(PermissionDenied, match="Only administrators"):
        emergencies.set_nation(by=cast.office, **facts)
    emergencies.set_nation(by=cast.admin, **facts)
    with pytest.raises(Conflict):
        emergencies.set_nation(by=cast.admin, **facts)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"shared_at": datetime(2199, 1, 1, tzinfo=UTC)}, "shared_at", "not in the future"),
        ({"necessity": " "}, "necessity", "blank"),
        ({"decider_name": ""}, "decider_name", "blank"),
        ({"case_reference": ""}, "case_reference", "blank"),
        ({"data_shared": "Born on 12 March 1987."}, "data_shared", "date of birth"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(cast, facts, field, sentence):
    with pytest.raises(ValidationError) as caught:
        cast.share(**facts)
    assert sentence in caught.value.message_dict[field][0]


def test_a_body_gives_to_another_one(cast):
    with pytest.raises(ValidationError, match="another body"):
        cast.share(receiver=cast.council.organisation)


def test_a_review_that_finds_no_need_says_why(cast):
    with pytest.raises(ValidationError, match="why no agreement"):
        cast.reviewed(cast.share(), agreement_need="not_needed")
    with pytest.raises(ValidationError, match="reference of the agreement"):
        cast.reviewed(cast.share(), agreement_need="exists")


def test_two_review_at_once_and_the_second_is_told(cast):
    share = cast.share()
    cast.reviewed(share)
    with pytest.raises(Conflict, match="Somebody else reviewed"):
        cast.reviewed(share)


def test_a_correction_of_the_time_moves_the_review_until_it_is_held(cast):
    share = cast.share(shared_at=on(date(2026, 11, 2)))
    moved = emergencies.correct_share(
        by=cast.off_a, share=share, row_version=1, shared_at=on(date(2026, 11, 3))
    )
    assert (share.review_due_on, moved.review_due_on) == (date(2026, 11, 9), date(2026, 11, 10))
    cast.reviewed(moved)
    kept = emergencies.correct_share(
        by=cast.off_a, share=moved, row_version=2, shared_at=on(date(2026, 11, 4))
    )
    assert kept.review_due_on == date(2026, 11, 10)


def test_overdue_is_the_day_after(cast):
    share = cast.share(shared_at=on(date(2026, 11, 2)))
    with dates.pretend(on(date(2026, 11, 9))):
        assert not share.is_overdue
        assert not EmergencyShare.objects.overdue(dates.today()).exists()
    with dates.pretend(on(date(2026, 11, 10))):
        assert share.is_overdue
        assert EmergencyShare.objects.overdue(dates.today()).get() == share
        cast.reviewed(share)
        assert not EmergencyShare.objects.get().is_overdue


def test_whoever_decided_is_written_to_when_due_and_when_overdue_once_each(cast):
    joan = make.person("Joan Pell", email="joan@test.example")
    make.appoint(make.post(cast.council.organisation), joan)
    Notice.objects.all().delete()
    share = cast.share(by=cast.off_a, shared_at=on(date(2026, 11, 2)))
    said = []
    for day in (date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)):
        with dates.pretend(on(day)):
            said += [ask_for_reviews(), ask_for_reviews()]
    assert said == [0, 0, 1, 0, 1, 0, 0, 0]
    notices = Notice.objects.order_by("pk")
    assert [notice.to for notice in notices] == ["joan@test.example"] * 2
    assert [notice.subject for notice in notices] == [
        f"Review due: emergency share {share.reference}",
        f"Review overdue: emergency share {share.reference}",
    ]


def test_a_message_says_nothing_of_what_was_shared(cast):
    share = cast.share(by=cast.off_a, shared_at=on(date(2026, 11, 2)))
    ask_for_reviews()
    notice = Notice.objects.order_by("pk").last()
    for words in (share.data_shared, share.necessity, share.case_reference, "Police"):
        assert words not in notice.text + notice.html + notice.subject
    assert share.get_absolute_url() in notice.text


def test_the_recorder_is_asked_where_no_colleague_has_the_deciders_name(cast):
    assert cast.share(by=cast.off_a).decider == cast.off_a.person


def test_nobody_is_written_to_after_the_review(cast):
    share = cast.share(by=cast.off_a, shared_at=dates.now() - timedelta(days=30))
    cast.reviewed(share)
    assert ask_for_reviews() == 0
