"""What falls due, who decides, what goes and what remains; nothing goes that somebody needs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from register.concerns.models import Concern
from register.core.dates import now, pretend, today, words
from register.directory.models import Contact
from register.documents.disposal import unused_drafts
from register.documents.models import VersionBody
from register.documents.services import attachments, moving, notes
from register.evidence.verifying import verify_evidence
from register.jobs.models import RestoredCopy
from register.ledger import triggers
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.redaction import NeedsOwner
from register.ledger.retention import AGREEMENTS, CONCERNS, CONTACTS, UNUSED_DRAFTS
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from register.records.due import count_due, due_in
from register.records.jobs import carry_out_disposals
from register.records.models import DisposalItem, DisposalRun
from register.records.services import disposal, holds
from register.records.services import rules as keeping
from tests import make_documents as make
from tests import worlds
from tests.access.pdf import PDF
from tests.register.ledger.sample import tamper

WORDS = "Lists of holidays"
URL = "/records/disposal/"
TEST = "system:test"


@worlds.shared
def full(ended):
    """The ended agreement, with a note and a file of its own."""
    with pretend(now() - timedelta(days=365 * 7)):
        notes.write_note(by=TEST, document=ended, text="Mrs Bell rang about her son.")
        attachments.attach(by=TEST, document=ended, content=PDF, name="Mrs Bell.pdf", kind="letter")
    return ended


@pytest.fixture
def run(full, county, user):
    """A disposal of it, proposed by Ada and confirmed by Bo."""
    made = disposal.propose(by=user("ada"), partnership=county.partnership, reason="Six years over")
    return disposal.confirm(by=user("bo"), run=made)


def outcomes(run) -> dict[str, str]:
    return {item.label: item.outcome for item in run.items.all()}


def test_what_is_due_is_listed_by_kind(full, county):
    found = due_in(county.partnership, 100)
    assert [(row.kind, row.document.reference) for row in found] == [(AGREEMENTS, full.reference)]
    assert due_in(county.partnership, 0) == []


def test_nothing_but_reference_dates_and_hashes_remains(full, run, owner):
    body = VersionBody.objects.get(version__document=full)
    stored = full.attachments.get().file
    assert default_storage.exists(stored.path)
    signed = body.sha256
    assert carry_out_disposals() == 1
    texts = {WORDS, "Mrs Bell", "To keep children safe", "More of it", "No longer needed"}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            held = str(cursor.fetchall())
            assert not {text for text in texts if text in held}, table
    body.refresh_from_db()
    left = json.loads(bytes(body.content))
    assert (left["reference"], left["title"], left["clauses"]) == (full.reference, "[disposed]", [])
    assert body.sha256 == signed
    assert not default_storage.exists(stored.path)
    version = full.versions.get()
    assert (version.body_sha256, version.state) == (signed, "ended")
    assert version.ended_on
    assert version.in_force_on


def test_the_proof_holds_and_says_who_and_why(full, run, owner):
    carry_out_disposals()
    report = verify()
    assert len(report.notes) == 1
    assert f"{full.reference}: disposed of on" in report.notes[0]
    assert "by Ada and Bo because Disposal" in report.notes[0]
    assert verify_evidence().wrong == []
    assert triggers.missing(connection) == []


def test_what_is_disposed_of_is_still_guarded(full, run, owner):
    carry_out_disposals()
    tamper("UPDATE documents_historicalclause SET text = 'Forged'")
    with pytest.raises(Tampered, match="was altered"):
        verify()


def test_its_page_says_that_it_was_disposed_of(full, run, owner, ask):
    carry_out_disposals()
    page = ask("ada", full.get_absolute_url())
    assert page.status_code == 200
    assert "It was disposed of: reference, dates and hash remain." in page.content.decode()
    history = ask("auditor", f"{full.get_absolute_url()}history/").content.decode()
    assert "Entry disposed of: reference, dates and hash remain" in history
    shown = ask("auditor", run.get_absolute_url()).content.decode()
    assert "Disposed of" in shown
    assert WORDS not in shown


def test_it_is_done_once_and_a_run_that_was_cut_off_goes_on(full, run, owner):
    carry_out_disposals()
    DisposalItem.objects.update(outcome="waiting")
    DisposalRun.objects.update(state="confirmed")
    entries = Entry.objects.filter(verb="document.disposed").count()
    carry_out_disposals()
    assert Entry.objects.filter(verb="document.disposed").count() == entries == 1
    assert outcomes(run) == {full.reference: "disposed"}
    assert due_in(run.partnership, 100) == []
    run.refresh_from_db()
    assert run.state == "done"


def test_a_hold_set_between_list_and_run_keeps_it(full, run, owner, county, user):
    holds.set_hold(by=user("ada"), subject=county.police, reason="An inquiry")
    assert carry_out_disposals() == 0
    item = run.items.get()
    assert item.outcome == "kept"
    assert "is on legal hold" in item.why
    assert full.versions.get().title == WORDS


def test_a_hold_before_keeps_it_off_the_list(full, county, user):
    holds.set_hold(by=user("ada"), subject=full, reason="A claim")
    assert "It is on legal hold" in due_in(county.partnership, 100)[0].why_kept
    with pytest.raises(ValidationError, match="Nothing may be disposed of today"):
        disposal.propose(by=user("ada"), partnership=county.partnership, reason="Why")


def test_what_is_drafted_anew_is_kept(full, run, owner):
    with act(by=TEST, verb="version.started", subject=full):
        version = full.newest
        version.pk, version.number, version.state = None, 2, "draft"
        version.frozen_at, version.body_sha256, version.ended_on = None, "", None
        version.save()
    carry_out_disposals()
    assert run.items.get().why == "A version of it is in preparation."


def test_what_another_needs_is_kept(full, county, user):
    with pretend(now() - timedelta(days=365 * 7)):
        charter = make.charter(county.partnership, county.council, county.police, state="in_force")
        protocol = make.protocol(
            charter, county.community, county.council, county.police, state="in_force"
        )
        under = make.agreement(
            county.partnership, county.council, protocol=protocol, lead=county.council
        )
        moving.end(by=TEST, document=protocol, reason="It is over.")
    (row,) = [row for row in due_in(county.partnership, 100) if row.document == protocol]
    assert row.why_kept == f"{under.reference} needs it."


def test_what_a_breach_was_recorded_on_is_kept_as_long_as_the_breach(full, county, owner):
    with act(by=TEST, verb="concern.recorded", subject=full):
        row = Concern(
            reference="WY-B-0001", document=full, title="T", kind="k", severity="s",
            what_happened="W", found_at=now() - timedelta(days=900), lead_body=county.council,
            lead_name="L", recorded_at=now(), recorded_by_name="R", outcome="O", lessons="L",
            closed_on=today() - timedelta(days=800), closed_by_name="C",
        )  # fmt: skip
        row.save()
    (found,) = due_in(county.partnership, 100)
    assert found.why_kept == (
        f"The breach or concern WY-B-0001, closed on {words(row.closed_on)}, is kept for 72 months."
    )
    keeping.change_rule(by=TEST, kind=CONCERNS, months=24)
    assert due_in(county.partnership, 100)[0].why_kept == ""
    assert count_due(CONCERNS, {county.partnership.pk}, 24) == 1
    assert count_due(CONCERNS, {county.partnership.pk}, 72) == 0


def test_one_record_that_cannot_go_does_not_keep_the_run_from_its_end(
    full, run, owner, monkeypatch, ask
):
    def broken(**given):
        raise RuntimeError("A mistake.")

    monkeypatch.setattr(disposal, "dispose_of_document", broken)
    for minutes, why in ((0, "tried once"), (16, "tried twice"), (32, "in three tries")):
        with pretend(now() + timedelta(minutes=minutes)):
            assert carry_out_disposals() == 0
        assert why in run.items.get().why
    assert run.items.get().outcome == "kept"
    run.refresh_from_db()
    assert run.state == "done"
    assert "in three tries" in ask("auditor", run.get_absolute_url()).content.decode()


def test_unused_drafts_of_one_partnership_are_found_in_one_statement(
    county, other, django_assert_num_queries
):
    noon = now().replace(hour=12)  # whether or not the clocks changed since
    with pretend(noon - timedelta(days=900)):
        made = [
            make.agreement(place.partnership, place.council, lead=place.council)
            for place in (county, county, other)
        ]
    with pretend(noon - timedelta(days=850)):
        notes.write_note(by=TEST, document=made[1], text="We go on with it.")
    with django_assert_num_queries(1):
        found = list(unused_drafts(today(), {county.partnership.pk}))
    assert [version.document for version, _last in found] == made[:2]
    days = [(today() - last).days for _version, last in found]
    assert days == [900, 850]


def test_a_rule_that_grew_longer_meanwhile_keeps_it(full, run, owner, user):
    keeping.change_rule(by=user("ada"), kind=AGREEMENTS, months=120)
    carry_out_disposals()
    assert run.items.get().why == "It has not ended for as long as the rule says."


def test_nobody_confirms_their_own(full, county, user, ask):
    made = disposal.propose(by=user("ada"), partnership=county.partnership, reason="Over")
    with pytest.raises(PermissionDenied, match="Nobody approves their own"):
        disposal.confirm(by=user("ada"), run=made)
    refused = ask("ada", f"{URL}{made.pk}/confirm/", {})
    assert refused.status_code == 403
    assert "Nobody approves their own" in refused.content.decode()
    shown = ask("ada", made.get_absolute_url()).content.decode()
    assert "a second person has to decide. Bo may." in shown
    assert carry_out_disposals() == 0
    with pytest.raises(ValidationError, match="not finished yet"):
        disposal.propose(by=user("bo"), partnership=county.partnership, reason="Again")


def test_who_is_alone_is_told_to_appoint_a_second(other, user, ask):
    made = DisposalRun.objects.create(
        partnership=other.partnership, reason="Over", proposed_by=user("northern").person,
        proposed_at=now(),
    )  # fmt: skip
    shown = ask("northern", made.get_absolute_url()).content.decode()
    assert "Northmere partnership has no other administrator: appoint one first." in shown


def test_neighbours_and_auditors_are_refused(full, county, user, ask):
    made = disposal.propose(by=user("ada"), partnership=county.partnership, reason="Over")
    for page in ("", "confirm/", "refuse/"):
        assert ask("northern", f"{URL}{made.pk}/{page}").status_code == 404
    assert ask("northern", f"{URL}of/{county.partnership.slug}/").status_code == 404
    with pytest.raises(PermissionDenied, match="Only administrators of Wyrefordshire"):
        disposal.confirm(by=user("northern"), run=made)
    assert ask("auditor", made.get_absolute_url()).status_code == 200
    assert ask("auditor", f"{URL}{made.pk}/confirm/", {}).status_code == 403
    assert ask("auditor", f"{URL}of/{county.partnership.slug}/", {"reason": "x"}).status_code == 403
    assert ask("office", URL).status_code == 403
    made.refresh_from_db()
    assert made.state == "proposed"


def test_a_refused_disposal_touches_nothing(full, county, user, ask):
    page = f"{URL}of/{county.partnership.slug}/"
    shown = ask("ada", page).content.decode()
    assert full.reference in shown
    without = ask("ada", page, {"reason": " "})
    assert without.status_code == 422
    assert "Say why this is disposed of now." in without.content.decode()
    assert ask("ada", page, {"reason": "Over"}).status_code == 302
    made = DisposalRun.objects.get()
    assert "Say why it is refused." in ask("bo", f"{URL}{made.pk}/refuse/", {}).content.decode()
    ask("bo", f"{URL}{made.pk}/refuse/", {"reason": "Not yet"})
    assert carry_out_disposals() == 0
    assert full.versions.get().title == WORDS
    with pytest.raises(PermissionDenied, match="decided already"):
        disposal.confirm(by=user("bo"), run=made)


def test_where_tables_are_guarded_it_waits_for_their_owner(full, run, monkeypatch, ask, capsys):
    def refused(**given):
        raise NeedsOwner("The owner of the tables.")

    monkeypatch.setattr(disposal, "dispose_of_document", refused)
    carry_out_disposals()
    assert outcomes(run) == {f"{full.reference} {WORDS}": "waiting"}
    assert "manage.py carry_out" in ask("ada", run.get_absolute_url()).content.decode()
    assert disposal.waiting().get() == run
    assert carry_out_disposals() == 0
    call_command("carry_out")
    assert "It still waits: set MIGRATE_DATABASE_URL" in capsys.readouterr().out
    assert carry_out_disposals() == 0


def test_their_owner_carries_it_out_and_says_so(full, run, owner, capsys):
    DisposalRun.objects.update(needs_owner=True)
    assert carry_out_disposals() == 0
    call_command("carry_out")
    assert f"Disposal {run.pk}: 1 record.\n" in capsys.readouterr().out
    assert outcomes(run) == {full.reference: "disposed"}
    call_command("carry_out")
    assert capsys.readouterr().out == ""


def test_a_restored_copy_that_nobody_released_disposes_of_nothing(full, run, owner, capsys):
    RestoredCopy.objects.create(at=now())
    call_command("carry_out")
    assert "until an administrator releases it" in capsys.readouterr().out
    assert outcomes(run) == {f"{full.reference} {WORDS}": "waiting"}
    with pytest.raises(CommandError, match="1 or more"):
        call_command("carry_out", every=0)


def test_an_unused_draft_is_ended_and_one_that_was_worked_on_is_kept(full, county, user):
    with pretend(now() - timedelta(days=900)):
        unused, used = (
            make.agreement(county.partnership, county.council, lead=county.council)
            for _ in range(2)
        )
    made = disposal.propose(by=user("ada"), partnership=county.partnership, reason="Over")
    assert made.items.filter(kind=UNUSED_DRAFTS).count() == 2
    notes.write_note(by=TEST, document=used, text="We go on with it.")
    made.items.filter(kind=AGREEMENTS).delete()
    disposal.confirm(by=user("bo"), run=made)
    assert carry_out_disposals() == 1
    assert unused.newest.state == "ended"
    assert used.newest.state == "draft"
    assert made.items.get(document=used).why == "Somebody has worked on it since."


def test_contact_details_of_somebody_who_left_go_and_the_name_stays(full, county, user, owner):
    person = county.people["council_executive_lead"]
    row = person.appointments.get()
    with act(by=TEST, verb="person.left", subject=person):
        row.ends_on = today() - timedelta(days=1000)
        row.save()
        Contact.objects.create(person=person, email="gone@council.example", phone="01632 960001")
    made = disposal.propose(by=user("ada"), partnership=county.partnership, reason="Over")
    made.items.exclude(kind=CONTACTS).delete()
    disposal.confirm(by=user("bo"), run=made)
    assert carry_out_disposals() == 1
    contact = Contact.objects.get(person=person)
    assert (contact.email, contact.phone) == ("", "")
    assert not contact.history.filter(email__contains="gone").exists()
    person.refresh_from_db()
    assert person.name == "Council Executive Lead"
    assert verify().notes
