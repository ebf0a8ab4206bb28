"""Recording a breach or concern: what is asked, who is told, who may read it, how it is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.concerns.models import Concern, IcoAnswer
from register.concerns.reading import ico_sentence
from register.concerns.services import concerns, telling
from register.core.conflicts import Conflict
from register.core.dates import now, today
from register.ledger.models import Entry
from register.ledger.private import open_to
from register.notices.models import Notice
from register.tasks.models import Task
from tests.register.concerns.conftest import facts, recorded


def test_a_breach_has_a_reference_and_names_the_body_that_deals_with_it(county, agreement):
    found = recorded(county, agreement, bodies=[county.council])

    assert found.reference == "WY-B-0001"
    assert found.lead == county.people["police_officer"]
    named = found.bodies.order_by("pk").values_list("organisation__legal_name", flat=True)
    assert list(named) == ["WY County Council", "WY Police"]


def test_the_contacts_of_the_bodies_are_written_to_and_noted_as_told(county, agreement):
    found = recorded(county, agreement)

    row, message = found.bodies.get(), Notice.objects.get(key__startswith="concern:")
    assert (message.to, message.about) == ("senior@police.example", agreement.reference)
    assert row.told_at
    assert row.told_how == "register"
    assert "senior@police.example" in row.told_whom


def test_the_message_does_not_say_what_happened(county, agreement):
    found = recorded(county, agreement)

    message = Notice.objects.get(key__startswith="concern:")
    words = message.subject + message.text + message.html
    assert found.get_absolute_url() in message.text
    assert found.what_happened not in words
    assert found.title not in words
    assert len(message.html) < 30_000


def test_a_body_without_an_address_stands_as_not_told(county, agreement):
    found = recorded(county, agreement, bodies=[county.trust], lead_body=county.trust)

    assert found.bodies.get().told_at is None
    assert not Notice.objects.filter(key__startswith="concern:").exists()


def test_nobody_is_written_to_where_that_is_not_asked(county, agreement):
    recorded(county, agreement, tells_now=False)

    assert not Notice.objects.filter(key__startswith="concern:").exists()


def test_whoever_deals_with_it_gets_a_task_that_says_nothing_of_what_happened(county, agreement):
    found = recorded(county, agreement)

    task = Task.objects.get(cause_key=f"concern:{found.pk}")
    assert (task.assignee, task.document_id) == (found.lead, agreement.pk)
    said = task.says + task.why
    assert "early review" in said
    assert "breach" not in said
    assert "concern was" not in said


def test_a_name_of_nobody_known_leaves_the_task_without_an_assignee(county, agreement):
    found = recorded(county, agreement, lead_name="Somebody Else")

    assert found.lead is None
    assert Task.objects.get(cause_key=f"concern:{found.pk}").assignee is None


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"found_at": now() + timedelta(hours=2)}, "found_on", "not in the future"),
        ({"happened_on": today()}, "happened_on", "not after it was found"),
        ({"ico_answer": "notified"}, "ico_on", "Enter when the ICO was notified"),
        ({"ico_answer": "not_notified"}, "ico_reason", "Article 33(5)"),
        ({"people_answer": "not_told"}, "people_reason", "Article 34(3)"),
        ({"what_happened": "About 943 476 5919."}, "what_happened", "looks like an NHS number"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(county, agreement, wrong, field, says):
    with pytest.raises(ValidationError) as error:
        recorded(county, agreement, **wrong)

    assert says in " ".join(error.value.message_dict[field])
    assert not Concern.objects.exists()


def test_text_that_only_looks_like_personal_data_is_kept_once_confirmed(county, agreement):
    said = "Case 943 476 5919."
    found = recorded(county, agreement, what_happened=said, is_confirmed=True)

    entry = Entry.objects.get(verb="concern.recorded")
    assert found.what_happened == said
    assert "what_happened" in entry.detail


def test_a_notice_to_the_ico_after_72_hours_says_why(county, agreement):
    late = {
        "happened_on": today() - timedelta(days=6),
        "found_at": now() - timedelta(hours=100),
        "ico_answer": "notified",
        "ico_notified_at": now() - timedelta(hours=1),
    }
    with pytest.raises(ValidationError) as error:
        recorded(county, agreement, **late)
    assert "later than 72 hours" in error.value.message_dict["ico_reason"][0]

    found = recorded(county, agreement, **late, ico_reason="Found on Friday night.")
    assert ico_sentence(found).endswith("99 hours after it was found, later than 72 hours")


def test_the_72_hours_count_only_for_a_personal_data_breach(county, agreement):
    old = {"happened_on": None, "found_at": now() - timedelta(hours=73)}
    breach = recorded(county, agreement, **old)
    other = recorded(county, agreement, **old, kind="terms_not_kept")

    assert breach.is_ico_overdue
    assert not other.is_ico_overdue
    assert "72 hours ended" in ico_sentence(breach)


def test_a_body_that_is_no_party_cannot_be_named(county, agreement):
    with pytest.raises(ValidationError, match="is no party of"):
        recorded(county, agreement, bodies=[county.charity])


@pytest.mark.parametrize("who", ["police_manager", "auditor"])
def test_only_officers_of_parties_or_the_office_record_one(county, agreement, user, who):
    with pytest.raises(PermissionDenied, match="Only officers of its parties"):
        concerns.record(by=user(who), document=agreement, bodies=[county.police], **facts(county))


def test_the_office_the_lead_and_the_bodies_concerned_read_it_and_nobody_else(
    county, agreement, user
):
    found = recorded(county, agreement)

    def reads(who):
        return Concern.objects.visible_to(user(who)).filter(pk=found.pk).exists()

    assert all(map(reads, ["office", "auditor", "council_manager", "police_manager"]))
    assert not reads("trust_officer")


def test_acts_on_it_stand_in_no_history_of_those_who_may_not_read_it(county, agreement, user):
    recorded(county, agreement)
    acts = Entry.objects.filter(verb="concern.recorded")

    assert open_to(user("police_officer"), acts).exists()
    assert not open_to(user("trust_officer"), acts).exists()


def test_correcting_writes_on_and_names_a_further_body(county, agreement, user):
    found = recorded(county, agreement)

    concerns.correct(
        by=user("police_officer"), concern=found, row_version=1, severity="high_risk",
        bodies=[county.police, county.trust],
    )  # fmt: skip

    found.refresh_from_db()
    assert (found.severity, found.row_version) == ("high_risk", 2)
    assert Concern.objects.visible_to(user("trust_officer")).exists()


def test_a_body_that_was_told_is_not_taken_off(county, agreement, user):
    found = recorded(county, agreement, bodies=[county.council, county.police])

    concerns.correct(by=user("office"), concern=found, row_version=1, bodies=[])

    assert found.bodies.count() == 2


def test_correcting_what_has_moved_on_is_a_conflict(county, agreement, user):
    found = recorded(county, agreement)
    concerns.correct(by=user("office"), concern=found, row_version=1, title="Another title")

    with pytest.raises(Conflict):
        concerns.correct(by=user("office"), concern=found, row_version=1, title="A third")


def test_an_officer_of_a_party_that_does_not_deal_with_it_corrects_nothing(county, agreement, user):
    found = recorded(county, agreement)

    with pytest.raises(PermissionDenied, match="which deals with it"):
        concerns.correct(by=user("trust_officer"), concern=found, row_version=1, title="Mine")


def test_telling_by_telephone_is_noted_with_time_and_name(county, agreement, user):
    found = recorded(county, agreement, bodies=[county.trust], lead_body=county.trust)
    row = found.bodies.get()
    at = now() - timedelta(hours=1)

    row = telling.note_told(
        by=user("office"), row=row, row_version=1, told_at=at, told_how="telephone",
        told_whom="Ann Hale, duty desk",
    )  # fmt: skip

    assert (row.told_at, row.how_words) == (at, "Telephone")
    with pytest.raises(ValidationError, match="between when it was found and now"):
        telling.note_told(
            by=user("office"), row=row, row_version=2, told_at=now() - timedelta(days=9),
            told_how="telephone", told_whom="Ann Hale",
        )  # fmt: skip


def test_a_breach_is_closed_only_once_ico_and_people_are_decided(county, agreement, user):
    found = recorded(county, agreement)
    said = {"by": user("office"), "outcome": "Deleted unread.", "lessons": "One list of mailboxes."}

    with pytest.raises(ValidationError, match="whether the ICO was notified"):
        concerns.close(concern=found, row_version=1, **said)
    concerns.correct(
        by=user("office"), concern=found, row_version=1, ico_answer=IcoAnswer.NOTIFIED,
        ico_notified_at=found.found_at + timedelta(hours=5), people_answer="not_told",
        people_reason="It was deleted unread.",
    )  # fmt: skip
    closed = concerns.close(concern=found, row_version=2, **said)

    assert (closed.closed_on, closed.closed_by_name) == (today(), "Office")


def test_a_closed_record_is_changed_only_once_it_is_open_again(county, agreement, user):
    found = recorded(county, agreement, kind="terms_not_kept")
    with pytest.raises(ValidationError, match="Enter what is learnt"):
        concerns.close(
            by=user("office"), concern=found, row_version=1, outcome="Done.", lessons=" "
        )
    concerns.close(
        by=user("office"), concern=found, row_version=1, outcome="Done.", lessons="Look sooner."
    )

    with pytest.raises(PermissionDenied, match="Open it again first"):
        concerns.correct(by=user("office"), concern=found, row_version=2, title="Later")
    concerns.reopen(by=user("office"), concern=found, row_version=2, reason="More came out.")
    assert Concern.objects.open().filter(pk=found.pk).exists()
