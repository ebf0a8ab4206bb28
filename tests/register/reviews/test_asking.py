"""Parties that are asked by link: what they answer, who is silent, and links that die."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import get_connection
from django.urls import reverse

from register.core.dates import add_months, pretend, today
from register.directory.models import Contact
from register.ledger.acts import act
from register.ledger.models import Entry
from register.notices.messages import message_of
from register.notices.models import Notice
from register.notices.secrets import NotNeeded
from register.reviews import services
from register.reviews.models import AskLink, PartyAsk
from register.reviews.services.links import mint

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def review(world):
    person = world.county.people["police_senior_officer"]
    with act(by=TEST, verb="person.contact_changed", subject=person):
        Contact.objects.create(person=person, email="senior@police.example")
    return services.open_review(by=TEST, document=world.document)


@pytest.fixture
def ask(review, world):
    due_on = today() + timedelta(days=10)
    asks = services.ask_parties(
        by=world.user("office"), review=review, parties=services.proposed(review), due_on=due_on
    )
    return next(row for row in asks if row.organisation == world.county.police)


def link_of(ask):
    return re.search(r"/reviews/l/\S+/", mint(ask.pk)).group()


def test_each_party_is_asked_once_where_it_is_reached(review, ask, world):
    assert {row.organisation for row in PartyAsk.objects.all()} == {
        world.county.council, world.county.police,
    }  # fmt: skip
    notice = Notice.objects.get(to="senior@police.example")
    assert "[[secret]]" in notice.text, "no link lies in the outbox"
    assert services.proposed(review) == []


def test_a_party_answers_without_an_account_and_reading_changes_nothing(ask, client):
    address = link_of(ask)
    entries = Entry.objects.count()
    page = client.get(address)
    assert page.status_code == 200
    assert "To keep children safe." in page.content.decode()
    assert Entry.objects.count() == entries
    refused = client.post(address, {"answer": "change", "said": "", "name": "A. Senior"})
    assert refused.status_code == 422
    assert "Say what must change." in refused.content.decode()
    said = {"answer": "change", "said": "We hold it seven years.", "name": "A. Senior"}
    assert client.post(address, said).status_code == 302
    ask.refresh_from_db()
    assert (ask.answer, ask.answered_by) == ("change", "A. Senior")
    entry = Entry.objects.get(verb="review.party_answered")
    assert entry.actor_name == "A. Senior"
    assert "Your answer is in" in client.get(address).content.decode()
    again = client.post(address, {"answer": "unchanged", "said": "Other.", "name": "B"})
    assert again.status_code == 409
    assert "Other." in again.content.decode(), "what was typed comes back"
    ask.refresh_from_db()
    assert ask.answer == "change"


def test_a_link_dies_with_the_review_and_an_unknown_one_looks_the_same(ask, review, client):
    address = link_of(ask)
    review.refresh_from_db()
    services.close_review(
        by=TEST, review=review, row_version=review.row_version, outcome="deferred",
        reason="Later.", next_on=add_months(today(), 2),
    )  # fmt: skip
    dead = client.get(address)
    unknown = client.get(reverse("reviews:guest", args=["x" * 43]))
    assert (dead.status_code, unknown.status_code) == (410, 410)
    for page in (dead, unknown):
        assert "The link does not work any more" in page.content.decode()
        assert "WY-A-0001" not in page.content.decode()
    typed = client.post(address, {"answer": "change", "said": "Kept words", "name": "A"})
    assert typed.status_code == 410
    assert "Kept words" in typed.content.decode()
    assert mint(ask.pk) is None, "a message still in the outbox is not sent"


def test_only_the_hash_of_a_link_is_kept(ask):
    token = link_of(ask).split("/")[-2]
    row = AskLink.objects.get()
    assert len(row.token_sha256) == 64
    assert token not in row.token_sha256


def test_asking_somebody_else_lets_the_old_link_die(ask, client):
    old = link_of(ask)
    services.ask_again(
        by=TEST, ask=ask, name="B. Other", email="other@police.example",
        due_on=today() + timedelta(days=5),
    )  # fmt: skip
    assert client.get(old).status_code == 410
    assert Notice.objects.filter(to="other@police.example").exists()


def test_a_silent_party_is_reminded_each_week_and_once_when_late(ask):
    for days in range(0, 60):
        instant = datetime.combine(today() + timedelta(days=days), time(9), tzinfo=UTC)
        with pretend(instant):
            services.remind_parties()
            services.remind_parties()
    keys = [n.key for n in Notice.objects.filter(to="senior@police.example").order_by("pk")[1:]]
    assert [key.rsplit(":", 1)[1] for key in keys] == [
        "week-1",
        "late",
        "week-2",
        "week-3",
        "late-1",
    ]
    ask.refresh_from_db()
    assert ask.reminded_at is not None


def test_after_days_without_mail_a_silent_party_gets_only_the_newest_reminder(ask):
    for days in (8, 60):
        with pretend(datetime.combine(today() + timedelta(days=days), time(9), tzinfo=UTC)):
            assert services.remind_parties() == 1
    _, older, newer = Notice.objects.filter(to="senior@police.example").order_by("pk")
    with pytest.raises(NotNeeded):
        message_of(older, get_connection())
    address = reverse("reviews:guest", args=["x"]).removesuffix("x/")
    assert address in message_of(newer, get_connection()).body


def test_who_has_answered_is_left_alone(ask):
    services.record_answer(by=TEST, ask=ask, answer_="unchanged", said="By telephone.", name="A")
    with pretend(datetime.combine(today() + timedelta(days=9), time(9), tzinfo=UTC)):
        assert services.remind_parties() == 0
    with pytest.raises(PermissionDenied, match="has answered for"):
        services.answer(by=TEST, ask=ask, answer="unchanged", name="B")


def test_leaving_says_since_when_and_no_change_then_needs_words(ask, review):
    with pytest.raises(ValidationError, match="Say since when"):
        services.answer(by=TEST, ask=ask, answer="leaving", name="A")
    services.answer(by=TEST, ask=ask, answer="leaving", said="Since May; destroyed.", name="A")
    review.refresh_from_db()
    said = {"by": TEST, "review": review, "row_version": review.row_version,
            "outcome": "no_change", "next_on": add_months(today(), 12)}  # fmt: skip
    with pytest.raises(ValidationError, match="A party asks for a change"):
        services.close_review(**said)
    services.close_review(**said, findings="It leaves by a revision next month.")


def test_whoever_does_not_keep_the_entry_asks_nobody(review, world):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        services.ask_parties(
            by=world.user("police_officer"), review=review, parties=services.proposed(review),
            due_on=today() + timedelta(days=10),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "says"),
    [("change", "something must change"), ("leaving", "it no longer shares under it")],
)
def test_the_lead_is_told_once_of_an_answer_that_asks_for_something(ask, client, answer, says):
    address = link_of(ask)
    client.post(address, {"answer": answer, "said": "Since May.", "name": "A. Senior"})
    client.post(address, {"answer": answer, "said": "Again.", "name": "A. Senior"})

    message = Notice.objects.get(key=f"review-answered:{ask.pk}")
    assert message.to == "officer@wy.example"
    assert says in message.text
    assert "Since May" not in message.text, "what it says stands in the register"


def test_nobody_is_told_of_unchanged_nor_of_what_an_officer_recorded(review, world, client):
    asks = services.ask_parties(
        by=world.user("office"), review=review, parties=services.proposed(review),
        due_on=today() + timedelta(days=10),
    )  # fmt: skip
    client.post(link_of(asks[0]), {"answer": "unchanged", "said": "", "name": "A"})
    services.record_answer(
        by=world.user("office"), ask=asks[1], answer_="change", said="By letter.", name="B"
    )

    assert PartyAsk.objects.filter(answered_at__isnull=False).count() == 2
    assert not Notice.objects.filter(key__startswith="review-answered:").exists()


def test_words_of_a_guest_that_look_like_personal_data_are_kept_once_confirmed(ask, client):
    address = link_of(ask)
    said = {"answer": "change", "said": "See 943 476 5919 of May.", "name": "A. Senior"}

    page = client.post(address, said)
    assert page.status_code == 422
    assert "looks like an NHS number" in page.content.decode()
    assert "It is nobody’s personal data" in page.content.decode()
    ask.refresh_from_db()
    assert ask.answer == ""
    assert client.post(address, {**said, "is_confirmed": "on"}).status_code == 302
    ask.refresh_from_db()
    assert ask.words == "See 943 476 5919 of May."


def test_words_of_a_reviewer_that_look_like_personal_data_are_confirmed_first(
    review, world, client
):
    client.force_login(
        world.user("office"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("reviews:sections", args=[world.document.reference, review.pk])
    said = {"row_version": review.row_version, "law": "yes", "law_words": "See 943 476 5919."}

    page = client.post(address, said)
    assert page.status_code == 422
    assert "It is nobody’s personal data" in page.content.decode()
    assert client.post(address, {**said, "is_confirmed": "on"}).status_code == 302
    assert review.answers.get().words == "See 943 476 5919."
