"""A redaction is asked for by one person, decided by a second, and done everywhere that was chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection

from register.core.dates import now, pretend
from register.documents.models import BrokenRule, Clause, Unsaved
from register.documents.services import content, moving, notes
from register.ledger import redaction
from register.ledger.models import Entry, Redaction
from register.ledger.verify import verify
from register.notices.models import Notice
from register.records.elsewhere import still_found, typed_or_sent
from register.records.jobs import carry_out_redactions
from register.records.models import RedactionRequest
from register.records.places import other_places, places_of
from register.records.services import holds, redactions
from tests import make_documents as make
from tests import worlds
from tests.register.records.conftest import NUMBER

URL = "/records/redactions/"
TEST = "system:test"


@worlds.shared
def entry(county, other):
    """An agreement in force into which somebody pasted an NHS number, in a clause and a note."""
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, title="Home visits"
    )
    version = document.newest
    content.add_clause(by=TEST, version=version, heading="Such as", text=f"<p>Of {NUMBER}.</p>")
    make.walk(version, "in_force")
    notes.write_note(by=TEST, document=document, text=f"It is about {NUMBER}, they say.")
    return document


@pytest.fixture
def request_(entry, user):
    """Ada asks for it to be taken out of every place."""
    places = [place.value for place in places_of(entry, NUMBER)]
    return redactions.ask(
        by=user("ada"), document=entry, text=NUMBER, places=places, reason="A patient's number"
    )


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Let the worker carry out what was approved."""

    def run() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return carry_out_redactions()

    return run


def test_every_place_is_found_first(entry):
    found = places_of(entry, NUMBER)
    assert [place.label for place in found] == ["Clause: text", "Note: what was said"]
    assert found[0].where == "now, and once in its history"
    assert NUMBER in found[0].excerpt
    others = " ".join(other_places(entry, NUMBER))
    assert "The stored text of version 1" in others
    assert "What the search finds." in others
    assert places_of(entry, NUMBER[::-1]) == []


def test_what_is_approved_is_taken_out_everywhere(entry, request_, user, owner, done):
    says = f"“{NUMBER}” looks like an NHS number."
    BrokenRule.objects.create(document=entry, code="A1", is_bar=False, says=says)
    Unsaved.objects.create(user=user("council_officer"), page="/x/", typed=f'{{"a": "{NUMBER}"}}')
    Notice.objects.create(
        to="x@y.example", subject=NUMBER, text="T", key="k", written_at=now(), due_at=now(),
        about=entry.reference,
    )  # fmt: skip
    redactions.approve(by=user("bo"), request=request_, reason="Yes")
    assert done() == 2
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert NUMBER not in str(cursor.fetchall()), table
    request_.refresh_from_db()
    assert (request_.state, request_.text) == ("done", "")
    assert "The stored body of version 1" in request_.result
    assert still_found([NUMBER], {entry.partnership_id}) == []
    assert {(row.first, row.second) for row in Redaction.objects.all()} == {("Ada", "Bo")}
    assert len(verify().notes) == 2
    assert carry_out_redactions() == 0


def test_only_the_chosen_places_are_touched_and_what_is_left_is_said(entry, user, owner, done):
    (clause, _note) = [place.value for place in places_of(entry, NUMBER)]
    asked = redactions.ask(
        by=user("ada"), document=entry, text=NUMBER, places=[clause], reason="Why"
    )
    redactions.approve(by=user("bo"), request=asked)
    assert done() == 1
    assert entry.notes.get().text == f"It is about {NUMBER}, they say."
    asked.refresh_from_db()
    assert "The text still stands elsewhere in the register." in asked.result
    assert "Notes: 1" in asked.result


def test_of_other_partnerships_nothing_is_said_and_nothing_is_rewritten(
    entry, county, other, user, owner, done, ask
):
    theirs = make.agreement(
        other.partnership, other.council, lead=other.council, title=f"On {NUMBER}"
    )
    Unsaved.objects.create(user=user("northern"), page="/x/", typed=NUMBER)
    Notice.objects.create(
        to="x@y.example", subject="S", text=NUMBER, key="k", written_at=now(), due_at=now(),
        about=theirs.reference,
    )  # fmt: skip
    assert typed_or_sent(entry, NUMBER) == []
    both = [place.value for place in places_of(entry, NUMBER)]
    asked = redactions.ask(
        by=user("ada"), document=entry, text=NUMBER, places=both[:1], reason="Why"
    )
    redactions.approve(by=user("bo"), request=asked)
    assert done() == 1
    assert Unsaved.objects.get().typed == Notice.objects.get().text == NUMBER
    asked.refresh_from_db()
    assert asked.elsewhere.endswith("in the register. Notes: 1; Historical notes: 1; Texts: 1.")
    for who, reads in (("bo", True), ("ada", False), ("auditor", False)):
        page = ask(who, asked.get_absolute_url()).content.decode()
        assert ("stands elsewhere" in page) is reads


def test_only_who_decides_learns_of_typing_and_messages(entry, request_, user, ask):
    Unsaved.objects.create(user=user("council_officer"), page="/x/", typed=NUMBER)
    says = "Typing that somebody has not saved yet"
    assert says in ask("bo", request_.get_absolute_url()).content.decode()
    assert says not in ask("ada", request_.get_absolute_url()).content.decode()
    sent = {"entry": entry.reference, "text": NUMBER, "find": "1"}
    assert says not in ask("ada", f"{URL}ask/", sent).content.decode()


def test_who_lost_sight_of_the_entry_reads_nothing_of_it(entry, request_, user, ask):
    RedactionRequest.objects.update(asked_by=user("northern").person)
    page = ask("northern", request_.get_absolute_url())
    assert page.status_code == 200
    assert "Withdraw the redaction" in page.content.decode()
    assert NUMBER not in page.content.decode()
    assert NUMBER in ask("bo", request_.get_absolute_url()).content.decode()


def test_nobody_approves_their_own(entry, request_, user, ask, done):
    with pytest.raises(PermissionDenied, match="Nobody approves their own"):
        redactions.approve(by=user("ada"), request=request_)
    answer = ask("ada", f"{URL}{request_.pk}/approve/", {})
    assert answer.status_code == 403
    assert "Nobody approves their own" in answer.content.decode()
    assert done() == 0
    assert Clause.objects.filter(text__contains=NUMBER).exists()


def test_who_may_not_decide(entry, request_, user, ask):
    assert ask("northern", request_.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied, match="Only administrators of Wyrefordshire"):
        redactions.approve(by=user("northern"), request=request_)
    for who in ("auditor", "office", "council_officer"):
        with pytest.raises(PermissionDenied, match="Only administrators"):
            redactions.approve(by=user(who), request=request_)
    assert ask("auditor", f"{URL}{request_.pk}/approve/", {}).status_code == 403
    assert ask("auditor", f"{URL}ask/", {"find": "1"}).status_code == 403
    request_.refresh_from_db()
    assert request_.state == "asked"


def test_an_auditor_reads_why_and_who_and_never_the_text(entry, request_, ask):
    assert "A patient&#x27;s number" in ask("auditor", URL).content.decode()
    page = ask("auditor", request_.get_absolute_url())
    assert page.status_code == 200
    assert NUMBER not in page.content.decode()
    assert NUMBER in ask("bo", request_.get_absolute_url()).content.decode()


def test_a_refusal_needs_its_reason_and_forgets_the_text(entry, request_, user, ask):
    with pytest.raises(ValidationError, match="Say why it is refused"):
        redactions.refuse(by=user("bo"), request=request_, reason=" ")
    with pytest.raises(ValidationError, match="without the text itself"):
        redactions.refuse(by=user("bo"), request=request_, reason=f"{NUMBER} may stay")
    assert ask("bo", f"{URL}{request_.pk}/refuse/", {"reason": "It is a telephone number"})
    request_.refresh_from_db()
    assert (request_.state, request_.text) == ("refused", "")
    with pytest.raises(PermissionDenied, match="decided already"):
        redactions.approve(by=user("bo"), request=request_)


def test_who_asked_takes_it_back(entry, request_, user, ask):
    with pytest.raises(PermissionDenied, match="Only who asked"):
        redactions.withdraw(by=user("bo"), request=request_)
    assert ask("ada", f"{URL}{request_.pk}/withdraw/", {}).status_code == 302
    request_.refresh_from_db()
    assert (request_.state, request_.text) == ("withdrawn", "")


def test_the_text_stands_in_no_entry_of_the_ledger(entry, request_):
    newest = Entry.objects.about(entry).newest_first().first()
    assert newest.verb == "redaction.asked"
    assert NUMBER not in newest.detail + newest.reason


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": "ab"}, "3 characters or more"),
        ({"reason": " "}, "Give the reason for the redaction."),
        ({"reason": f"It is {NUMBER}"}, "Give the reason without the text itself"),
        ({"places": []}, "Select where the text is to be taken out."),
        ({"places": ["documents.Clause|999|text"]}, "no longer stands in 1 of the places"),
    ],
)
def test_it_is_asked_for_properly(entry, user, wrong, says):
    given = {"text": NUMBER, "reason": "Why", "places": [places_of(entry, NUMBER)[0].value]}
    with pytest.raises(ValidationError, match=says):
        redactions.ask(by=user("ada"), document=entry, **{**given, **wrong})
    assert not RedactionRequest.objects.exists()


def test_a_place_of_another_entry_cannot_be_smuggled_in(entry, county, user):
    stranger = make.agreement(county.partnership, county.council, lead=county.council)
    clause = Clause.objects.filter(version__document=stranger).first()
    with pytest.raises(ValidationError, match="no longer stands"):
        redactions.ask(
            by=user("ada"), document=entry, text="Why we share",
            places=[f"documents.Clause|{clause.pk}|text"], reason="Why",
        )  # fmt: skip


def test_nothing_on_hold_is_redacted(entry, request_, user, owner, done):
    redactions.approve(by=user("bo"), request=request_)
    held = holds.set_hold(by=user("ada"), subject=entry, reason="A claim")
    assert done() == 0
    request_.refresh_from_db()
    assert request_.failure.startswith("It waits: It is on legal hold")
    assert Clause.objects.filter(text__contains=NUMBER).exists()
    with pytest.raises(ValidationError, match="Release the hold first"):
        redactions.ask(by=user("bo"), document=entry, text=NUMBER, places=["x"], reason="Why")
    holds.release_hold(by=user("bo"), hold=held, reason="Settled")
    assert done() == 0  # another worker may have it in hand for a quarter of an hour
    with pretend(now() + timedelta(minutes=16)):
        assert done() == 2


def test_where_tables_are_guarded_it_waits_for_their_owner(
    entry, request_, user, monkeypatch, done, ask, capsys
):
    def refused(**given):
        raise redaction.NeedsOwner("The owner of the tables.")

    monkeypatch.setattr(redactions, "redact", refused)
    redactions.approve(by=user("bo"), request=request_)
    assert done() == 0
    assert "manage.py carry_out" in ask("ada", request_.get_absolute_url()).content.decode()
    call_command("carry_out")
    assert "It still waits" in capsys.readouterr().out


def test_the_pages_lead_from_the_text_to_the_result(entry, ask, owner, done):
    sent = {"entry": entry.reference.lower(), "text": NUMBER}
    found = ask("ada", f"{URL}ask/", {**sent, "find": "1"})
    assert found.status_code == 200
    places = [place.value for place in found.context["places"]]
    assert len(places) == 2
    unsaid = ask("ada", f"{URL}ask/", {**sent, "ask": "1", "places": places, "reason": ""})
    assert unsaid.status_code == 422
    assert "Give the reason for the redaction." in unsaid.content.decode()
    assert NUMBER in unsaid.content.decode()
    asked = ask("ada", f"{URL}ask/", {**sent, "ask": "1", "places": places, "reason": "Why"})
    assert asked.status_code == 302
    assert ask("bo", f"{asked.url}approve/").status_code == 200
    assert ask("bo", f"{asked.url}approve/", {"reason": ""}).status_code == 302
    assert done() == 2
    page = ask("auditor", asked.url).content.decode()
    assert "What was changed" in page
    assert NUMBER not in page


def test_a_text_that_stands_nowhere_and_an_unknown_entry_are_said(entry, ask):
    nowhere = ask("ada", f"{URL}ask/", {"entry": entry.reference, "text": "999 999", "find": "1"})
    assert nowhere.status_code == 422
    assert f"stands nowhere in {entry.reference}" in nowhere.content.decode()
    for who in ("ada", "northern"):
        strange = "NM-A-0001" if who == "ada" else entry.reference
        answer = ask(who, f"{URL}ask/", {"entry": strange, "text": NUMBER, "find": "1"})
        assert "There is no entry of that reference" in answer.content.decode()


def test_signs_that_formatted_texts_store_otherwise_are_found(entry, ask):
    sent = {"entry": entry.reference, "text": "Bell & Sons", "find": "1"}
    notes.write_note(by=TEST, document=entry, text="Of Bell &amp; Sons.")
    found = ask("ada", f"{URL}ask/", sent)
    assert [place.label for place in found.context["places"]] == ["Note: what was said"]
    assert found.context["form"]["text"].value() == "Bell &amp; Sons"


def test_one_version_may_be_looked_at_alone(entry, ask, county):
    with pytest.raises(ValidationError):
        moving.end(by=TEST, document=entry, reason=" ")
    sent = {"entry": entry.reference, "text": NUMBER, "version": "1", "find": "1"}
    assert [place.label for place in ask("ada", f"{URL}ask/", sent).context["places"]] == [
        "Clause: text"
    ]
    again = ask("ada", f"{URL}ask/", {**sent, "version": "2"})
    assert "stands nowhere" in again.content.decode()
