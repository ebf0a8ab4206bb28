"""How long things are kept, holds, disposal; and what is noted about access."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command

from register.core.dates import now, today
from register.ledger import retention
from register.ledger.access import leave_trace, note_access, trace_sha256
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Entry, RetentionRule, Trace
from register.ledger.retention import (
    ACCESS,
    AGREEMENTS,
    CONCERNS,
    CONTACTS,
    MESSAGES,
    TRACES,
    UNUSED_DRAFTS,
    change_rule,
    dispose,
    held,
    hold,
    release,
    rule_for,
    rules,
)
from register.ledger.verify import verify
from tests.register.ledger.sample import ADA, body

pytestmark = pytest.mark.django_db


def trace_left(days_ago: int, subject=None) -> Trace:
    with act(by=ADA, verb="version.signed", subject=subject):
        trace = leave_trace(ip="192.0.2.7", browser="Lynx")
    Trace.objects.filter(pk=trace.pk).update(at=now() - dt.timedelta(days=days_ago))
    return trace


def test_the_defaults_hold_until_an_administrator_changes_one():
    months = {rule.kind: rule.months for rule in rules()}
    assert months == {
        AGREEMENTS: 72, CONCERNS: 72, ACCESS: 24, CONTACTS: 24, MESSAGES: 12, TRACES: 12, UNUSED_DRAFTS: 24
    }  # fmt: skip
    change_rule(by=ADA, kind=TRACES, months=6)
    assert rule_for(TRACES).months == 6
    assert len(rules()) == 7
    assert RetentionRule.objects.get().history.get().history_user == ADA


def test_setting_the_same_rule_again_writes_nothing():
    change_rule(by=ADA, kind=TRACES, months=6)
    change_rule(by=ADA, kind=TRACES, months=6)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("months", [0, -1, 1201, "12", None])
def test_a_rule_keeps_for_a_month_at_least(months):
    with pytest.raises(ValidationError, match="from 1 to 1200"):
        change_rule(by=ADA, kind=TRACES, months=months)


def test_old_addresses_go_and_young_ones_stay():
    old, young = trace_left(400), trace_left(300)
    assert dispose(by="system:dispose", dry_run=True)[0].records == ["1 addresses and browsers"]
    assert Trace.objects.count() == 2
    dispose(by="system:dispose")
    assert list(Trace.objects.all()) == [young]
    assert old.entry_id
    entry = Entry.objects.get(verb="traces.disposed")
    assert '"count":1' in entry.detail
    dispose(by="system:dispose")
    assert Entry.objects.filter(verb="traces.disposed").count() == 1
    assert verify().entries == 3


def test_what_is_on_hold_stays_until_it_is_released():
    subject = body()
    kept = trace_left(400, subject)
    trace_left(400)
    note_access(kind="login_ok", ip="192.0.2.9")
    row = hold(by=ADA, subject=subject, reason="A court order")
    assert held(type(subject)) == {str(subject.pk)}
    dispose(by="system:dispose")
    assert kept in Trace.objects.all()
    assert Trace.objects.count() == 2
    release(by=ADA, hold=row)
    assert held(type(subject)) == set()
    dispose(by="system:dispose")
    assert kept not in Trace.objects.all()


def test_a_hold_gives_its_reason_and_may_end_by_itself():
    subject = body()
    with pytest.raises(ValidationError, match="reason"):
        hold(by=ADA, subject=subject, reason=" ")
    hold(by=ADA, subject=subject, reason="A claim", until=today())
    assert held(type(subject)) == set()


def test_other_apps_dispose_of_their_own(monkeypatch, capsys):
    asked = []

    def drafts(*, by, before, dry_run):
        asked.append((by, before, dry_run))
        return ["AB-A-0001 version 1"]

    monkeypatch.setitem(retention.disposers, UNUSED_DRAFTS, drafts)
    call_command("dispose", "--dry-run")
    assert "AB-A-0001 version 1 would go" in capsys.readouterr().out
    (by, before, dry_run) = asked[0]
    assert (by, dry_run) == ("system:dispose", True)
    assert 729 <= (today() - before).days <= 732


def test_the_entry_holds_only_a_digest_of_where_the_act_came_from():
    trace = trace_left(1)
    entry = Entry.objects.get()
    assert trace.entry == entry
    assert "192.0.2.7" not in entry.detail
    assert "Lynx" not in entry.detail
    assert trace_sha256(Trace.objects.get()) in entry.detail


def test_access_is_noted_outside_the_chain_with_the_address_apart():
    note_access(kind="access_denied", path="/agreements/x\0", ip="192.0.2.8", browser="Lynx")
    note_access(kind="login_failed", user=AnonymousUser())
    event = AccessEvent.objects.get(kind="access_denied")
    assert (event.path, event.user_id) == ("/agreements/x", "")
    assert event.traces.get().ip == "192.0.2.8"
    assert not Entry.objects.exists()
