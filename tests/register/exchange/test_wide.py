"""Registers in the wide form: a column for each body becomes a party and a place that is marked."""

import datetime

import pytest

from register.directory.models import Organisation
from register.documents.models import Document
from register.exchange.bodies import Named
from register.exchange.jobs import undo_imports
from register.exchange.models import ImportState
from register.exchange.reading import open_register
from register.exchange.services import bring_in, receive, take_up
from register.exchange.undoing import ask_to_undo
from register.exchange.wide import body_of, mark_of
from register.ledger.verify import verify
from register.signing.models import Slot
from tests import make, people, worlds

HEAD = "Ref,Title,Kent Police,Medway Council,Essex Fire and Rescue Service,KCC,DPIA done\n"
ROWS = (
    "ISA-1,Hearth checks,signed,12/03/2024,declined,yes,yes\n"
    "ISA-2,School moves,,awaiting,n/a,signed 1 May 2023,no\n"
)


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def load(write, cast):
    """Import a text as a register; gives the import."""

    def _load(text, name="wide.csv"):
        row = receive(
            by=cast.office, partnership=cast.partnership, path=write(name, text), name=name
        )
        return bring_in(take_up(row))

    return _load


def marks(reference):
    slots = Slot.objects.filter(
        version__document__external_references__value=reference, voided_at__isnull=True
    )
    return {
        slot.organisation.legal_name: (
            slot.old_register_words or slot.post_words,
            str(slot.old_register_on or ""),
        )
        for slot in slots
    }


@pytest.mark.parametrize(
    ("cell", "words", "day"),
    [
        ("signed", "signed", None),
        ("✓", "signed", None),
        ("12/03/2024", "signed", datetime.date(2024, 3, 12)),
        (datetime.date(2024, 3, 12), "signed", datetime.date(2024, 3, 12)),
        ("Signed on 1 May 2023", "signed", datetime.date(2023, 5, 1)),
        ("May 2023", "signed, May 2023", None),
        ("Declined by their board", "declined", None),
        ("awaiting signature", "not signed", None),
    ],
)
def test_a_cell_says_signed_declined_or_not_yet(cell, words, day):
    marked = mark_of(cell)
    assert (marked.words, marked.day) == (words, day)


def test_an_empty_cell_says_nothing_and_other_words_are_doubted():
    assert mark_of("") is None
    assert mark_of("N/A") is None
    with pytest.raises(ValueError, match="does not say whether it is signed"):
        mark_of("see Karen")


def test_a_heading_names_the_body_without_what_is_around_it():
    assert body_of("Kent Police signed") == Named("Kent Police")
    assert body_of("Date signed: Kent Police") == Named("Kent Police")


@pytest.mark.django_db
def test_columns_of_bodies_are_told_from_questions_of_yes_and_no(write):
    with open_register(write("wide.csv", HEAD + ROWS)) as register:
        columns = register.columns
        held = [columns.headings[at] for at in columns.of("signs")]
    assert held == ["Kent Police", "Medway Council", "Essex Fire and Rescue Service", "KCC"]


@pytest.mark.django_db
def test_a_column_that_was_said_to_be_kept_beside_the_entry_stays_so(write):
    path = write("wide.csv", HEAD + ROWS)
    with open_register(path, overrides=["Kent Police=extra", "DPIA done=signs"]) as register:
        columns = register.columns
        held = [columns.headings[at] for at in columns.of("signs")]
    assert "Kent Police" not in held
    assert "DPIA done" in held


@pytest.mark.django_db
def test_a_heading_that_the_directory_holds_is_a_body_whatever_it_is_called(write, cast):
    make.member(cast.partnership, "Larkfield Homes")
    text = "Ref,Title,Larkfield Homes,Ready Homes\nA-1,Hearth checks,12/03/2024,12/03/2024\n"
    with open_register(write("r.csv", text)) as register:
        assert register.columns.of("signs") == [2]
    with open_register(write("r.csv", text), overrides=["Larkfield Homes=extra"]) as register:
        assert register.columns.of("signs") == []


@pytest.mark.django_db
def test_places_are_marked_unverified_and_bodies_become_parties(load):
    assert load(HEAD + ROWS).counts_words == "2 new, 0 changed, 0 unchanged, 0 rejected"
    assert marks("ISA-1") == {
        "Kent Police": ("signed", ""),
        "Medway Council": ("signed", "2024-03-12"),
        "Essex Fire and Rescue Service": ("Declined, by the old register", ""),
        "KCC": ("signed", ""),
    }
    assert marks("ISA-2") == {
        "Medway Council": ("Not signed yet, by the old register", ""),
        "KCC": ("signed", "2023-05-01"),
    }
    document = Document.objects.get(external_references__value="ISA-1")
    assert not document.is_confirmed
    assert not Slot.objects.filter(signatures__isnull=False).exists()
    parties = document.newest.party_rows.values_list("organisation__legal_name", flat=True)
    assert "Kent Police" in parties
    verify()


@pytest.mark.django_db
def test_a_changed_cell_changes_the_mark_and_the_same_file_nothing(load, cast):
    load(HEAD + ROWS)
    again = load(HEAD + ROWS)
    assert again.counts_words == "0 new, 0 changed, 2 unchanged, 0 rejected"
    changed = load(
        HEAD + ROWS.replace("ISA-2,School moves,,awaiting", "ISA-2,School moves,signed,01/06/2024")
    )
    assert changed.counts_words == "0 new, 1 changed, 1 unchanged, 0 rejected"
    assert marks("ISA-2")["Medway Council"] == ("signed", "2024-06-01")
    assert marks("ISA-2")["Kent Police"] == ("signed", "")
    ask_to_undo(by=cast.office, row=changed)
    undo_imports()
    changed.refresh_from_db()
    assert changed.state == ImportState.UNDONE
    assert marks("ISA-2") == {
        "Medway Council": ("Not signed yet, by the old register", ""),
        "KCC": ("signed", "2023-05-01"),
    }
    verify()


@pytest.mark.django_db
def test_words_that_say_nothing_are_kept_and_told(load):
    row = load(HEAD + ROWS.replace("ISA-1,Hearth checks,signed", "ISA-1,Hearth checks,see Karen"))
    assert row.counts_words.startswith("2 new")
    if "Kent Police" in marks("ISA-1"):
        pytest.fail("words that say nothing made a mark")


@pytest.mark.django_db
def test_a_body_that_is_held_is_found_by_its_short_name(load):
    county = make.organisation("Kent County Council", short_name="KCC")
    load(HEAD + ROWS)
    assert not Organisation.objects.filter(legal_name="KCC").exists()
    assert Slot.objects.filter(organisation=county).count() == 2
