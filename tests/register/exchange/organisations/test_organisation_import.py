"""Lists of bodies come in by number and name: nothing twice, nothing guessed, and back out again."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.directory.models import Identifier, Organisation, OrganisationName, Post
from register.directory.services import organisations
from register.directory.services.posts import end_post
from register.exchange.jobs import bring_in_imports, undo_imports
from register.exchange.models import Import, ImportState
from register.exchange.services import bring_in, receive, take_up
from register.exchange.undoing import ask_to_undo, built_on
from register.ledger.acts import act, bulk_create
from register.ledger.verify import verify
from tests import make, people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COUNCILS = (
    "local-authority-code,official-name,nice-name,gss-code,start-date,end-date,replaced-by,alt-names\n"
    "AYL,Aylbury District Council,Aylbury,E07000901,1974-04-01,2020-03-31,MID,\"Aylbury DC,aylbury\"\n"
    "MID,\"Midshire, Vale and Forest Council\",Midshire,E06000901,2020-04-01,,,\"midshire c ouncil\"\n"
)  # fmt: skip
TRUSTS = "ods_code,name,open_date,close_date\nRX9,WYRE VALLEY NHS FOUNDATION TRUST,20110701,\n"


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def load(write, cast):
    """Bring a text in as a list of bodies by the command; gives what it printed."""

    def _load(text, name="list.csv", *args):
        out = io.StringIO()
        if "--partnership" not in args:
            args = (*args, "--partnership", cast.partnership.name)
        call_command("import_organisations", str(write(name, text)), *args, stdout=out)
        return out.getvalue()

    return _load


def counts(said):
    return said.strip().splitlines()[-1]


def body(name):
    return Organisation.objects.get(legal_name=name)


def test_councils_come_in_with_names_numbers_days_and_successors(load):
    assert counts(load(COUNCILS)) == "2 new, 0 changed, 0 unchanged, 0 rejected"
    old = body("Aylbury District Council")
    assert (str(old.starts_on), str(old.ends_on)) == ("1974-04-01", "2020-03-31")
    assert set(old.identifiers.values_list("scheme", "value")) == {
        ("local-authority-code", "AYL"), ("GSS", "E07000901"),
    }  # fmt: skip
    assert set(old.names.values_list("name", flat=True)) == {"Aylbury"}
    assert "MID" in old.notes.get().text
    new = body("Midshire, Vale and Forest Council")
    assert "midshire c ouncil" in new.names.values_list("name", flat=True)
    assert new.is_confirmed
    verify()


def test_the_same_list_again_changes_nothing(load):
    load(COUNCILS)
    before = Identifier.objects.count(), OrganisationName.objects.count()
    assert counts(load(COUNCILS)) == "0 new, 0 changed, 2 unchanged, 0 rejected"
    assert before == (Identifier.objects.count(), OrganisationName.objects.count())


def test_variants_are_known_by_their_number_and_added_once(load):
    load(COUNCILS)
    variants = "la-name,local-authority-code\nMidshyre,MID\nMIDSHYRE,MID\nMidshire,MID\n"
    assert counts(load(variants)) == "0 new, 1 changed, 2 unchanged, 0 rejected"
    assert OrganisationName.objects.filter(name="Midshyre", kind="variant").exists()


def test_capitals_become_a_name_that_people_can_read(load):
    load(TRUSTS)
    trust = body("Wyre Valley NHS Foundation Trust")
    assert (trust.kind, str(trust.starts_on)) == ("nhs_trust", "2011-07-01")


def test_the_nhs_file_without_headings_is_read_by_what_its_columns_hold(load):
    load(TRUSTS)
    rows = [f'"RX{n}","TRUST {n} NHS TRUST","Y60","QGH","1 HIGH ST","","TOWN","20110{n}01",""\n'
            for n in range(1, 5)]  # fmt: skip
    bare = (
        "".join(rows)
        + '"RX9","WYRE VALLEY NHS FOUNDATION TRUST","Y60","QGH","","","","20110701",""\n'
    )
    assert counts(load(bare)) == "4 new, 0 changed, 1 unchanged, 0 rejected"
    assert str(body("Trust 2 NHS Trust").starts_on) == "2011-02-01"


def test_a_tab_separated_list_in_another_encoding_comes_in(load, write, cast):
    text = "police-force\tname\nciren\tCirén Police\n".encode("cp1252")
    out = io.StringIO()
    path = str(write("forces.tsv", text))
    call_command("import_organisations", path, "--partnership", cast.partnership.name, stdout=out)
    assert body("Cirén Police").kind == "police_force"


def test_two_bodies_of_one_name_are_asked_about_and_told_by_their_number(load):
    first = make.organisation("Alder Trust", ends_on=make.since())
    second = make.organisation("Alder Trust")
    said = load("Name,Website,ODS code\nAlder Trust,alder.example,\n")
    assert f"(#{first.pk})" in said
    assert f"as in “Alder Trust (#{second.pk})”" in said
    assert counts(said) == "0 new, 0 changed, 0 unchanged, 1 rejected"
    answered = (
        f"Name,Website,ODS code\nAlder Trust (#{second.pk}),alder.example,\nAlder Trust (new),,\n"
    )
    assert counts(load(answered)) == "1 new, 1 changed, 0 unchanged, 0 rejected"
    assert Organisation.objects.get(pk=second.pk).website == "https://alder.example"
    assert counts(load(answered)) == "0 new, 0 changed, 2 unchanged, 0 rejected"


def test_another_number_in_the_same_list_makes_another_body(load):
    assert counts(load("ods_code,name\nAA1,Elm Trust\nAA2,Elm Trust\n")) == (
        "2 new, 0 changed, 0 unchanged, 0 rejected"
    )


def test_numbers_of_two_bodies_in_one_row_are_asked_about(load):
    load("ods_code,name\nAA1,Elm Trust\n")
    load("Company number,Organisation name,Charity number\n123,Oak Ltd,\n")
    said = load("ODS code,Name,Companies House number\nAA1,Elm and Oak,00000123\n")
    assert "Its numbers are those of “Elm Trust”" in said
    assert counts(said).endswith("1 rejected")


def test_what_stands_here_is_kept_and_what_is_empty_is_filled(load):
    held = organisations.add_organisation(
        by=make.TEST, legal_name="Elm Trust", website="https://ours.example"
    )
    said = load("ods_code,name,website,opened\nAA1,Elm Trust,https://theirs.example,2001-01-01\n")
    assert "kept here: https://ours.example; the file says: https://theirs.example" in said
    held.refresh_from_db()
    assert (held.website, str(held.starts_on)) == ("https://ours.example", "2001-01-01")


def test_what_the_same_list_says_anew_is_taken_over(load):
    load("ods_code,name,website\nAA1,Elm Trust,https://old.example\n")
    said = load("ods_code,name,website\nAA1,Elm Trust,https://new.example\n")
    assert "Web address: https://old.example becomes https://new.example" in said
    assert body("Elm Trust").website == "https://new.example"


def test_a_name_that_is_another_bodys_is_not_added(load):
    make.organisation("Ash Council")
    said = load("ods_code,name,also known as\nAA1,Elm Trust,Ash Council\n")
    assert "“Ash Council” is a name of" in said
    assert not OrganisationName.objects.filter(name="Ash Council").exists()


def test_an_unconfirmed_body_with_that_name_is_confirmed(load):
    found = organisations.add_organisation(
        by=make.TEST, legal_name="Elm Trust", is_confirmed=False, came_from="our.csv"
    )
    assert counts(load("ods_code,name\nAA1,Elm Trust\n")).startswith("0 new, 1 changed")
    found.refresh_from_db()
    assert found.is_confirmed


def test_a_number_that_came_in_by_another_list_finds_the_body(load):
    load("clinical-commissioning-group,name\n00C,NHS WYRE CCG\n")
    assert counts(load("ods_code,name\n00C,Wyre clinical group\n")).startswith("0 new, 1 changed")


def test_a_row_that_closes_before_it_opens_and_one_without_a_name_stay_out(load):
    said = load("ods_code,name,opened,closed\nAA1,Elm,2020-01-01,2019-01-01\nAA2,,,\n")
    assert "Closed (01/01/2019) before it opened (01/01/2020)." in said
    assert "No body has this number, and the row has no name." in said
    assert counts(said) == "0 new, 0 changed, 0 unchanged, 2 rejected"


def test_a_list_that_says_so_makes_members(load, cast):
    load("Name,ODS code,Membership\nElm Trust,AA1,associate\nOak Trust,AA2,no\n")
    kinds = cast.partnership.memberships.filter(organisation__legal_name__endswith="Trust")
    assert list(kinds.values_list("organisation__legal_name", "kind")) == [
        ("Elm Trust", "associate")
    ]


def test_a_body_of_another_partnership_is_left_to_its_office(load, cast):
    other = make.member(make.partnership("Elsewhere"), "Elm Trust").organisation
    text = "ods_code,name,website\nAA1,Elm Trust,https://x.example\n"
    said = load(text, "l.csv", "--partnership", cast.partnership.name)
    assert "is kept by the office of another partnership" in said
    other.refresh_from_db()
    assert other.website == ""


def test_a_table_without_names_is_refused_with_what_to_say(load, write, cast):
    with pytest.raises(CommandError, match="needs a column with their names"):
        load("Colour,Shape,ods_code\nred,round,AA1\n")
    with pytest.raises(CommandError, match="There is no partnership “Nowhere”"):
        load(TRUSTS, "t.csv", "--partnership", "Nowhere")


def test_a_dry_run_writes_nothing(load):
    said = load(COUNCILS, "l.csv", "--dry-run")
    assert counts(said) == "2 new, 0 changed, 0 unchanged, 0 rejected"
    assert not Organisation.objects.filter(legal_name__startswith="Aylbury").exists()


def test_undoing_takes_bodies_names_and_facts_back_and_the_list_comes_in_again(load, cast):
    held = make.organisation("Elm Trust")
    text = "ods_code,name,also known as,website\nAA1,Elm Trust,Ulmus,https://e.example\nAA2,Oak Trust,,\n"
    load(text)
    used = body("Oak Trust")
    load("ods_code,name\nAA3,Yew Trust\n", "other.csv")
    row = Import.objects.get(name="list.csv")
    ask_to_undo(by=cast.office, row=row)
    undo_imports()
    held.refresh_from_db()
    used.refresh_from_db()
    assert (held.website, held.names.count(), held.identifiers.count()) == ("", 0, 0)
    assert held.ends_on is None
    assert used.ends_on is not None
    assert not used.is_confirmed
    assert body("Yew Trust").ends_on is None
    assert counts(load(text)) == "1 new, 1 changed, 0 unchanged, 0 rejected"
    verify()


def test_a_body_that_something_names_since_keeps_the_list_from_being_undone(load, cast, client):
    load(COUNCILS + "OAK,Oak Council,,,,,MID,\n")
    row, oak = Import.objects.get(), body("Oak Council")
    # The note that the list left on its successor is no hindrance.
    assert not built_on(row)
    ask_to_undo(by=cast.office, row=row)
    post = make.post(oak)
    undo_imports()
    row.refresh_from_db()
    assert row.failure == "The undoing stopped: Oak Council: Is named since: post."
    assert body("Oak Council").names.exists() or oak.identifiers.exists()
    client.force_login(cast.office, backend=BACKEND)
    page = client.get(reverse("exchange:undo", args=[row.pk])).content.decode()
    assert "something was built on 1 record since it came in" in page
    assert "Is named since: post." in page
    end_post(by=make.TEST, post=post, reason="A mistake")
    assert not built_on(row)


def test_a_member_of_the_list_that_got_an_officer_since_keeps_it_from_being_undone(load, cast):
    load("Name,ODS code,Membership\nOak Trust,AA2,associate\n")
    member = body("Oak Trust").memberships.get()
    row = Import.objects.get()
    assert not built_on(row)
    make.officer("signatory", member)
    assert [each.what for each in built_on(row)] == ["Acts in the register since: appointment."]


def test_what_lies_in_the_archive_hinders_nothing(load, write, cast):
    load("ods_code,name\nAA2,Oak Trust\n")
    row = Import.objects.get()
    text = "Reference,Title,Partners\nX-1,Warm homes,Oak Trust\n"
    entries = receive(
        by=cast.office, partnership=cast.partnership, path=write("e.csv", text), name="e.csv"
    )
    bring_in(take_up(entries))
    assert [str(each.subject) for each in built_on(row)] == ["Oak Trust"]
    ask_to_undo(by=cast.office, row=entries)
    undo_imports()
    assert not built_on(row)


def test_hindrances_take_as_many_statements_for_thirty_bodies_as_for_three(load, cast):
    def statements(count):
        load("ods_code,name\n" + "".join(f"A{count}{n},Oak {count} {n}\n" for n in range(count)))
        row = Import.objects.latest("pk")
        made = row.chunks.get().effects["bodies"]
        with act(by=make.TEST, verb="post.added", subject=cast.partnership):
            bulk_create([Post(organisation_id=pk, kind="siro", title="SIRO") for pk in made])
        with CaptureQueriesContext(connection) as seen:
            assert len(built_on(row)) == count
        return len(seen)

    assert statements(3) == statements(30)


def test_the_page_proposes_the_kind_and_its_columns(client, cast):
    client.force_login(cast.office, backend=BACKEND)
    text = "ods_code\tname\tTown\nAA1\tElm Trust\tWyre\n"
    client.post(reverse("exchange:new"), {"partnership": cast.partnership.pk, "pasted": text})
    row = Import.objects.get()
    address = reverse("exchange:columns", args=[row.pk])
    shown = client.get(address).content.decode()
    assert "Each row becomes a body" in shown
    assert "Keep beside the entry" not in shown
    fields = {"column-0": "ods", "column-1": "left_out", "column-2": "left_out"}
    refused = client.post(address, {"kind": "organisations", **fields})
    assert refused.status_code == 422
    assert "Choose the column that holds “Name of the body”." in refused.content.decode()
    client.post(address, {"kind": "organisations", **fields, "column-1": "body_name"})
    client.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    row.refresh_from_db()
    assert (row.state, row.new) == (ImportState.DONE, 1)
    assert (
        "names and numbers that it"
        in client.get(reverse("exchange:undo", args=[row.pk])).content.decode()
    )
