"""Who is asked to read a draft, what they get, and when it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from register.consultation.models import Consultee, GuestAddress, GuestLink
from register.consultation.permissions import guest
from register.consultation.services import asking, commenting, links
from register.consultation.services.asking import Guest
from register.core.dates import now, pretend, today
from register.documents.lifecycle import State
from register.documents.models import Document, Reader, Visibility
from register.documents.services import drafting, facts, moving
from register.documents.services.keeping_up import keep_up
from register.notices.jobs import send
from register.notices.models import Notice
from register.search.models import RowReader
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def token_for(consultee) -> str:
    return links.mint(consultee.pk).rstrip("/").rpartition("/")[2]


def ask(world, **more):
    said = {"by": world.user("council_officer"), "version": world.fresh(),
            "due_on": today() + timedelta(days=7)}  # fmt: skip
    return asking.ask_more(**said | more)


def test_everybody_who_is_asked_gets_one_message_without_a_secret_in_the_outbox(world):
    found = {notice.to: notice for notice in Notice.objects.filter(key__startswith="consultation:")}
    assert set(found) == {"police_manager@wy.example", "ann.hale@wells.example"}
    assert not GuestLink.objects.exists()
    for notice in found.values():
        assert "[[secret]]" in notice.text
        assert world.document.reference in notice.text
        assert "01632 960001" in notice.text, "the telephone number of who asks"
        assert len(notice.html) < 30_000
    assert "do not pass it on" in found["ann.hale@wells.example"].text


def test_the_link_is_made_when_the_message_goes(world):
    send()
    bodies = {message.to[0]: message.body for message in mail.outbox}
    text = bodies["ann.hale@wells.example"]
    address = next(line for line in text.splitlines() if "/consultation/l/" in line)
    token = address.rstrip("/").rpartition("/")[2]
    assert links.holder_of(token) == world.guest
    assert token not in GuestLink.objects.get().token_sha256
    with_account = bodies["police_manager@wy.example"]
    assert f"/consultation/{world.document.reference}/" in with_account
    assert "/consultation/l/" not in with_account


def test_a_message_is_not_sent_to_who_was_taken_off_before_it_went(world):
    asking.take_off(by=TEST, consultee=world.guest)
    send()
    assert [message.to for message in mail.outbox] == [["police_manager@wy.example"]]


@pytest.mark.parametrize("how", ["close", "send", "discard"])
def test_links_die_when_the_consultation_is_over_and_do_not_come_back(world, how):
    token = token_for(world.guest)
    version = world.fresh()
    if how == "close":
        version = moving.close_consultation(by=TEST, version=version)
    elif how == "send":
        make.walk(version, State.SIGNING)
    else:
        moving.discard(by=TEST, version=version, reason="Not needed.")
    assert links.holder_of(token) is None
    assert links.mint(world.guest.pk) is None
    assert GuestAddress.objects.exists() == (how == "close"), "kept while it may open again"
    if how == "close":
        moving.open_consultation(by=TEST, version=version)
        assert links.holder_of(token) is None, "the old link stays dead when it opens again"


def test_a_link_dies_when_its_holder_is_taken_off_and_what_they_said_stays(world):
    token = token_for(world.guest)
    commenting.comment(by=guest(world.guest), version=world.fresh(), part="whole", text="Good.")
    asking.take_off(by=world.user("office"), consultee=world.guest)
    assert links.holder_of(token) is None
    assert world.version.comments.get().text == "Good."
    with pytest.raises(PermissionDenied, match="not asked"):
        commenting.comment(by=guest(world.guest), version=world.fresh(), part="whole", text="More.")


def test_who_is_asked_reads_the_draft_while_it_is_open_and_not_after(world):
    person = world.asked.person
    rows = Reader.objects.filter(document=world.document, person=person)
    assert rows.get().reads_drafts
    assert RowReader.objects.filter(row_id=world.document.pk, person_id=person.pk).exists()
    moving.close_consultation(by=TEST, version=world.fresh())
    assert not rows.exists()
    assert not RowReader.objects.filter(row_id=world.document.pk, person_id=person.pk).exists()


def test_a_named_reader_stays_one_after_they_were_consulted(drafted):
    document, user = drafted.document, drafted.user("police_manager")
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, visibility=Visibility.NAMED
    )
    facts.name_readers(by=TEST, document=document, people=[user.person])
    asking.open_to(by=TEST, version=drafted.version, people=[user.person.pk], due_on=today())
    row = Reader.objects.get(document=document, person=user.person)
    assert row.reads_drafts
    moving.close_consultation(by=TEST, version=drafted.fresh())
    row.refresh_from_db()
    assert not row.reads_drafts
    keep_up([document.pk])
    assert Reader.objects.filter(pk=row.pk).exists()


def test_a_restricted_draft_is_known_to_nobody_but_those_asked(drafted):
    document = drafted.document
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, is_restricted=True,
        visibility=Visibility.NAMED,
    )  # fmt: skip
    asked = drafted.user("police_manager")
    asking.open_to(by=TEST, version=drafted.version, people=[asked.person.pk], due_on=today())

    def known(who):
        return Document.objects.visible_to(drafted.user(who)).filter(pk=document.pk)

    assert known("police_manager").exists()
    assert not known("police_officer").exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"people": [999_999]}, "Choose people from the list: 1 of them are not on it."),
        ({"guests": [Guest("Bo", "bo@b.example")], "due_on": None}, "Enter the day by which"),
        ({"guests": [Guest("Bo", "bo@b.example")], "due_on": today() - timedelta(days=1)},
         "Enter a day that is not before today."),
        ({}, "Choose at least one person to ask."),
        ({"guests": [Guest(f"G{n}", f"g{n}@b.example") for n in range(200)]}, "At most 200 people"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words_and_changes_nothing(world, said, sentence):
    with pytest.raises(ValidationError) as refused:
        ask(world, **said)
    assert sentence in " ".join(refused.value.messages)
    assert Consultee.objects.count() == 2


def test_only_those_who_keep_the_entry_ask_people(world):
    for who in ("police_officer", "police_manager", "council_manager", "auditor"):
        with pytest.raises(PermissionDenied):
            ask(world, by=world.user(who), guests=[Guest("Bo", "bo@b.example")])
        with pytest.raises(PermissionDenied):
            asking.take_off(by=world.user(who), consultee=world.asked)
    assert len(ask(world, guests=[Guest("Bo", "bo@b.example")])) == 1


def test_nobody_is_asked_about_a_draft_that_is_not_open(drafted):
    with pytest.raises(PermissionDenied, match="not open"):
        ask(drafted, guests=[Guest("Bo", "bo@b.example")])


def test_a_response_is_kept_and_can_be_changed_while_it_is_open(world):
    by = world.user("police_manager")
    row = asking.respond(by=by, version=world.fresh(), response="no_comments")
    assert row.response == "no_comments"
    assert asking.respond(by=by, version=world.fresh(), response="supports").response == "supports"
    with pytest.raises(ValidationError, match="Choose what you think"):
        asking.respond(by=by, version=world.fresh(), response="perhaps")
    with pytest.raises(PermissionDenied, match="not asked"):
        asking.respond(by=world.user("police_officer"), version=world.fresh(), response="supports")
    version = moving.close_consultation(by=TEST, version=world.fresh())
    with pytest.raises(PermissionDenied, match="closed"):
        asking.respond(by=by, version=version, response="supports")


def test_a_comment_counts_as_a_response(world):
    commenting.comment(by=guest(world.guest), version=world.fresh(), part="whole", text="Hm.")
    world.guest.refresh_from_db()
    assert world.guest.response == "commented"


def test_only_who_has_not_responded_is_reminded_and_once_a_day(world):
    asking.respond(by=world.user("police_manager"), version=world.fresh(), response="supports")
    by = world.user("council_officer")
    assert asking.remind(by=by, version=world.fresh()) == [world.guest]
    with pytest.raises(ValidationError, match="reminded today already"):
        asking.remind(by=by, version=world.fresh())
    assert Notice.objects.filter(key__contains=":again:").count() == 1
    with pretend(now() + timedelta(days=1)):
        assert asking.remind(by=by, version=world.fresh()) == [world.guest]


def test_a_reminder_is_not_sent_to_who_responded_before_it_went(world):
    assert links.mint_again(world.guest.pk)
    asking.respond(by=guest(world.guest), version=world.fresh(), response="supports")
    assert links.mint_again(world.guest.pk) is None


def test_asking_again_begins_anew(world):
    asking.respond(by=guest(world.guest), version=world.fresh(), response="supports")
    asking.take_off(by=TEST, consultee=world.guest)
    ask(world, guests=[Guest("Ann B Hale", "ANN.HALE@wells.example", "Wells")])
    world.guest.refresh_from_db()
    assert (world.guest.name, world.guest.response, world.guest.taken_off_at) == (
        "Ann B Hale",
        "",
        None,
    )
    assert Consultee.objects.count() == 2


def test_a_revision_copies_nothing_of_it(world):
    commenting.comment(by=TEST, version=world.fresh(), part="whole", text="Good.")
    make.walk(world.fresh(), State.IN_FORCE)
    new = drafting.revise(by=TEST, document=world.document)
    assert not new.comments.exists()
    assert not new.consultees.exists()
    assert not new.editors.exists()


def test_keeping_a_document_up_costs_two_statements_more_at_most(
    world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(34):
        keep_up([world.document.pk])
