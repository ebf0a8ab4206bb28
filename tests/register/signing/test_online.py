"""Signing, refusing, returning, passing on and withdrawing online."""

import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from register.core.codes import short_code
from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.directory.services import appointments, people
from register.documents.lifecycle import State
from register.documents.services import moving
from register.ledger.acts import act
from register.ledger.models import Entry, Trace
from register.notices.models import Notice
from register.signing import services as signing
from register.signing.models import Closed, Method, Order, Signature, SigningRequest
from register.signing.signers import Signer
from register.signing.statements import statement_hash
from tests import county as counties
from tests import signing_world as world

pytestmark = pytest.mark.django_db


def test_a_signature_keeps_who_what_when_and_how():
    out = world.out()
    asked = out.request(out.county.council).person
    row = world.sign(out, out.county.council)
    row.refresh_from_db()
    assert row.person == asked
    assert (row.body_name, row.post_title) == ("WY County Council", row.slot.post.title)
    assert row.body_sha256 == out.hash
    assert row.statement.startswith("I have authority to sign for WY County Council as")
    assert row.statement_sha256 == statement_hash(row.statement)
    assert (row.method, row.strength) == (Method.LINK_CODE, "control of mailbox")
    assert (row.kind, row.capacity, row.time_zone) == ("signed", "holder", "Europe/London")
    assert Trace.objects.get().ip == "192.0.2.7"
    entry = Entry.objects.get(verb="version.signed")
    assert entry.actor_kind == "link"
    detail = json.loads(entry.detail)
    assert detail["method"] == Method.LINK_CODE
    assert row.trace_sha256 == detail["origin_sha256"]


def test_the_last_signature_brings_it_into_force_and_everybody_hears():
    out = world.out(signing.Round(copies_to=("board@test.example",)))
    world.sign(out, out.county.council)
    assert out.again().state == State.SIGNING
    world.sign(out, out.county.police)
    assert out.again().state == State.IN_FORCE
    assert Notice.objects.filter(key__startswith="in-force:", to="board@test.example").exists()
    assert not SigningRequest.objects.open().exists()


def test_a_replay_gets_the_signature_that_stands():
    out = world.out()
    request = out.request(out.county.council)
    by = world.signer(request.person)
    facts = {"by": by, "request": request, "text_sha256": out.hash, "confirmed": True}
    first = signing.sign(**facts)
    receipts = Notice.objects.filter(key__startswith="sign-receipt:").count()
    assert signing.sign(**facts) == first
    assert Signature.objects.count() == Entry.objects.filter(verb="version.signed").count() == 1
    assert Notice.objects.filter(key__startswith="sign-receipt:").count() == receipts


def test_without_the_tick_nothing_is_signed():
    out = world.out()
    with pytest.raises(ValidationError, match="Tick the box"):
        world.sign(out, out.county.council, confirmed=False)
    assert not Signature.objects.exists()


def test_another_text_than_the_one_shown_is_not_signed():
    out = world.out()
    with pytest.raises(Conflict, match="changed since you opened it"):
        world.sign(out, out.county.council, text_sha256="0" * 64)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("end", ["returned", "discarded_slot", "cancelled"])
def test_nothing_is_signed_that_is_no_longer_asked(end):
    out = world.out()
    request = out.request(out.county.council)
    if end == "returned":
        moving.return_for_changes(by=world.TEST, version=out.version, reason="A clause is wrong.")
    elif end == "discarded_slot":
        signing.void_slot(by=world.TEST, slot=request.slot, reason="Not needed.")
    else:
        signing.cancel(by=world.TEST, request=request, reason="Sent too early.")
    said = {"returned": "nobody signs it any more", "discarded_slot": "nobody signs here any more",
            "cancelled": r"closed \(cancelled\)"}[end]  # fmt: skip
    with pytest.raises(PermissionDenied, match=said):
        signing.sign(
            by=world.signer(request.person), request=request, text_sha256=out.hash, confirmed=True
        )
    assert not Signature.objects.exists()


def test_nobody_signs_in_anothers_place():
    out = world.out()
    request, other = out.request(out.county.council), out.request(out.county.police)
    with pytest.raises(PermissionDenied, match="Somebody else is asked here"):
        signing.sign(
            by=world.signer(other.person), request=request, text_sha256=out.hash, confirmed=True
        )


def test_who_has_left_the_post_signs_no_more():
    out = world.out()
    request = out.request(out.county.council)
    held = request.slot.post.appointments.get(person=request.person)
    make_ended(held)
    with pytest.raises(PermissionDenied, match="You do not hold the post"):
        world.sign(out, out.county.council)


def test_a_refusal_needs_ground_and_reason_and_everybody_hears():
    out = world.out()
    world.sign(out, out.county.council)
    request = out.request(out.county.police)
    by = world.signer(request.person)
    with pytest.raises(ValidationError, match="Choose why"):
        signing.refuse(by=by, request=request, reason_class="", reason="No.")
    with pytest.raises(ValidationError, match="Say why"):
        signing.refuse(by=by, request=request, reason_class="legal", reason=" ")
    signing.refuse(by=by, request=request, reason_class="legal", reason="No power to share.")
    assert (
        Notice.objects.filter(subject__startswith="WY Police refused").get().to
        == "council@signer.example"
    )
    assert Notice.objects.filter(subject__contains="refused to sign for WY Police").exists()
    with pytest.raises(PermissionDenied, match=r"closed \(refused\)"):
        signing.sign(by=by, request=request, text_sha256=out.hash, confirmed=True)
    signing.ask_again(by=world.TEST, slot=request.slot, person=request.person)
    assert world.sign(out, out.county.police).counts
    assert out.again().state == State.IN_FORCE


def test_returned_with_comments_waits_for_the_officer():
    out = world.out()
    request = out.request(out.county.council)
    with pytest.raises(ValidationError, match="Say what should change"):
        signing.return_with_comments(by=world.signer(request.person), request=request, comments="")
    row = signing.return_with_comments(
        by=world.signer(request.person), request=request, comments="Clause 2 names no period."
    )
    assert not row.counts
    assert out.again().state == State.SIGNING
    assert SigningRequest.objects.get(pk=request.pk).closed_as == Closed.RETURNED


def test_passed_on_to_a_colleague_who_signs_on_behalf():
    out = world.out()
    request = out.request(out.county.council)
    colleague = out.county.users["council_manager"].person
    stranger = out.county.users["police_manager"].person
    by = world.signer(request.person)
    with pytest.raises(ValidationError, match="not known as somebody of"):
        signing.pass_on(by=by, request=request, person=stranger)
    fresh = signing.pass_on(by=by, request=request, person=colleague, reason="On leave.")
    assert fresh.passed_from == request
    row = world.sign(out, out.county.council)
    assert (row.kind, row.on_behalf_of) == ("on_behalf", request.person.name)
    assert f"I sign on behalf of {request.person.name}" in row.statement


def test_on_behalf_of_a_named_officer_takes_evidence():
    out = world.out()
    with pytest.raises(ValidationError, match="Add the file that shows"):
        world.sign(out, out.county.council, on_behalf_of="Dame Ada Chief")
    row = world.sign(
        out, out.county.council, on_behalf_of="Dame Ada Chief", evidence=png(),
        evidence_name="letter.png",
    )  # fmt: skip
    assert (row.kind, row.on_behalf_of, row.scan_name) == (
        "on_behalf", "Dame Ada Chief", "letter.png",
    )  # fmt: skip


def test_one_of_several_signs_and_the_others_are_asked_no_more():
    out = world.out()
    request = out.request(out.county.council)
    second = people.add_person(by=world.TEST, name="Bo Second")
    appointments.appoint_to_post(
        by=world.TEST, person=second, post=request.slot.post, capacity="shared"
    )
    signing.ask_again(by=world.TEST, slot=request.slot, person=second)
    other = SigningRequest.objects.get(person=second)
    signing.sign(by=world.signer(second), request=other, text_sha256=out.hash, confirmed=True)
    request.refresh_from_db()
    assert request.closed_as == Closed.ELSEWHERE


def test_a_withdrawn_signature_stays_in_the_record_and_opens_the_place():
    out = world.out()
    signed = world.sign(out, out.county.council)
    by = world.signer(signed.person)
    with pytest.raises(ValidationError, match="Say why you withdraw"):
        signing.withdraw(by=by, slot=signed.slot, reason="")
    row = signing.withdraw(by=by, slot=signed.slot, reason="Signed in error.")
    assert list(signed.slot.signatures.values_list("kind", flat=True)) == ["signed", "withdrawn"]
    assert signed.slot.newest_row == row
    assert out.again().slots.open().filter(pk=signed.slot_id).exists()


def test_the_second_step_is_asked_when_the_first_has_signed():
    county = counties.found(add_months(today(), -13))
    version = world.drafted(county)
    with act(by=world.TEST, verb="slot.changed", subject=version):
        late = version.slots.get(organisation=county.police)
        late.step = 2
        late.save()
    signing.send(
        by=world.TEST, version=version, round_=signing.Round(order=Order.IN_SEQUENCE), despite="x"
    )
    out = world.Signing(county, version.document.newest)
    assert out.request(county.police).asked_at is None
    with pytest.raises(PermissionDenied, match="not your turn"):
        world.sign(out, county.police)
    world.sign(out, county.council)
    assert out.request(county.police).asked_at is not None
    world.sign(out, county.police)
    assert out.again().state == State.IN_FORCE


def test_a_request_goes_to_the_designated_officer_first():
    county = counties.found(add_months(today(), -13))
    post = county.posts["council", "senior_officer"]
    signing.designate(by=world.TEST, organisation=county.council, post=post)
    version = world.drafted(county)
    signing.send(by=world.TEST, version=version, round_=signing.Round(), despite="x")
    out = world.Signing(county, version.document.newest)
    request = out.request(county.council)
    assert request.held_for_body
    assert request.asked_at is None
    with pytest.raises(PermissionDenied, match="Only the designated officer"):
        signing.release(by=county.users["police_officer"], request=request)


def test_paper_closes_what_was_asked_and_the_code_on_it_is_compared():
    out = world.out()
    slot = out.slot(out.county.council)
    holder = out.request(out.county.council).person
    facts = {"by": world.TEST, "slot": slot, "person": holder, "signed_on": today()}
    with pytest.raises(ValidationError, match="not the code of this version"):
        signing.record_signature(**facts, text_sha256="ZZZZZ-ZZZZZ")
    signing.record_signature(**facts, text_sha256=short_code(out.hash).lower())
    assert SigningRequest.objects.get(slot=slot).closed_as == Closed.SIGNED


def test_the_method_of_a_login_makes_a_person_act():
    out = world.out()
    request = out.request(out.county.council)
    row = signing.sign(
        by=Signer(request.person, Method.PASSWORD_TOTP), request=request, text_sha256=out.hash,
        confirmed=True,
    )  # fmt: skip
    assert row.strength == "password and second factor"
    assert Entry.objects.get(verb="version.signed").actor_kind == "person"


def make_ended(appointment) -> None:
    yesterday = today() - timedelta(days=1)
    appointments.end_appointment(by=world.TEST, appointment=appointment, ends_on=yesterday)


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, "PNG")
    return content.getvalue()
