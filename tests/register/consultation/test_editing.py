"""A named person of another body writes in a draft, until the right ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from register.consultation.jobs import keep_readers
from register.consultation.models import Editor
from register.consultation.services import asking, commenting, editing
from register.core.dates import now, pretend, today
from register.directory.services import appointments
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Reader
from register.documents.permissions import may_edit, may_edit_version
from register.documents.services import content, moving
from register.notices.models import Notice
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def give(drafted, who="police_officer", by="council_officer"):
    person = drafted.user(who).person.pk
    return editing.give(by=drafted.user(by), version=drafted.version, person=person)


def write(drafted, who="police_officer"):
    return content.add_clause(by=drafted.user(who), version=drafted.fresh(), heading="Theirs")


def test_an_editor_writes_in_the_draft_and_no_more(drafted):
    with pytest.raises(PermissionDenied):
        write(drafted)
    give(drafted)
    by = drafted.user("police_officer")
    assert Document.objects.visible_to(by).filter(pk=drafted.document.pk).exists()
    assert write(drafted).heading == "Theirs"
    assert not may_edit(by, drafted.document)
    for act in (
        lambda: moving.open_consultation(by=by, version=drafted.fresh()),
        lambda: moving.discard(by=by, version=drafted.fresh(), reason="x"),
        lambda: moving.send_for_signature(by=by, version=drafted.fresh(), despite="x"),
        lambda: editing.give(by=by, version=drafted.fresh(), person=by.person.pk),
        lambda: asking.open_to(by=by, version=drafted.fresh()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_editor_settles_comments_and_is_told_by_mail(drafted):
    give(drafted)
    notice = Notice.objects.get(to="police_officer@wy.example")
    assert f"/register/{drafted.document.reference}/draft/" in notice.text
    row = commenting.comment(by=TEST, version=drafted.fresh(), part="whole", text="x")
    assert commenting.close(by=drafted.user("police_officer"), comment=row).state == "closed"


def test_the_right_ends_when_it_is_taken_back(drafted):
    editor = give(drafted)
    editing.revoke(by=drafted.user("office"), editor=editor)
    verdict = may_edit_version(drafted.user("police_officer"), drafted.fresh())
    assert not verdict
    assert "was taken back" in verdict.reason
    assert not Reader.objects.filter(person=editor.person).exists()


def test_the_right_ends_when_the_draft_is_sent(drafted):
    editor = give(drafted)
    make.walk(drafted.fresh(), State.SIGNING)
    with pytest.raises(PermissionDenied):
        write(drafted)
    assert not Reader.objects.filter(person=editor.person).exists()


def test_a_right_that_is_taken_back_while_the_form_is_open_loses_no_words(drafted, client):
    editor = give(drafted)
    address = reverse(
        "documents:change_clause", args=[drafted.document.reference, drafted.clause.pk]
    )
    client.force_login(drafted.user("police_officer"))
    assert client.get(address).status_code == 200
    editing.revoke(by=drafted.user("council_officer"), editor=editor)
    said = {"row_version": "1", "level": "1", "marker": "number", "heading": "Mine",
            "text": "What I wrote."}  # fmt: skip
    answer = client.post(address, said)
    assert answer.status_code == 403
    assert "was taken back" in answer.content.decode()
    assert "What I wrote." in answer.content.decode()
    assert Clause.objects.get(pk=drafted.clause.pk).heading == "Purpose"


def test_somebody_who_never_was_an_editor_learns_of_no_draft(drafted, client):
    client.force_login(drafted.user("police_officer"))
    for name in ("draft", "clauses"):
        address = reverse(f"documents:{name}", args=[drafted.document.reference])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["council_manager", "office"])
def test_only_people_of_other_bodies_that_the_draft_names_are_offered(drafted, who):
    with pytest.raises(ValidationError, match="Choose somebody from the list"):
        give(drafted, who)


def test_who_has_no_account_cannot_write(drafted):
    person = drafted.county.people["police_senior_officer"].pk
    with pytest.raises(ValidationError, match="has no account"):
        editing.give(by=drafted.user("office"), version=drafted.version, person=person)


def test_the_right_is_given_once(drafted):
    give(drafted)
    with pytest.raises(ValidationError, match="writes in this draft already"):
        give(drafted)
    editor = Editor.objects.get()
    editing.revoke(by=TEST, editor=editor)
    assert give(drafted).pk != editor.pk


def test_only_those_who_keep_the_entry_give_the_right(drafted):
    for who in ("police_officer", "council_manager", "auditor"):
        with pytest.raises(PermissionDenied):
            give(drafted, by=who)


def test_an_editor_who_is_consulted_too_goes_on_reading_when_the_consultation_closes(drafted):
    give(drafted)
    by, person = drafted.user("council_officer"), drafted.user("police_officer").person
    asking.open_to(by=by, version=drafted.version, people=[person.pk], due_on=today())
    moving.close_consultation(by=by, version=drafted.fresh())
    assert Reader.objects.get(person=person).reads_drafts
    assert write(drafted)


def test_who_leaves_their_body_writes_and_reads_no_more(drafted):
    editor = give(drafted)
    asking.open_to(
        by=drafted.user("council_officer"), version=drafted.version, due_on=today(),
        people=[drafted.user("police_manager").person.pk],
    )  # fmt: skip
    with pretend(now() + timedelta(days=3)):
        for who in ("police_officer", "police_manager"):
            appointment = drafted.user(who).person.appointments.get()
            appointments.end_appointment(
                by=TEST,
                appointment=appointment,
                ends_on=today() - timedelta(days=1),
                reason="Left.",
            )
        with pytest.raises(PermissionDenied, match="hold no post there now"):
            write(drafted)
        with pytest.raises(PermissionDenied, match="not asked"):
            asking.respond(
                by=drafted.user("police_manager"), version=drafted.fresh(), response="supports"
            )
        assert keep_readers() == 1
        assert not Reader.objects.filter(person__isnull=False).exists()
    assert editor.revoked_at is None
