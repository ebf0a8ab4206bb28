"""How each place to sign stands, in one word, and what comes next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.chasing.reading import with_everything
from register.chasing.statuses import Line, lines_of
from register.core.dates import now, today
from register.directory.services import appointments, people
from register.directory.services.people import change_contact
from register.documents.services import moving
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Order, Slot
from tests import county as counties
from tests import make_documents as make
from tests import signing_world as world
from tests.register.chasing.entries import another

pytestmark = pytest.mark.django_db


def line(out: world.Signing, body) -> Line:
    slots = with_everything(Slot.objects.filter(version=out.version, organisation=body))
    return lines_of(slots)[0]


def sent(**columns) -> None:
    Notice.objects.update(sent_at=now(), **columns)


def test_asked_then_delivered_then_opened_then_signed():
    out = world.out(signing.Round(sign_by=today() + timedelta(days=30)))
    council = out.county.council
    asked = line(out, council)
    assert (asked.words, asked.next_act) == ("Asked, not sent yet", "remind")
    assert asked.next_reminder > today()
    sent()
    assert line(out, council).words == "Delivered"
    signing.note_opened(out.request(council))
    assert line(out, council).words == "Opened"
    world.sign(out, council)
    signed = line(out, council)
    assert (signed.words, signed.next_act, signed.ticks) == ("Signed", "", "")


def test_what_did_not_arrive_says_why_and_asks_for_somebody_else():
    out = world.out()
    sent(given_up_at=now(), failure="SMTPRecipientsRefused: 550 No such mailbox")
    bounced = line(out, out.county.council)
    assert (bounced.words, bounced.detail) == ("Did not arrive", "550 No such mailbox")
    assert bounced.next_act == "replace"


def test_whoever_has_no_address_is_said_to_be_unreached():
    out = world.out()
    request = out.request(out.county.council)
    someone = people.add_person(by=world.TEST, name="Nora Noaddress")
    appointments.appoint_to_post(
        by=world.TEST, person=someone, post=request.slot.post, capacity="shared"
    )
    signing.replace(by=world.TEST, request=request, person=someone, reason="On leave.")
    assert line(out, out.county.council).words == "Asked, no e-mail address"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda out, r: signing.refuse(by=world.signer(r.person), request=r,
                                       reason_class="legal", reason="No power."), "Refused"),
        (lambda out, r: signing.return_with_comments(by=world.signer(r.person), request=r,
                                                     comments="Clause 2."), "Returned with comments"),
        (lambda out, r: signing.cancel(by=world.TEST, request=r, reason="Wrong."), "Cancelled"),
    ],
)  # fmt: skip
def test_what_has_stopped_is_to_be_asked_again(end, words):
    out = world.out()
    end(out, out.request(out.county.council))
    stopped = line(out, out.county.council)
    assert (stopped.words, stopped.next_act) == (words, "ask")
    assert stopped.detail in {"No power.", "Clause 2.", "Wrong."}
    person = out.county.people["council_senior_officer"]
    signing.ask_again(by=world.TEST, slot=out.slot(out.county.council), person=person)
    assert line(out, out.county.council).next_act == "remind"


def test_withdrawn_on_behalf_on_paper_and_void():
    out = world.out()
    signed = world.sign(out, out.county.council)
    signing.withdraw(by=world.signer(signed.person), slot=signed.slot, reason="In error.")
    assert line(out, out.county.council).words == "Withdrawn"
    make.sign(out.slot(out.county.council))
    assert line(out, out.county.council).words == "Signed on paper"
    signing.void_slot(by=world.TEST, slot=out.slot(out.county.police), reason="No party.")
    assert line(out, out.county.police).words == "Void"


def test_passed_on_names_who_passed_it_and_signs_on_behalf():
    out = world.out()
    request = out.request(out.county.council)
    colleague = out.county.users["council_manager"].person
    signing.pass_on(by=world.signer(request.person), request=request, person=colleague)
    (asked,) = line(out, out.county.council).asked
    assert asked.request.passed_from.person == request.person
    world.sign(out, out.county.council)
    assert line(out, out.county.council).words == "Signed on behalf"


def test_what_waits_for_an_earlier_step_says_for_which():
    county = counties.found(today() - timedelta(days=400))
    version = world.drafted(county)
    with act(by=world.TEST, verb="slot.changed", subject=version):
        later = version.slots.get(organisation=county.police)
        later.step = 2
        later.save()
    signing.send(
        by=world.TEST, version=version, round_=signing.Round(order=Order.IN_SEQUENCE), despite="x"
    )
    out = world.Signing(county, version.document.newest)
    waits = line(out, county.police)
    assert (waits.words, waits.detail) == ("Not yet asked", "waits for step 1")
    assert waits.next_act == ""
    world.sign(out, county.council)
    assert line(out, county.police).words == "Asked, not sent yet"


def test_what_lies_with_the_bodys_own_officer_says_so():
    county = counties.found(today() - timedelta(days=400))
    post = county.posts["council", "senior_officer"]
    signing.designate(by=world.TEST, organisation=county.council, post=post)
    version = world.drafted(county)
    signing.send(by=world.TEST, version=version, round_=signing.Round(), despite="x")
    out = world.Signing(county, version.document.newest)
    assert line(out, county.council).words == "With the body's own officer"


def test_what_ended_with_the_version_has_lapsed():
    out = world.out()
    moving.return_for_changes(by=world.TEST, version=out.again(), reason="A clause is wrong.")
    assert line(out, out.county.council).words == "Lapsed"


def test_a_later_message_that_arrives_ends_the_bounce():
    out = world.out()
    sent(given_up_at=now(), failure="X: 550 no")
    person = out.request(out.county.council).person
    change_contact(
        by=world.TEST, person=person, row_version=person.contact.row_version,
        email="right@signer.example",
    )  # fmt: skip
    signing.remind(by=world.TEST, requests=[out.request(out.county.council)])
    assert line(out, out.county.council).words == "Asked, not sent yet"
    Notice.objects.filter(given_up_at=None).update(sent_at=now())
    assert line(out, out.county.council).words == "Delivered"


def test_a_whole_list_takes_the_same_statements_as_one_line():
    out = world.out(signing.Round(order=Order.IN_SEQUENCE))

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            lines_of(with_everything(Slot.objects.all()))
        return len(found)

    one = statements()
    for _ in range(3):
        another(out, signing.Round(order=Order.IN_SEQUENCE))
    assert statements() == one
    assert Slot.objects.count() == 8
