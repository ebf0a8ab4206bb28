"""A register from its file into the database: what comes in, what changes, what is left alone."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.dates import today
from register.directory.models import Identifier, Organisation, Partnership
from register.directory.services import names, organisations
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import amending
from register.exchange.entries import ENTRIES
from register.exchange.kinds import KINDS
from register.exchange.matching import read_directory
from register.exchange.models import Import, ImportedRow, ImportState
from register.exchange.services import bring_in, receive, take_up
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.search.models import Text
from register.signing.models import Slot
from tests import make, worlds

pytestmark = pytest.mark.django_db
HEAD = "Reference,Title,Purpose,Partners,Start date,End date,Review date,Status,Signed by,Colour\n"
TWO = (
    "ISA-1,Hearth checks,Warm homes for all,Kent Police; Medway Council,01/02/2024,,31/03/2030,"
    "Active,J Reeve,Blue\n"
    "ISA-2,School moves,Continuity of care,Essex County Council,Feb-2023,,Review annually,,,\n"
)
TEST = "system:test"


@worlds.shared
def place():
    """A partnership to import into."""
    return make.partnership("Wyrefordshire Partnership")


@pytest.fixture
def load(write, place):
    """Import a text as a CSV file; gives the import."""

    def _load(text, name="our.csv"):
        row = receive(by=TEST, partnership=place, path=write(name, text), name=name)
        return bring_in(take_up(row))

    return _load


def counts(row):
    return (row.new, row.changed, row.unchanged, row.rejected)


def entry(reference):
    return Document.objects.get(external_references__value=reference)


def run(*arguments):
    out = io.StringIO()
    call_command("import_register", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def test_each_row_becomes_an_unconfirmed_entry_with_its_facts(load):
    row = load(HEAD + TWO)
    assert counts(row) == (2, 0, 0, 0)
    document = entry("ISA-1")
    version = document.newest
    assert (version.title, version.state, version.is_admitted) == (
        "Hearth checks",
        "in_force",
        True,
    )
    assert not document.is_confirmed
    assert json.loads(document.extras) == {"Status": "Active", "Colour": "Blue"}
    assert version.agreementtext_rows.get().purpose == "<p>Warm homes for all</p>"
    assert document.review_on.isoformat() == "2030-03-31"
    other = entry("ISA-2")
    assert other.review_words == "Review annually"
    assert other.review_on.isoformat() == "2024-02-01"
    verify()  # raises at the first thing that does not agree


def test_signatures_of_the_old_register_are_not_signed_here(load):
    load(HEAD + TWO)
    slot = Slot.objects.get()
    assert (slot.old_register_words, slot.signatures.count()) == ("J Reeve", 0)


def test_the_same_file_again_changes_nothing(load):
    load(HEAD + TWO)
    written = Entry.objects.count()
    assert counts(load(HEAD + TWO)) == (0, 0, 2, 0)
    assert Entry.objects.count() == written


def test_a_value_changed_in_the_file_changes_the_entry(load):
    load(HEAD + TWO)
    row = load(HEAD + TWO.replace("Warm homes for all", "Warm homes").replace("Blue", "Green"))
    assert counts(row) == (0, 1, 1, 0)
    assert {c["value"]: (c["old"], c["new"]) for c in row.report["changes"]} == {
        "Purpose": ("Warm homes for all", "Warm homes"),
        "Colour": ("Blue", "Green"),
    }
    assert entry("ISA-1").newest.agreementtext_rows.get().purpose == "<p>Warm homes</p>"


def test_what_was_changed_here_is_a_conflict_and_stays(load):
    load(HEAD + TWO)
    version = entry("ISA-1").newest
    amending.correct(by=TEST, corrections=[(version, {"title": "Our own title"})])
    same = load(HEAD + TWO)
    other = load(HEAD + TWO.replace("Hearth checks", "Heat checks"))
    for row in (same, other):
        assert [c["old"] for c in row.report["conflicts"]] == ["Our own title"]
        assert counts(row) == (0, 0, 2, 0)
    assert entry("ISA-1").newest.title == "Our own title"


def test_versions_in_references_become_versions_of_one_entry(load):
    load(HEAD + "X-9-v2.1,Later,,Kent Police,,,,,,\nX-9-v1.0,Earlier,,Kent Police,,,,,,\n")
    document = entry("X-9")
    assert Document.objects.count() == 1
    rows = document.versions.order_by("number").values_list("label", "title", "state")
    assert list(rows) == [("1.0", "Earlier", "superseded"), ("2.1", "Later", "in_force")]
    row = load(HEAD + "X-9-v3,Latest,,Kent Police,,,,,,\n")
    assert counts(row) == (0, 1, 0, 0)
    assert list(document.versions.order_by("number").values_list("state", flat=True)) == [
        "superseded", "superseded", "in_force",
    ]  # fmt: skip
    assert entry("X-9-v2.1") == document
    verify()  # raises at the first thing that does not agree


def test_rows_that_repeat_a_reference_but_differ_are_all_kept_and_reported(load):
    text = (
        HEAD
        + "R-1,One,,Kent Police,,,,,,\nR-1,Two,,Kent Police,,,,,,\nR-1,One,,Kent Police,,,,,,\n"
    )
    row = load(text)
    assert counts(row) == (2, 0, 1, 0)
    assert sorted(Version.objects.values_list("title", flat=True)) == ["One", "Two"]
    assert any("both are kept" in each["sentence"] for each in row.report["rows"])
    lines = text.splitlines(keepends=True)
    assert counts(load(lines[0] + lines[2] + lines[1])) == (0, 0, 2, 0)


def test_rejected_rows_say_why_and_the_counts_sum_to_the_rows(load):
    row = load(HEAD + TWO + "ISA-3,,,,,,,,,\nISA-4,Dates,,Kent Police,31/02/2024,,,,,\n")
    assert counts(row) == (2, 0, 0, 2)
    assert [number for number, _ in row.report["rejected"]] == [4, 5]
    assert "Start date" in row.report["rejected"][1][1]


def test_an_entry_whose_end_has_passed_comes_in_as_ended(load):
    load(HEAD + "E-1,Old,,Kent Police,,31/12/2020,,,,\nE-2,Draft,,Kent Police,,,,In draft,,\n")
    assert entry("E-1").newest.state == State.ENDED
    assert entry("E-1").newest.ended_on.isoformat() == "2020-12-31"
    assert entry("E-2").newest.state == State.DRAFT


def test_kinds_of_the_first_two_tiers_become_charters_and_protocols(load):
    load("Title,Kind,Partners\nAll of us,Charter,Kent Police\nHealth,Protocol,Kent Police\n")
    assert sorted(Document.objects.values_list("tier", flat=True)) == [1, 2]


def test_bodies_are_matched_by_any_name_and_number_and_the_rest_comes_in_once(load):
    kent = organisations.add_organisation(by=TEST, legal_name="Kent Police", short_name="KP")
    names.add_name(by=TEST, organisation=kent, name="Kent County Constabulary")
    medway = organisations.add_organisation(by=TEST, legal_name="Medway Council")
    names.add_identifier(by=TEST, organisation=medway, scheme="local-authority-eng", value="MDW")
    row = load(
        HEAD + "1,A,,Kent County Constabulary,,,,,,\n2,B,,local-authority-eng:MDW,,,,,,\n"
        "3,C,,KP; Medway Counsil,,,,,,\n4,D,,Medway Counsil,,,,,,\n"
    )
    found = Organisation.objects.exclude(pk__in=[kent.pk, medway.pk])
    assert [(b.legal_name, b.is_confirmed, b.came_from) for b in found] == [
        ("Medway Counsil", False, "our.csv")
    ]
    (said,) = row.report["unmatched"]
    assert (said["count"], said["suggestions"]) == (2, ["Medway Council"])
    assert entry("2").newest.party_rows.get().organisation == medway


def test_a_body_that_has_ended_is_matched_and_flagged(load):
    kent = organisations.add_organisation(by=TEST, legal_name="Kent Police")
    organisations.end_organisation(by=TEST, organisation=kent, ends_on=today().replace(year=2020))
    row = load(HEAD + "1,A,,Kent Police,,,,,,\n")
    assert [each["name"] for each in row.report["ended"]] == ["Kent Police"]
    assert Organisation.objects.count() == 1


def test_codes_are_taken_for_the_names_that_stood_there_before(load):
    load(HEAD + "1,A,,Kent Police; Medway Council,,,,,,\n")
    row = load(HEAD + "1,A,,government-organisation:D1; local-authority-eng:MDW,,,,,,\n")
    assert counts(row) == (0, 0, 1, 0)
    assert [(c["code"], c["name"]) for c in row.report["codes"]] == [
        ("government-organisation:D1", "Kent Police"),
        ("local-authority-eng:MDW", "Medway Council"),
    ]
    assert Organisation.objects.count() == 2
    assert not Identifier.objects.exists()


def test_a_shorter_beginning_of_a_text_does_not_take_the_place_of_the_whole(load):
    whole = "Continuity of care " * 30
    load(HEAD + f"1,A,{whole},Kent Police,,,,,,\n")
    assert counts(load(HEAD + f"1,A,{whole[:300]},Kent Police,,,,,,\n")) == (0, 0, 1, 0)


def test_a_body_new_in_the_file_becomes_a_party_and_one_left_out_stays(load):
    load(HEAD + "1,A,,Kent Police; Medway Council,,,,,,\n")
    row = load(HEAD + "1,A,,Kent Police; Essex Police,,,,,,\n")
    assert counts(row) == (0, 1, 0, 0)
    bodies = entry("1").newest.party_rows.values_list("organisation__legal_name", flat=True)
    assert sorted(bodies) == ["Essex Police", "Kent Police", "Medway Council"]
    assert any("no longer names Medway Council" in each["sentence"] for each in row.report["rows"])


def test_the_words_of_every_column_are_searchable(load):
    load(HEAD + TWO)
    words = Text.objects.get(title__icontains="hearth")
    assert "blue" in words.words.lower()
    assert "warm homes" in words.words.lower()


def test_a_dry_run_writes_nothing_and_says_the_same(write, place):
    path = write("our.csv", HEAD + TWO + "ISA-3,,,,,,,,,\n")
    before = (Entry.objects.count(), Organisation.objects.count())
    dry = run(path, "--dry-run")
    assert (Entry.objects.count(), Organisation.objects.count()) == before
    assert (Import.objects.count(), ImportedRow.objects.count()) == (0, 0)
    real = run(path)
    assert dry == real
    assert real[-1] == "2 new, 0 changed, 0 unchanged, 1 rejected"
    assert any(line.startswith("Row 4 rejected") for line in real)


def test_the_command_makes_the_partnership_that_it_names(write):
    run(write("our.csv", HEAD + TWO), "--partnership", "Northmere Partnership")
    assert Partnership.objects.get().documents.count() == 2


def test_a_file_that_cannot_be_read_stops_with_a_sentence(write):
    with pytest.raises(CommandError, match="not a spreadsheet"):
        run(write("our.csv", b"%PDF-1.7 and so on"), "--partnership", "Northmere Partnership")
    assert not Partnership.objects.exists()


def test_a_map_says_what_a_column_holds(write, place):
    path = write("our.csv", "Scheme,Whom\nHearth checks,Kent Police\n")
    lines = run(path, "--map", "Scheme=title", "--map", "Whom=parties")
    assert lines[-1] == "1 new, 0 changed, 0 unchanged, 0 rejected"


def test_a_run_that_was_killed_goes_on_where_it_stopped(write, place, monkeypatch):
    monkeypatch.setattr("register.exchange.groups.CHUNK_ROWS", 2)
    text = HEAD + "".join(f"K-{n},Entry {n},,Body {n} Council,,,,,,\n" for n in range(1, 6))
    row = take_up(receive(by=TEST, partnership=place, path=write("our.csv", text), name="our.csv"))
    with monkeypatch.context() as patched:
        patched.setitem(KINDS, "entries", replace(ENTRIES, apply=_dies_at(3)))
        with pytest.raises(SystemExit):
            bring_in(row)
    row = Import.objects.get()
    assert (row.state, row.groups_done, row.new) == (ImportState.WORKING, 1, 2)
    bring_in(row)
    assert (row.state, counts(row)) == (ImportState.DONE, (5, 0, 0, 0))
    assert Document.objects.count() == 5


def test_an_import_finds_what_another_brought_in_since_it_began(write, place, monkeypatch):
    path = write("our.csv", HEAD + TWO)
    rows = [take_up(receive(by=TEST, partnership=place, path=path, name="our.csv")) for _ in "ab"]
    stale = read_directory()
    bring_in(rows[0])
    monkeypatch.setattr("register.exchange.services.read_directory", lambda: stale)
    assert counts(bring_in(rows[1])) == (0, 0, 2, 0)
    assert Document.objects.count() == 2


def _dies_at(number):
    def _apply(**words):
        if any(plan.row.number > number for plan in words["plan"].rows):
            raise SystemExit
        return ENTRIES.apply(**words)

    return _apply


def test_statements_grow_by_batches_and_never_by_row(write, place, monkeypatch):
    # Else Django parts a statement of SQLite at 999 values, where SQLite itself takes far more.
    monkeypatch.setattr(type(connection.features), "max_query_params", 200_000)

    def statements(name, count):
        text = HEAD + "".join(
            f"{name}-{n},Entry {n},Words {n},Body {n} {name} Council; Kent Police,,,,,J Reeve,Blue\n"
            for n in range(count)
        )
        row = receive(by=TEST, partnership=place, path=write(f"{name}.csv", text), name=name)
        with CaptureQueriesContext(connection) as first:
            bring_in(take_up(row))
        path = write(f"{name}.csv", text.replace("Words", "Other words"))
        again = receive(by=TEST, partnership=place, path=path, name=name)
        with CaptureQueriesContext(connection) as second:
            bring_in(take_up(again))
        assert counts(again) == (0, count, 0, 0)
        return len(first), len(second)

    statements("first", 2)  # makes the counter of references and the body that all name
    few = statements("few", 20)
    many = statements("many", 60)
    # The ledger keeps its changes 500 at a time: a new entry makes some ten of them.
    assert many[0] - few[0] <= 12
    assert many[1] == few[1]


def test_an_act_of_the_import_is_in_the_ledger(load):
    load(HEAD + TWO)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"import.applied", "version.admitted"} <= verbs
    assert json.loads(Entry.objects.get(verb="import.applied").detail)["new"] == 2


def test_an_entry_revised_here_no_longer_follows_the_file(load):
    load(HEAD + TWO)
    version = entry("ISA-1").newest
    with act(by=TEST, verb="test.done", subject=version):
        Version(document=version.document, number=2, title="Ours", state=State.DRAFT).save()
    row = load(HEAD + TWO.replace("Warm homes for all", "Warm homes"))
    assert counts(row) == (0, 0, 2, 0)
    assert [c["value"] for c in row.report["conflicts"]] == ["Purpose"]
