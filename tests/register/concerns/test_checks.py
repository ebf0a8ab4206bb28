"""Adherence checks: what is asked and found, actions as tasks, when the next is due, who reads them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.concerns.due import agreements_to_check, lines_of
from register.concerns.jobs import ask_for_checks
from register.concerns.models import AdherenceCheck
from register.concerns.services import checks
from register.concerns.services.checks import Action
from register.core.conflicts import Conflict
from register.core.dates import today
from register.tasks.models import Task
from tests import make_documents as make

ANSWERS = {"still_needed": ("yes", ""), "retention": ("no", "Two lists are older.")}


def checked(user, agreement, **others) -> AdherenceCheck:
    """A check of an agreement by the council's officer."""
    said = {
        "answers": ANSWERS,
        "checked_on": today() - timedelta(days=3),
        "checker_name": "Joan Pell",
        "conclusion": "partly",
        "findings": "Two lists were older than agreed.",
        "next_on": today() + timedelta(days=200),
        **others,
    }
    return checks.record_check(by=user("council_officer"), document=agreement, **said)


def test_a_check_keeps_its_questions_as_they_were_asked(agreement, user):
    found = checked(user, agreement)

    assert found.version == agreement.governing
    said = list(found.answers.order_by("pk").values_list("question", "answer", "note"))
    assert said == [
        ("Is the information still needed for the purpose?", "yes", ""),
        ("Is it deleted or returned when it should be?", "no", "Two lists are older."),
    ]


def test_each_action_becomes_a_task_about_the_agreement(agreement, user):
    due = today() + timedelta(days=10)
    found = checked(
        user, agreement, actions=[Action("Delete the two lists.", due), Action("Train.", due)]
    )

    tasks = Task.objects.filter(document_id=agreement.pk, cause_key__startswith="check:")
    assert sorted(tasks.values_list("says", "due_on")) == [
        ("Delete the two lists.", due), ("Train.", due),
    ]  # fmt: skip
    assert {task.cause_key for task in tasks} == {f"check:{found.pk}:1", f"check:{found.pk}:2"}


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"checked_on": today() + timedelta(days=1)}, "checked_on", "not after today"),
        ({"next_on": today() - timedelta(days=3)}, "next_on", "after the day of the check"),
        ({"actions": [Action("x", today() - timedelta(days=9))]}, "actions", "not before"),
        ({"answers": {"retention": ("not_asked", "")}}, "__all__", "Answer one question"),
        ({"findings": "Born on 3 May 1981"}, "findings", "looks like a date of birth"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(agreement, user, wrong, field, says):
    with pytest.raises(ValidationError) as error:
        checked(user, agreement, **wrong)

    found = error.value.message_dict if field != "__all__" else {field: error.value.messages}
    assert says in " ".join(found[field])


def test_only_who_keeps_the_agreement_checks_it(agreement, user):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        checks.record_check(
            by=user("police_officer"), document=agreement, answers=ANSWERS, checked_on=today(),
            checker_name="x", conclusion="kept", findings="x",
        )  # fmt: skip


def test_a_draft_is_not_checked(county, user):
    draft = make.agreement(county.partnership, county.council, lead=county.council)

    with pytest.raises(PermissionDenied, match="no version in force"):
        checked(user, draft)


def test_the_parties_and_the_office_read_a_check_and_other_partners_do_not(agreement, user):
    checked(user, agreement)

    def reads(who):
        return AdherenceCheck.objects.visible_to(user(who)).exists()

    assert all(map(reads, ["office", "council_manager", "police_manager", "trust_officer"]))


def test_a_body_that_is_no_party_reads_no_check(county, user):
    other = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, state="in_force"
    )
    checked(user, other)

    assert not AdherenceCheck.objects.visible_to(user("trust_officer")).exists()


def test_correcting_a_check_keeps_its_answers(agreement, user):
    found = checked(user, agreement)

    checks.correct_check(
        by=user("office"), check=found, row_version=1, findings="Three lists.", next_on=None
    )

    found.refresh_from_db()
    assert (found.findings, found.next_on, found.answers.count()) == ("Three lists.", None, 2)
    with pytest.raises(Conflict):
        checks.correct_check(by=user("office"), check=found, row_version=1, findings="Four.")
    with pytest.raises(ValidationError, match="after the day of the check"):
        checks.correct_check(
            by=user("office"), check=found, row_version=2, next_on=found.checked_on
        )


def test_the_report_tells_the_due_from_the_planned_and_the_never_checked(agreement, user):
    office = user("office")
    assert list(agreements_to_check(office, "never")) == [agreement]
    checked(user, agreement, next_on=today() + timedelta(days=91))
    assert list(agreements_to_check(office, "planned")) == [agreement]
    assert not agreements_to_check(office).exists()
    checked(user, agreement, checked_on=today() - timedelta(days=1), next_on=today())
    assert list(agreements_to_check(office)) == [agreement]
    [line] = lines_of(office, list(agreements_to_check(office)))
    assert (line.next_on, line.is_overdue, line.may_check) == (today(), False, True)


def test_a_check_that_is_due_opens_one_task_however_often_the_job_runs(agreement, user):
    found = checked(user, agreement, checked_on=today() - timedelta(days=30), next_on=today())

    assert (ask_for_checks(), ask_for_checks()) == (1, 0)
    Task.objects.get(cause_key=f"check-due:{found.pk}")


def test_a_later_check_takes_the_place_of_the_due_one(agreement, user):
    checked(user, agreement, checked_on=today() - timedelta(days=30), next_on=today())
    checked(user, agreement)

    assert ask_for_checks() == 0


def test_a_check_settles_the_task_that_asked_for_it(agreement, user):
    found = checked(user, agreement, checked_on=today() - timedelta(days=30), next_on=today())
    ask_for_checks()
    checked(user, agreement)

    task = Task.objects.get(cause_key=f"check-due:{found.pk}")
    assert (task.kind, task.outcome) == ("adherence", "confirmed")
