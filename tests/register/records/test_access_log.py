"""What is noted of access, who reads it, how it is filtered, taken away and erased."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from register.core.dates import now, pretend, today
from register.directory.services import appointments
from register.ledger.access import note_access
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Entry, Trace
from register.ledger.retention import ACCESS, change_rule
from register.ledger.verify import verify
from register.notices.models import Notice
from register.records.services.rules import erase_what_is_over

URL = "/records/access/"


def noted() -> list[str]:
    """The kinds of what was noted besides the sign-ins that every question of a test begins with."""
    events = AccessEvent.objects.exclude(kind="signed_in").order_by("pk")
    return list(events.values_list("kind", flat=True))


def rows_of(answer) -> list[str]:
    return [f"{line.what}: {line.who} {line.where}" for line in answer.context["lines"]]


def test_a_page_that_somebody_may_not_know_of_is_noted_with_who_asked(ended, ask, user):
    page = reverse("documents:document", args=[ended.reference])
    assert ask("northern", page).status_code == 404
    event = AccessEvent.objects.get(kind="access_denied")
    assert (event.user_label, event.path) == (user("northern").email, page)
    assert event.detail == "GET, 404"
    assert event.traces.get().ip == "127.0.0.1"


def test_what_somebody_may_not_do_is_noted(ended, ask):
    assert ask("police_manager", "/records/").status_code == 403
    assert AccessEvent.objects.get(kind="access_denied").detail == "GET, 403"


def test_a_stranger_leaves_no_refusal_and_never_locks_the_chain(ended):
    before = Entry.objects.count()
    assert Client().get("/nowhere/").status_code in (302, 404)
    assert noted() == []
    assert Entry.objects.count() == before


def test_a_file_that_is_taken_is_noted_once(ended, ask):
    assert ask("auditor", "/history/export/").status_code == 200
    assert noted() == ["history.exported"]
    ask("auditor", "/signatories.csv")
    assert AccessEvent.objects.get(kind="downloaded").detail == "signatories.csv"


def test_who_reads_a_restricted_entry_is_noted_and_who_reads_another_is_not(ended, ask, user):
    page = reverse("documents:document", args=[ended.reference])
    ask("auditor", page)
    assert noted() == []
    with act(by="system:test", verb="document.restricted", subject=ended):
        ended.is_restricted = True
        ended.save()
    for address in (page, f"{page}history/", f"/past/{today()}/{ended.reference}/"):
        assert ask("auditor", address).status_code == 200, address
    assert ask("northern", page).status_code == 404
    assert noted() == ["restricted_read"] * 3 + ["access_denied"]
    assert rows_of(ask("ada", f"{URL}?kind=restricted_read"))[-1] == (
        f"Restricted entry read: Auditor {page}"
    )
    assert ended.reference not in ask("northern", URL).content.decode()


def test_no_link_that_lets_somebody_in_is_kept(ended):
    event = note_access(kind="link_opened", path=f"/sign/l/{'a' * 43}/")
    assert event.path == "/sign/l/…/"


def test_the_log_is_filtered_by_person_kind_day_and_entry(ended, ask, user, county):
    for who in ("auditor", "police_manager"):
        note_access(kind="token_made", user=user(who), path="/accounts/login/")
    with pretend(now() - timedelta(days=10)):
        note_access(kind="downloaded", user=user("auditor"), path=f"/register/{ended.reference}/x")
    auditor = county.people["auditor"].pk
    assert len(rows_of(ask("ada", f"{URL}?kind=token_made"))) == 2
    assert len(rows_of(ask("ada", f"{URL}?person={auditor}"))) == 2
    found = ask("ada", f"{URL}?entry={ended.reference.lower()}")
    assert rows_of(found) == [f"File taken: Auditor /register/{ended.reference}/x"]
    until = today() - timedelta(days=5)
    assert len(rows_of(ask("ada", f"{URL}?until={until.isoformat()}"))) == 1
    odd = ask("ada", f"{URL}?kind=x&since=yesterday%00&person=1e9&after=x&size=7")
    assert "Part of the filter was not understood" in odd.content.decode()


def test_pages_follow_each_other(ended, ask, user):
    for _ in range(30):
        note_access(kind="token_made", user=user("auditor"))
    first = ask("ada", f"{URL}?kind=token_made")
    assert len(first.context["lines"]) == 25
    second = ask("ada", f"{URL}?kind=token_made&after={first.context['page'].after}")
    assert len(second.context["lines"]) == 5


def test_another_partnerships_administrator_reads_their_own_people_only(ended, ask, user):
    note_access(kind="token_made", user=user("auditor"))
    note_access(kind="sign_in_failed", detail="No login has the address typed.")
    note_access(kind="downloaded", user=user("northern"), path=f"/register/{ended.reference}/pdf/")
    found = rows_of(ask("northern", URL))
    assert found[1:] == ["File taken: Northern /register/…/pdf/"]
    assert found[0].startswith("Signed in: Northern")
    assert user("auditor").email not in ask("northern", URL).content.decode()
    assert "No login has" not in ask("northern", URL).content.decode()


def test_an_auditor_reads_and_an_officer_does_not(ended, ask):
    assert ask("auditor", URL).status_code == 200
    refused = ask("council_officer", URL)
    assert refused.status_code == 403
    assert "for administrators and auditors" in refused.content.decode()
    assert ask("auditor", URL, {"x": "1"}).status_code == 405


def test_what_is_taken_away_is_noted_and_harmless(ended, ask, user):
    note_access(kind="token_made", user=user("auditor"), browser="=cmd()", ip="192.0.2.1")
    answer = ask("ada", f"{URL}export/?kind=token_made")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["Time (UTC)", "What", "Who"]
    assert rows[1][1:3] == ["Token of a program made", "Auditor"]
    assert rows[1][5:] == ["192.0.2.1", "'=cmd()"]
    assert AccessEvent.objects.get(kind="access.exported.csv").detail == "kind=token_made"


def test_a_long_log_costs_as_many_statements_as_a_short_one(
    ended, ask, user, django_assert_max_num_queries
):
    for _ in range(60):
        note_access(kind="token_made", user=user("auditor"), ip="192.0.2.1")
    with django_assert_max_num_queries(40):  # 15 of them sign in
        ask("ada", f"{URL}?size=50")


def test_events_and_addresses_are_erased_when_their_time_is_over(ended, user):
    with pretend(now() - timedelta(days=800)):
        note_access(kind="token_made", user=user("auditor"), ip="192.0.2.1")
    with pretend(now() - timedelta(days=400)):
        note_access(kind="token_made", user=user("auditor"), ip="192.0.2.2")
    note_access(kind="token_made", user=user("auditor"), ip="192.0.2.3")
    assert erase_what_is_over() >= 3
    assert AccessEvent.objects.count() == 2
    assert [str(trace.ip) for trace in Trace.objects.filter(access__isnull=False)] == ["192.0.2.3"]
    assert erase_what_is_over() == 0
    assert verify()


def test_the_database_keeps_the_last_weeks_from_whoever_would_erase_them(ended, user):
    note_access(kind="token_made", user=user("auditor"))
    with pretend(now() - timedelta(days=20)):
        young = note_access(kind="token_made", user=user("auditor"))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        young.delete()
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        AccessEvent.objects.update(kind="x")
    change_rule(by=user("ada"), kind=ACCESS, months=1)
    erase_what_is_over()
    assert AccessEvent.objects.filter(pk=young.pk).exists()


def test_words_of_old_messages_go_and_none_is_sent_twice(ended):
    old = now() - timedelta(days=400)
    for key, at in (("a", old), ("b", now())):
        Notice.objects.create(
            to="x@y.example", subject="S", text="T", key=key, written_at=at, due_at=at, sent_at=at
        )
    erase_what_is_over()
    assert list(Notice.objects.filter(key__in="ab").order_by("key").values_list("to", "text")) == [
        ("", ""), ("x@y.example", "T")
    ]  # fmt: skip


def test_a_change_of_roles_is_an_act(ended, county, user):
    before = Entry.objects.count()
    appointments.appoint_to_role(
        by=user("ada"), person=county.people["council_manager"], role="auditor",
        partnership=county.partnership, starts_on=today(),
    )  # fmt: skip
    found = Entry.objects.filter(number__gt=before).values_list("actor_name", flat=True)
    assert set(found) == {"Ada"}
