"""Each kind of alteration is found and named."""

import pytest
from django.core.management import call_command
from django.db import connection

from register.documents.models import Clause
from register.ledger.acts import act, bulk_create
from register.ledger.models import Entry, Head, RetentionRule
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from tests.register.ledger.sample import ADA, body, clause, edit, freeze, tamper

pytestmark = pytest.mark.django_db

NEW_HISTORY = (
    "INSERT INTO ledger_historicalretentionrule (history_id, id, kind, months, after, note, "
    "history_date, history_change_reason, history_type, history_user_id, actor_name) "
    "SELECT 999, id, kind, 1, after, note, history_date, '', '~', '', '' "
    "FROM ledger_historicalretentionrule WHERE history_id = "
    "(SELECT MIN(history_id) FROM ledger_historicalretentionrule)"
)
FIRST = "(SELECT MIN(history_id) FROM ledger_historicalretentionrule)"


@pytest.fixture
def told():
    """A ledger of some acts: rules made, changed and removed; a frozen version with a clause."""
    with act(by=ADA, verb="rules.made", reason="To begin with"):
        made = bulk_create(
            [RetentionRule(kind=kind, months=1, after="the end") for kind in "abcde"]
        )
    edit(made[0], months=2)
    edit(made[0], months=3)
    with act(by=ADA, verb="rule.removed", subject=made[4]):
        made[4].delete()
    freeze(clause().version)
    return made


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        # live rows
        ("UPDATE ledger_retentionrule SET months = 9 WHERE kind = 'a'", "months was altered"),
        ("DELETE FROM ledger_retentionrule WHERE kind = 'b'", "has vanished from its table"),
        ("DELETE FROM ledger_retentionrule", "has vanished from its table"),
        (
            "INSERT INTO ledger_retentionrule (id, kind, months, after, note) "
            "VALUES (777, 'z', 1, 'x', '')",
            "key 777 .* has no history",
        ),
        ("UPDATE documents_clause SET text = 'other'", "clause .* text was altered"),
        ("UPDATE documents_version SET title = 'other'", "version .* title was altered"),
        # history rows
        (
            f"UPDATE ledger_historicalretentionrule SET months = 9 WHERE history_id = {FIRST}",
            "history row .* of entry 1, was altered",
        ),
        (
            "UPDATE ledger_historicalretentionrule SET actor_name = 'Somebody else'",
            "of entry 1, was altered",
        ),
        (
            f"DELETE FROM ledger_historicalretentionrule WHERE history_id = {FIRST}",
            "written in entry 1, has vanished",
        ),
        (NEW_HISTORY, "history row 999 .* is in no entry"),
        # the chain
        ("UPDATE ledger_entry SET actor_name = 'Bo' WHERE number = 2", "Entry 2 was altered"),
        ("UPDATE ledger_entry SET at = previous_at(at) WHERE number = 2", "Entry 2 was altered"),
        ("UPDATE ledger_entry SET reason = 'Other' WHERE number = 1", "words of entry 1 were"),
        ("UPDATE ledger_entry SET words_salt = '' WHERE number = 1", "no redaction covers it"),
        ("DELETE FROM ledger_entry WHERE number = 2", "Entry 2 is missing"),
        ("DELETE FROM ledger_entry WHERE number = 6", "head says 6"),
        (
            "DELETE FROM ledger_change WHERE entry_id = 2",
            "Entry 2 has 0 changes and says 1",
        ),
        ("UPDATE ledger_change SET sha256 = 'x' WHERE entry_id = 2", "A change of entry 2 was"),
        ("UPDATE ledger_change SET about_pk = '9' WHERE entry_id = 2", "A change of entry 2 was"),
        ("UPDATE ledger_change SET salt = '' WHERE entry_id = 2", "its salt is gone"),
        ("UPDATE ledger_change SET salt = 'x' WHERE entry_id = 2", "was altered"),
        ("UPDATE ledger_columns SET names = '[]'", "list of columns"),
        ("UPDATE ledger_head SET number = 5", "head says 5"),
        ("DELETE FROM ledger_head", "head says 0"),
    ],
)
def test_an_alteration_is_found_and_named(told, sql, says, capsys):
    whole = verify()
    assert whole.entries == 6
    if "previous_at" in sql:
        pg = connection.vendor == "postgresql"
        earlier = "at - interval '1 day'" if pg else "datetime(at, '-1 day')"
        sql = sql.replace("previous_at(at)", earlier)
    if sql == "DELETE FROM ledger_entry WHERE number = 6":
        tamper("DELETE FROM ledger_change WHERE entry_id = 6")
    if sql == "DELETE FROM ledger_entry WHERE number = 2":
        tamper("DELETE FROM ledger_change WHERE entry_id = 2")
    assert tamper(sql) > 0
    with pytest.raises(Tampered, match=says):
        verify()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_ledger")
    assert ended.value.code == 1
    assert capsys.readouterr().out.strip()


def test_a_tail_cut_off_with_its_head_is_found_by_a_head_noted_earlier(told):
    noted = verify().head
    tamper("DELETE FROM ledger_change WHERE entry_id = 6")
    tamper("DELETE FROM ledger_entry WHERE number = 6")
    fifth = Entry.objects.get(number=5)
    Head.objects.update(number=5, sha256=fifth.sha256)
    # The clause's version was frozen in the entry cut off; what it did is undone as well.
    history = "documents_historicalversion"
    tamper(f"DELETE FROM {history} WHERE history_id = (SELECT MAX(history_id) FROM {history})")
    tamper("UPDATE documents_version SET frozen_at = NULL, body_sha256 = ''")
    tamper("DELETE FROM documents_versionbody")
    assert verify(head=fifth.sha256).entries == 5
    with pytest.raises(Tampered, match="its tail was cut off"):
        verify(head=noted)


def test_a_head_noted_earlier_stays_good_as_the_chain_grows(told):
    noted = verify().head
    body()
    assert verify(head=noted.upper()).entries == 7
    assert verify(head=noted, since=7).entries == 1


def test_an_empty_register_agrees():
    report = verify()
    assert (report.entries, report.rows) == (0, 0)
    assert str(report) == "0 entries, 0 changes, 0 rows agree. Head: none yet"


def test_verification_since_an_entry_looks_at_what_changed_from_there(told):
    with act(by=ADA, verb="rules.changed"):
        rows = bulk_create([RetentionRule(kind="new", months=1, after="x")])
    report = verify(since=7)
    assert (report.entries, report.changes, report.rows) == (1, 1, 1)
    tamper("UPDATE ledger_retentionrule SET months = 9 WHERE id = %s", rows[0].pk)
    with pytest.raises(Tampered, match="months was altered"):
        verify(since=7)
    tamper("DELETE FROM ledger_retentionrule WHERE id = %s", rows[0].pk)
    with pytest.raises(Tampered, match="has vanished"):
        verify(since=7)
    with pytest.raises(Tampered, match="Entry 98 is missing"):
        verify(since=99)


def test_the_command_counts_and_gives_the_head(told, capsys):
    call_command("verify_ledger", "--progress")
    heard = capsys.readouterr()
    head = Head.objects.get().sha256
    assert heard.out.strip() == f"6 entries, 13 changes, 8 rows agree. Head: {head}"
    assert "retention rules" in heard.err


def test_many_rows_are_compared_piece_by_piece(monkeypatch):
    monkeypatch.setattr("register.ledger.rows.CHUNK", 3)
    with act(by=ADA, verb="rules.made"):
        made = bulk_create([RetentionRule(kind=f"{n:02}", months=1, after="x") for n in range(10)])
    assert verify().rows == 10
    for row in (made[9], made[4], made[0]):
        tamper("DELETE FROM ledger_retentionrule WHERE id = %s", row.pk)
        with pytest.raises(Tampered, match=f"key {row.pk} .* has vanished"):
            verify()


def test_a_column_added_later_breaks_nothing(told):
    tamper("ALTER TABLE documents_clause ADD COLUMN later integer DEFAULT 5")
    tamper("ALTER TABLE documents_historicalclause ADD COLUMN later integer DEFAULT 5")
    assert verify().entries == 6
    assert Clause.objects.exists()
