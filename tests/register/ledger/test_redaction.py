"""Text taken out for good, by two people; everything else stays proved."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from register.directory.models import Person
from register.documents.models import Clause
from register.ledger import redaction, triggers
from register.ledger.acts import act
from register.ledger.models import Change, Entry, Redaction
from register.ledger.redaction import Redactor, redact
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from tests.register.ledger.sample import ADA, BO, body, clause, edit, freeze, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]

NUMBER = "943 476 5919"


@pytest.fixture
def pasted():
    """A frozen clause into which somebody pasted an NHS number."""
    row = clause(f"<p>Such as the child {NUMBER}, known to us.</p>")
    with act(by=ADA, verb="clause.edited", subject=row, reason=f"About {NUMBER}") as this:
        this.detail["note"] = [{"of": NUMBER}]
        row.text += "<p>More.</p>"
        row.save()
    edit(row, heading="Other purpose")
    freeze(row.version)
    return row


def take_out(row, **values):
    given = {"by": ADA, "second": BO, "model": "documents.Clause", "pk": row.pk, "field": "text"}
    return redact(**{**given, "find": NUMBER, "reason": "A child's number", **values})


def test_a_redacted_text_is_nowhere_and_verification_says_why(pasted):
    row = take_out(pasted)
    pasted.refresh_from_db()
    assert "<p>Such as the child [redacted], known to us.</p>" in pasted.text
    assert not pasted.history.filter(text__contains=NUMBER).exists()
    assert not pasted.history.filter(history_change_reason__contains=NUMBER).exists()
    entry = Entry.objects.get(verb="clause.edited")
    assert (entry.reason, entry.detail) == ("About [redacted]", '{"note":[{"of":"[redacted]"}]}')
    assert (row.first, row.second, row.reason) == ("Ada Moss", "Bo Reed", "A child's number")
    report = verify()
    assert len(report.notes) == 1
    assert "redacted on" in report.notes[0]
    assert "by Ada Moss and Bo Reed because A child's number" in report.notes[0]


def test_the_text_goes_from_what_was_said_of_the_document_too(pasted):
    with act(by=ADA, verb="document.noted", subject=pasted.version.document, reason=NUMBER):
        pass
    take_out(pasted)
    assert Entry.objects.get(verb="document.noted").reason == "[redacted]"
    assert verify().notes


def test_nothing_in_the_database_holds_the_text(pasted):
    take_out(pasted)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert NUMBER not in str(cursor.fetchall()), table


def test_the_salts_of_the_redacted_rows_are_destroyed_and_no_others(pasted):
    take_out(pasted)
    gone = Change.objects.filter(salt="")
    assert set(gone.values_list("row_model", flat=True)) == {"documents.clause"}
    assert gone.count() == 3
    assert Change.objects.filter(row_model="documents.version", salt="").count() == 0
    assert list(Entry.objects.filter(words_salt="").values_list("verb", flat=True)) == [
        "clause.edited"
    ]


def test_the_redaction_shows_on_the_page_of_the_document(pasted):
    take_out(pasted)
    newest = Entry.objects.about(pasted.version.document).newest_first().first()
    assert newest.verb == "ledger.redacted"
    assert newest.redactions.get() == Redaction.objects.get()


def test_a_redacted_row_is_still_guarded(pasted):
    take_out(pasted)
    assert triggers.missing(connection) == []
    tamper("UPDATE documents_historicalclause SET heading = 'Else' WHERE history_type = '+'")
    with pytest.raises(Tampered, match="was altered"):
        verify()


def test_a_salt_destroyed_without_a_redaction_is_tampering(pasted):
    take_out(pasted)
    tamper("UPDATE ledger_change SET salt = '' WHERE row_model = 'documents.version'")
    with pytest.raises(Tampered, match="no redaction covers it"):
        verify()


def test_the_redaction_itself_cannot_be_hidden(pasted):
    take_out(pasted)
    number = Entry.objects.get(verb="ledger.redacted").number
    tamper("UPDATE ledger_change SET salt = '' WHERE entry_id = %s", number)
    with pytest.raises(Tampered, match="no redaction covers it"):
        verify()


def test_a_second_redaction_of_the_same_row_passes(pasted):
    take_out(pasted)
    take_out(pasted, find="known to us", reason="Says too much")
    assert len(verify().notes) == 2


def test_a_whole_field_may_go(pasted):
    take_out(pasted, find="")
    pasted.refresh_from_db()
    assert pasted.text == "[redacted]"
    assert verify().notes


def test_the_text_of_a_removed_record_goes_too():
    row = clause(NUMBER)
    key = row.pk
    with act(by=ADA, verb="clause.removed", subject=row.version):
        row.delete()
    redact(by=ADA, second=BO, model=Clause, pk=key, field="text", find=NUMBER, reason="Why")
    assert set(Clause.history.values_list("text", flat=True)) == {"[redacted]"}
    assert verify().notes


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"second": ADA}, "two different persons"),
        ({"second": "system:clean"}, "two different persons"),
        ({"reason": " "}, "Give the reason"),
        ({"find": "nowhere"}, "not in text"),
        ({"field": "position"}, "no text field position"),
        ({"model": "ledger.Entry", "field": "reason"}, "not a tracked record"),
    ],
)
def test_a_redaction_is_refused_with_a_reason_and_leaves_nothing(pasted, wrong, says):
    entries = Entry.objects.count()
    with pytest.raises(ValidationError, match=says):
        take_out(pasted, **wrong)
    assert Entry.objects.count() == entries
    assert NUMBER in Clause.objects.get().text
    assert triggers.missing(connection) == []


def test_a_redaction_is_an_act_of_its_own(pasted):
    with act(by=ADA, verb="outer.done"), pytest.raises(ValidationError, match="of its own"):
        take_out(pasted)


def test_other_apps_take_the_text_out_of_what_they_keep(pasted, monkeypatch):
    seen = []

    def function(target):
        seen.append((target.model, target.pk, target.texts))
        return ["the stored body of version 1"]

    monkeypatch.setattr(redaction, "redactors", [Redactor(function, (Clause,))])
    take_out(pasted)
    assert seen == [(Clause, str(pasted.pk), (NUMBER,))]
    assert "the stored body of version 1" in Entry.objects.get(verb="ledger.redacted").detail


def test_a_short_field_is_not_overfilled():
    row = body("X1")
    edit(row, ico_number="Z" * 19 + "9")
    redact(
        by=ADA, second=BO, model=type(row), pk=row.pk, field="ico_number", find="Z9", reason="Why"
    )
    row.refresh_from_db()
    assert len(row.ico_number) == 20
    assert verify().notes


def test_the_command_redacts_for_two_people_of_the_directory(pasted, capsys):
    people = [Person(name="Ada Moss"), Person(name="Bo Reed")]
    with act(by=ADA, verb="people.added"):
        for person in people:
            person.save()
    given = ["documents.Clause", str(pasted.pk), "text", "--find", NUMBER, "--reason", "Why"]
    who = ["--by", str(people[0].pk), "--second"]
    with pytest.raises(CommandError, match="two different persons"):
        call_command("redact", *given, *who, str(people[0].pk))
    with pytest.raises(CommandError, match="no person with the number 4711"):
        call_command("redact", *given, *who, "4711")
    call_command("redact", *given, *who, str(people[1].pk))
    assert "Redacted documents.clause" in capsys.readouterr().out
    assert NUMBER not in Clause.objects.get().text
