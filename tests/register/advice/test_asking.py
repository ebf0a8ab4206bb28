"""Asking for advice: what is needed, who may be asked, reminders, somebody else, no more."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.advice.models import Closed, ReviewRequest
from register.advice.progress import lines_of, status_of
from register.advice.services import asking
from register.core.conflicts import Conflict
from register.core.dates import now, pretend, today
from register.directory.services import appointments
from register.documents.models import Version
from register.documents.services import drafting, moving
from register.notices.models import Notice
from tests import make
from tests.register.advice.conftest import TEST, errors


def needed(world) -> set[tuple[str, str]]:
    lines = lines_of(Version.objects.get(pk=world.version.pk))
    return {(line.kind.code, line.body_words) for line in lines if line.is_needed}


def test_a_draft_that_moves_data_on_people_needs_each_controllers_advice_and_decision(world):
    council, police = world.council.called, world.police.called
    assert needed(world) == {
        ("data_protection", council), ("data_protection", police), ("risk_owner", council),
        ("risk_owner", police), ("quality_assurance", "The partnership office"),
    }  # fmt: skip
    assert status_of(world.version) == "Not started"


def test_all_that_is_needed_is_asked_at_once_of_those_who_hold_the_posts(world):
    asked = asking.ask_all(by=world.off, version=world.version, due_on=today())
    said = {(row.kind, row.person.name if row.person else "") for row in asked}
    # Nobody holds the post of risk owner at the police: nobody is asked there.
    assert said == {
        ("data_protection", "Una Rowe"), ("data_protection", "Pat Lee"),
        ("risk_owner", "Ravi Siro"), ("quality_assurance", ""),
    }  # fmt: skip
    assert not asking.ask_all(by=world.off, version=world.version)
    assert status_of(world.version) == "In progress"


def test_the_asked_person_gets_one_mail_with_a_link_to_the_question(world):
    row = world.ask(question="Is the notice enough?")
    mail = Notice.objects.get(key=f"advice-asked:{row.pk}")
    assert mail.to == "una.rowe@test.example"
    assert mail.subject == "Your advice is asked for: Safeguarding children"
    assert f"/advice/{row.pk}/" in mail.text
    assert "Is the notice enough?" in mail.text
    assert "asks the data protection officer of" in mail.text
    assert mail.html.count("<a href=") <= 2


def test_only_who_drafts_asks(world):
    for user in (world.cast.off_b, world.una, world.cast.mgr_a):
        with pytest.raises(PermissionDenied, match="Only officers of"):
            world.ask(by=user)
    assert not ReviewRequest.objects.exists()


def test_the_same_is_not_asked_twice(world):
    world.ask()
    with pytest.raises(ValidationError, match="is asked for this already"):
        world.ask()


def test_a_person_of_another_post_or_body_is_not_asked(world):
    with pytest.raises(ValidationError) as refusal:
        world.ask(user=world.ravi, post="siro")
    assert "does not answer as data protection officer of" in errors(refusal).by_field["whom"][0]
    with pytest.raises(ValidationError):
        world.ask(user=world.pat)


def test_a_stranger_to_the_entry_a_past_day_and_an_unknown_kind_are_refused(world):
    stranger = make.organisation("Stranger Council")
    for said, field, words in (
        ({"body": stranger}, "organisation", "Stranger Council is not named in"),
        ({"due_on": today() - timedelta(days=1)}, "due_on", "not before today"),
        ({"kind": "fortune_teller"}, "kind", "Choose what is asked for."),
    ):
        with pytest.raises(ValidationError) as refusal:
            world.ask(**said)
        assert words in errors(refusal).by_field[field][0]


def test_nobody_is_asked_on_what_has_ended(world):
    moving.discard(by=world.off, version=world.version, reason="No longer wanted.")
    world.version.refresh_from_db()
    with pytest.raises(PermissionDenied, match="ended: nobody advises on it"):
        world.ask()


def test_a_reminder_goes_once_a_day(world):
    row = world.ask()
    asking.remind(by=world.off, request=row)
    with pytest.raises(ValidationError, match="sent today already"):
        asking.remind(by=world.off, request=row)
    with pretend(now() + timedelta(days=1)):
        row = asking.remind(by=world.off, request=row)
    assert row.reminders == 2
    assert Notice.objects.filter(key__startswith=f"advice-reminder:{row.pk}:").count() == 2


def test_without_an_address_nobody_is_reminded(world):
    world.una.person.contact.email = ""
    with make.persons.act(by=TEST, verb="contact.changed", subject=world.una.person):
        world.una.person.contact.save()
    row = world.ask()
    assert not Notice.objects.filter(key=f"advice-asked:{row.pk}").exists()
    with pytest.raises(ValidationError, match="No message can be sent"):
        asking.remind(by=world.off, request=row)
    row.refresh_from_db()
    assert row.reminders == 0


def test_somebody_else_is_asked_and_the_first_question_stays_in_the_record(world):
    row = world.ask()
    new = asking.replace(by=world.off, request=row, row_version=1, whom=world.whom(world.dee))
    row.refresh_from_db()
    assert row.closed_as == Closed.REPLACED
    assert "Dee Puty" in row.closed_reason
    assert new.is_open
    assert new.person == world.dee.person
    with pytest.raises(Conflict):
        asking.replace(by=world.off, request=row, row_version=1, whom=world.whom(world.una))


def test_asking_stops_only_with_a_reason(world):
    row = world.ask()
    with pytest.raises(ValidationError, match="Say why it is not asked any more"):
        asking.cancel(by=world.off, request=row, row_version=1, reason=" ")
    asking.cancel(by=world.off, request=row, row_version=1, reason="It moves nothing any more.")
    with pytest.raises(ValidationError, match="It is closed: not asked any more"):
        asking.remind(by=world.off, request=row)


def test_what_is_open_lapses_when_the_version_ends(world):
    row = world.ask()
    moving.discard(by=world.off, version=world.version, reason="No longer wanted.")
    row.refresh_from_db()
    assert row.closed_as == Closed.LAPSED


def test_a_revision_asks_anew_and_proposes_last_times_adviser(world):
    world.ask(user=world.dee)
    version = make.walk(world.version, "in_force")
    revised = drafting.revise(by=world.off, document=version.document)
    assert not ReviewRequest.objects.filter(version=revised).exists()
    proposed = {
        (line.kind.code, line.body_words): line.proposed.person.name
        for line in lines_of(revised)
        if line.proposed
    }
    assert proposed["data_protection", world.council.called] == "Dee Puty"
    # Who left the post is not proposed again.
    held = world.dee.person.appointments.get(post__kind="dpo")
    appointments.end_appointment(by=TEST, appointment=held, ends_on=_yesterday())
    line = next(
        each for each in lines_of(revised)
        if (each.kind.code, each.organisation) == ("data_protection", world.council)
    )  # fmt: skip
    assert line.proposed.person.name == "Una Rowe"


def _yesterday():
    return today() - timedelta(days=1)
