"""The reminder to decide about the ICO before the 72 hours of a breach end, sent once."""

from datetime import timedelta

import pytest

from register.concerns.services import concerns
from register.concerns.services.reminding import remind_of_ico
from register.core.dates import now, pretend
from register.directory.models import Contact
from register.ledger.acts import act
from register.notices.models import Notice
from tests.register.concerns.conftest import TEST, recorded

pytestmark = pytest.mark.django_db


def in_hours(hours):
    return pretend(now() + timedelta(hours=hours))


def reminders():
    return Notice.objects.filter(key__startswith="concern-ico:")


def test_it_goes_a_day_before_the_72_hours_end_and_once(county, agreement):
    # Found 30 hours ago.
    recorded(county, agreement)
    with in_hours(17):
        assert remind_of_ico() == 0
    with in_hours(19):
        assert (remind_of_ico(), remind_of_ico()) == (1, 0)
    with in_hours(60):
        assert remind_of_ico() == 0

    message = reminders().get()
    assert "decide about the ICO by" in message.subject
    assert "The 72 hours end on" in message.text


def test_after_days_of_silence_it_says_that_they_have_ended(county, agreement):
    recorded(county, agreement)
    with in_hours(100):
        assert remind_of_ico() == 1

    assert "the 72 hours have ended" in reminders().get().subject
    assert "reasons for the delay" in reminders().get().text


def test_it_goes_to_who_deals_with_it_and_says_nothing_of_what_happened(county, agreement):
    found = recorded(county, agreement)
    with act(by=TEST, verb="person.contact_changed", subject=found.lead):
        Contact.objects.update_or_create(
            person=found.lead, defaults={"email": "deals@police.example"}
        )
    with in_hours(19):
        remind_of_ico()

    assert reminders().get().to == "deals@police.example"
    assert "mailbox" not in reminders().get().text


def test_where_that_person_has_no_address_the_body_is_reminded(county, agreement):
    recorded(county, agreement, lead_name="Somebody Else")
    with in_hours(19):
        remind_of_ico()

    assert reminders().get().to == "senior@police.example"


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "terms_not_kept"},
        {"ico_answer": "not_notified", "ico_reason": "No risk to anybody."},
    ],
)
def test_no_reminder_where_there_is_nothing_to_decide(county, agreement, said):
    recorded(county, agreement, **said)
    with in_hours(100):
        assert remind_of_ico() == 0


def test_no_reminder_once_it_is_decided(county, agreement, user):
    found = recorded(county, agreement)
    concerns.correct(
        by=user("office"), concern=found, row_version=found.row_version,
        ico_answer="not_notified", ico_reason="No risk to anybody.",
    )  # fmt: skip
    with in_hours(100):
        assert remind_of_ico() == 0


def test_who_is_no_longer_notified_was_notified_at_no_time(county, agreement, user):
    found = recorded(
        county, agreement, ico_answer="notified", ico_notified_at=now() - timedelta(hours=1)
    )
    found = concerns.correct(
        by=user("office"), concern=found, row_version=found.row_version, ico_answer="undecided"
    )

    assert found.ico_notified_at is None
