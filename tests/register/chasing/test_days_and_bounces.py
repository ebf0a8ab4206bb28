"""Days that pass, messages that bounce, and the tasks that they open and close."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from register.chasing import services
from register.core.dates import now, today
from register.directory.services import appointments, people
from register.directory.services.people import change_contact
from register.documents.lifecycle import State
from register.documents.services import moving
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Closed, OnMissed, SigningRequest, SignLink
from register.tasks.models import Task
from tests import signing_world as world

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelling:
        yield travelling


def told() -> list[str]:
    return [each.subject for each in world.mailed() if each.to == ["office@test.example"]]


def bounce(address: str) -> None:
    Notice.objects.filter(to=address).update(
        given_up_at=now(), failure="SMTPRecipientsRefused: 550 No such mailbox"
    )
    Notice.objects.exclude(to=address).update(sent_at=now())


def test_a_day_that_passes_closes_what_is_open_where_the_officer_said_so(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=3), on_missed=OnMissed.CLOSE))
    world.sign(out, out.county.council)
    asked = out.request(out.county.police)
    clock.shift(timedelta(days=3))
    assert services.act_on_missed_days() == 0
    clock.shift(timedelta(days=1))
    assert services.act_on_missed_days() == 1
    assert services.act_on_missed_days() == 0
    asked.refresh_from_db()
    assert (asked.closed_as, asked.close_reason) == (Closed.EXPIRED, "4 June 2026 has passed.")
    assert "WY-A-0001: 1 person has not signed by 4 June 2026." in told()
    task = Task.objects.open().get()
    assert task.assignee == out.county.users["office"].person
    assert task.due_on == today() + timedelta(days=7)


def test_whoever_is_asked_again_after_the_day_gets_a_link_that_lives(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=3), on_missed=OnMissed.CLOSE))
    asked = out.request(out.county.police)
    clock.shift(timedelta(days=4))
    services.act_on_missed_days()
    fresh = signing.ask_again(by=world.TEST, slot=asked.slot, person=asked.person)
    world.mailed()
    assert SignLink.objects.get(request=fresh).expires_at > now()


def test_a_day_that_passes_only_tells_where_the_officer_said_so(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=3)))
    clock.shift(timedelta(days=4))
    assert services.act_on_missed_days() == 1
    assert out.request(out.county.police).is_open
    assert "WY-A-0001: 2 people have not signed by 4 June 2026." in told()


def test_more_time_settles_the_task_and_the_next_missed_day_opens_another(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=3)))
    clock.shift(timedelta(days=4))
    services.act_on_missed_days()
    assert services.settle() == 0
    services.extend_many(
        by=out.county.users["office"], requests=[out.request(out.county.police)],
        sign_by=today() + timedelta(days=5),
    )  # fmt: skip
    assert services.settle() == 1
    clock.shift(timedelta(days=6))
    assert services.act_on_missed_days() == 1
    assert Task.objects.open().count() == 1


def test_what_everybody_signed_in_time_is_no_missed_day(clock):
    out = world.out(signing.Round(sign_by=today() + timedelta(days=3)))
    world.sign(out, out.county.council)
    world.sign(out, out.county.police)
    clock.shift(timedelta(days=4))
    assert services.act_on_missed_days() == 0


def test_a_bounce_reaches_the_officer_once_as_mail_and_task():
    out = world.out()
    bounce("council@signer.example")
    assert services.tell_of_bounces() == 1
    assert services.tell_of_bounces() == 0
    person = out.request(out.county.council).person
    assert f"WY-A-0001: The message to {person} for WY County Council did not arrive." in told()
    assert "550 No such mailbox" in Notice.objects.get(key__startswith="sign-bounced").text
    assert Task.objects.open().get().document_id == out.version.document_id


def test_the_task_of_a_bounce_settles_when_another_message_goes():
    out = world.out()
    bounce("council@signer.example")
    services.tell_of_bounces()
    assert services.settle() == 0
    request = out.request(out.county.council)
    change_contact(
        by=world.TEST, person=request.person, row_version=request.person.contact.row_version,
        email="right@signer.example",
    )  # fmt: skip
    signing.remind(by=world.TEST, requests=[request])
    assert services.settle() == 1
    assert Task.objects.get().note == "Settled by what happened since."


def test_what_is_no_longer_needed_is_no_bounce():
    out = world.out()
    world.sign(out, out.county.council)
    world.mailed()
    assert Notice.objects.filter(failure=Notice.NOT_NEEDED).exists()
    assert services.tell_of_bounces() == 0


def test_a_refusal_reaches_the_officer_and_everybody_who_signed_within_one_run():
    out = world.out()
    world.sign(out, out.county.council)
    request = out.request(out.county.police)
    signing.refuse(
        by=world.signer(request.person), request=request, reason_class="legal", reason="No power."
    )
    mails = world.mailed()
    assert any(f"{request.person} refused to sign for WY Police" in subject for subject in told())
    heard = [each for each in mails if each.subject.startswith("WY Police refused")]
    assert [each.to for each in heard] == [["council@signer.example"]]
    assert "No power." in heard[0].body
    assert Task.objects.open().get().says == f"{request.person} refused to sign for WY Police."


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (lambda by, r: signing.return_with_comments(by=by, request=r, comments="Clause 2."),
         "sent it back with comments"),
        (lambda by, r: signing.ask_question(by=by, request=r, question="Why me?"), "asks before"),
    ],
)  # fmt: skip
def test_a_return_and_a_question_become_tasks_that_signing_settles(does, says):
    out = world.out()
    request = out.request(out.county.council)
    does(world.signer(request.person), request)
    assert says in Task.objects.open().get().says
    if not out.slot(out.county.council).requests.open().exists():
        signing.ask_again(by=world.TEST, slot=request.slot, person=request.person)
    world.sign(out, out.county.council)
    assert services.settle() == 1


def test_passing_on_needs_nobody():
    out = world.out()
    request = out.request(out.county.council)
    colleague = out.county.users["council_manager"].person
    signing.pass_on(by=world.signer(request.person), request=request, person=colleague)
    assert not Task.objects.exists()


def test_asking_again_after_a_refusal_settles_its_task():
    out = world.out()
    request = out.request(out.county.council)
    signing.refuse(
        by=world.signer(request.person), request=request, reason_class="legal", reason="No."
    )
    assert services.settle() == 0
    signing.ask_again(by=world.TEST, slot=request.slot, person=request.person)
    assert services.settle() == 1


def test_what_is_returned_for_changes_settles_every_task():
    out = world.out()
    request = out.request(out.county.council)
    signing.refuse(
        by=world.signer(request.person), request=request, reason_class="legal", reason="No."
    )
    moving.return_for_changes(by=world.TEST, version=out.again(), reason="A clause is wrong.")
    assert services.settle() == 1


def test_a_new_holder_is_told_once_what_the_post_signed(clock):
    out = world.out()
    world.sign(out, out.county.council)
    world.sign(out, out.county.police)
    assert out.again().state == State.IN_FORCE
    post = out.slot(out.county.council).post
    clock.shift(timedelta(days=30))
    someone = people.add_person(by=world.TEST, name="Nell New")
    change_contact(by=world.TEST, person=someone, row_version=0, email="nell@signer.example")
    appointments.appoint_to_post(
        by=world.TEST, person=someone, post=post, capacity="acting", starts_on=today()
    )
    assert services.tell_new_holders() == 1
    assert services.tell_new_holders() == 0
    (sent,) = [each for each in world.mailed() if each.to == ["nell@signer.example"]]
    assert out.version.title in sent.body
    assert "signed by" in sent.body
    assert not SigningRequest.objects.open().exists()


def test_whoever_came_long_ago_or_signed_themselves_is_told_nothing(clock):
    out = world.out()
    world.sign(out, out.county.council)
    world.sign(out, out.county.police)
    assert services.tell_new_holders() == 0
    someone = people.add_person(by=world.TEST, name="Nell New")
    change_contact(by=world.TEST, person=someone, row_version=0, email="nell@signer.example")
    clock.shift(timedelta(days=10))
    appointments.appoint_to_post(
        by=world.TEST, person=someone, post=out.slot(out.county.council).post, capacity="acting",
        starts_on=today(),
    )  # fmt: skip
    clock.shift(timedelta(days=70))
    assert services.tell_new_holders() == 0
