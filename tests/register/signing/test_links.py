"""Links, codes and known devices: made when they are mailed, dead when nothing is left to do."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from register.core.dates import now, pretend, today
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.signing import services as signing
from register.signing.models import MailKind, OnMissed, SignCode, SigningRequest, SignLink
from tests import signing_world as world

pytestmark = pytest.mark.django_db


def tokens(address: str) -> list[str]:
    """The tokens that were mailed to an address, oldest first."""
    return [
        found.group(1)
        for message in world.mailed()
        if message.to == [address] and (found := re.search(r"/sign/l/([\w-]+)/", message.body))
    ]


def code_of(address: str) -> str:
    """The newest code that was mailed to an address."""
    said = [m.body for m in world.mailed() if m.to == [address] and "Your code is" in m.body]
    return re.search(r"Your code is (\d{6})", said[-1]).group(1)


@pytest.fixture
def out():
    return world.out()


def test_no_token_lies_in_the_outbox_before_or_after_it_is_sent(out):
    notices = Notice.objects.filter(secret_kind="sign_link")
    assert notices.count() == 2
    assert not SignLink.objects.exists()
    sent = tokens("council@signer.example")
    assert len(sent) == 1
    for notice in Notice.objects.all():
        assert sent[0] not in notice.text + notice.html
        assert MARK in notice.text or not notice.secret_kind
    assert not SignLink.objects.filter(token_sha256=sent[0]).exists()


def test_the_message_says_what_who_why_and_until_when_with_one_link():
    sign_by = today() + timedelta(days=14)
    world.out(signing.Round(sign_by=sign_by, message="Thank you for your time."))
    message = next(m for m in world.mailed() if m.to == ["council@signer.example"])
    assert message.subject.startswith("Sign by ")
    assert "Safeguarding children" in message.subject
    for words in ("Office asks you to sign", "as Senior officer", "Sign by", "Thank you for",
                  "It is new to WY County Council"):  # fmt: skip
        assert words in message.body
    html = message.alternatives[0][0]
    assert html.count('href="http') == 1
    assert len(message.message().as_bytes()) < 30_000


def test_a_link_shows_what_waits_and_dies_with_it(out):
    token = tokens("council@signer.example")[0]
    link = signing.open_link(token)
    assert [row.slot.organisation for row in signing.waiting_for(link)] == [out.county.council]
    world.sign(out, out.county.council)
    assert signing.open_link(token) is None
    assert signing.open_link("no such token") is None


def test_replacing_somebody_kills_their_link_at_once(out):
    token = tokens("council@signer.example")[0]
    request = out.request(out.county.council)
    deputy = out.county.people["council_operational_manager"]
    signing.delegate(
        by=world.signer(request.person), post=request.slot.post, to_person=deputy,
        starts_on=today(), ends_on=today() + timedelta(days=7),
    )  # fmt: skip
    signing.replace(by=world.TEST, request=request, person=deputy, reason="On leave.")
    assert signing.open_link(token) is None
    assert out.request(out.county.council).person == deputy


def test_a_code_opens_once_within_thirty_minutes(out):
    link = signing.open_link(tokens("council@signer.example")[0])
    assert signing.send_code(link)
    code = code_of("council@signer.example")
    assert not SignCode.objects.filter(code_sha256__contains=code).exists()
    with pretend(now() + timedelta(minutes=31)):
        assert not signing.check_code(link, code)
    spaced = f"{code[:3]} {code[3:]}"
    assert signing.check_code(link, spaced)
    assert not signing.check_code(link, code)


def test_after_five_wrong_tries_a_code_holds_no_more(out):
    link = signing.open_link(tokens("council@signer.example")[0])
    signing.send_code(link)
    code = code_of("council@signer.example")
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(5):
        assert not signing.check_code(link, wrong)
    assert not signing.check_code(link, code)


def test_no_more_than_six_codes_an_hour(out):
    link = signing.open_link(tokens("council@signer.example")[0])
    assert [signing.send_code(link) for _ in range(7)] == [True] * 6 + [False]


def test_a_dead_link_brings_a_new_one_to_the_address_on_record_only(out):
    token = tokens("council@signer.example")[0]
    signing.ask_new_link(token)
    signing.ask_new_link("unknown")
    assert Notice.objects.filter(key__startswith="sign-all:").count() == 0
    with pretend(now() + timedelta(days=61)):
        assert signing.open_link(token) is None
        signing.ask_new_link(token)
        signing.ask_new_link(token)
        fresh = tokens("council@signer.example")
        assert signing.open_link(fresh[-1]) is not None
    assert {tuple(m.to) for m in mail.outbox} <= {
        ("council@signer.example",), ("police@signer.example",), ("office@test.example",)
    }  # fmt: skip


def test_a_link_of_a_round_that_closes_ends_with_its_day():
    day = today() + timedelta(days=3)
    world.out(signing.Round(sign_by=day, on_missed=OnMissed.CLOSE))
    token = tokens("council@signer.example")[0]
    with pretend(now() + timedelta(days=5)):
        assert signing.open_link(token) is None


def test_a_reminder_is_not_sent_once_they_have_signed(out):
    world.mailed()
    request = out.request(out.county.council)
    assert signing.remind(by=world.TEST, requests=[request]) == 1
    world.sign(out, out.county.council)
    mail.outbox.clear()
    assert not [m for m in world.mailed() if "Reminder" in m.subject]
    assert SigningRequest.objects.get(pk=request.pk).mails.filter(kind=MailKind.REMINDER).exists()


def test_a_device_is_known_to_its_person_only(out):
    mine, other = out.request(out.county.council).person, out.request(out.county.police).person
    token = signing.remember_device(mine, "Browser")
    assert signing.is_known_device(mine, token)
    assert not signing.is_known_device(other, token)
    assert not signing.is_known_device(mine, "")
    assert signing.forget_devices(mine) == 1
    assert not signing.is_known_device(mine, token)
