"""A sheet of flows from its file into agreements: what comes in, what changes, what is sent back."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.flows.facts import flows_of
from agreements.flows.models import Flow, FlowParty, FlowSide, Line
from agreements.flows.services import flows as flow_services
from register.core.dates import add_months, today
from register.directory.models import Organisation
from register.directory.services import organisations
from register.documents.lifecycle import State
from register.documents.models import Document
from register.exchange.jobs import bring_in_imports
from register.exchange.models import Import, ImportedFlow
from register.exchange.services import bring_in, receive, take_up
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.lists.services import load_lists
from tests import county as counties
from tests import make, make_documents, make_flows, people, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
AGREEMENTS = (
    "Reference,Title,Partners\nDSA-7-v1.2,Hearth checks,Northmere Council\n"
    "DSA-7-v2.0,Hearth checks,Northmere Council\nDSA-8,School moves,Northmere Council; Wyre Police\n"
)
# As a national body publishes it: a line break in a heading, an empty column, versions in references.
HEAD = (
    'RowID,Organisation Name,Type of Data Provided,"Data provided to customer:\nIdentifiable, Anonymised",'
    "Sensitive or Non-Sensitive,Legal Basis for Provision of Data (Dissemination),Purpose,Frequency,"
    "NIC Number,Patient Opt-Outs applied,Common law duty of confidentiality\n"
)
LAW = "Health and Social Care Act 2012 – s261(1) and s261(2)(b)(ii)"
NO = "No - data flow is not identifiable,Does not include the flow of confidential data"
THREE = (
    f"F1,Northmere Council,Emergency Set,Anonymised,Non Sensitive,{LAW},,System Access,DSA-7-v2.0,{NO}\n"
    f"F2,Northmere Council,Mortality Data,Identifiable,Sensitive,{LAW},,Ongoing,DSA-7-v1.2,{NO}\n"
    f"F3,Eastmere Council,Emergency Set,Anonymised,Sensitive,{LAW},,One-Off,DSA-8,{NO}\n"
)


@worlds.shared
def place():
    """A partnership with two agreements that came in by import, one of them in two versions."""
    load_lists()
    return make.partnership("Wyrefordshire Partnership")


@pytest.fixture
def load(write, place):
    """Import a text as a CSV file; gives the import."""

    def _load(text, name="flows.csv", **more):
        row = receive(by=TEST, partnership=place, path=write(name, text), name=name, **more)
        return bring_in(take_up(row))

    return _load


@pytest.fixture
def old(load):
    """The agreements of the sheet."""
    return load(AGREEMENTS, name="agreements.csv")


def counts(row):
    return (row.new, row.changed, row.unchanged, row.rejected)


def entry(reference):
    return Document.objects.get(external_references__value=reference)


def schedule(version):
    return flows_of([version.pk]).get(version.pk, [])


def reasons(row):
    return [reason for _number, reason in row.report["rejected"]]


def test_each_row_becomes_a_flow_of_the_version_that_its_reference_names(load, old):
    assert counts(load(HEAD + THREE)) == (3, 0, 0, 0)
    older, newer = entry("DSA-7").versions.order_by("number")
    (one,), (two,) = schedule(newer), schedule(older)
    assert (one.flow.title, two.flow.title) == ("Emergency Set", "Mortality Data")
    assert (one.provider.names, one.recipient.names) == (["NHS Digital"], ["Northmere Council"])
    assert (one.flow.identifiability, two.flow.identifiability) == ("anonymous", "identifiable")
    assert one.flow.transfer_modes == ("shared_system_view",)
    assert (one.flow.opt_out, one.flow.cldc_basis) == ("anonymised", "not_confidential")
    assert (one.provider.law.gateways, one.provider.law.gateway_note) == (("hsca_2012_s261",), LAW)
    assert (two.items[0].category, two.items[0].special) == ("health", ("health",))
    assert json.loads(entry("DSA-7").extras)["Flows: Frequency"] == "Ongoing (F2, Mortality Data)"
    assert Line.objects.filter(version_id=newer.pk).count() == 1
    verify()  # raises at the first thing that does not agree


def test_bodies_at_the_ends_become_parties_and_unknown_ones_come_in_unconfirmed(load, old):
    row = load(HEAD + THREE)
    version = entry("DSA-8").newest
    parties = set(version.party_rows.values_list("organisation__legal_name", flat=True))
    assert parties == {"Northmere Council", "Wyre Police", "NHS Digital", "Eastmere Council"}
    assert not Organisation.objects.get(legal_name="NHS Digital").is_confirmed
    assert {each["name"] for each in row.report["unmatched"]} == {"NHS Digital", "Eastmere Council"}
    said = {each["sentence"] for each in row.report["rows"]}
    assert "NHS Digital is no party of the agreement yet and is named as one." in said


def test_the_same_sheet_again_changes_nothing_whatever_the_order_of_its_rows(load, old):
    load(HEAD + THREE)
    written = Entry.objects.count()
    turned = "".join(reversed(THREE.splitlines(keepends=True)))
    assert counts(load(HEAD + turned, name="again.csv")) == (0, 0, 3, 0)
    assert (Entry.objects.count(), Flow.objects.count()) == (written, 3)


def test_changed_cells_change_the_flow_in_the_same_place(load, old):
    load(HEAD + THREE)
    lineage = ImportedFlow.objects.get(name__startswith="F3").lineage
    text = THREE.replace("Eastmere Council", "Westmere Council").replace("One-Off", "Weekly")
    row = load(HEAD + text.replace("Mortality Data,Identifiable", "Mortality Data,Pseudonymised"))
    assert counts(row) == (0, 2, 1, 0)
    assert {c["value"]: (c["old"], c["new"]) for c in row.report["changes"]} == {
        "Recipient": ("Eastmere Council", "Westmere Council"),
        "How often": ("one_off", "weekly"),
        "How far people can be identified": ("identifiable", "pseudonymised"),
    }
    (facts,) = schedule(entry("DSA-8").newest)
    assert (facts.flow.lineage, facts.flow.frequency) == (lineage, "weekly")
    assert facts.recipient.names == ["Westmere Council"]
    verify()


def test_what_was_changed_here_is_a_conflict_and_stays(load, old):
    load(HEAD + THREE)
    flow = Flow.objects.get(version=entry("DSA-8").newest)
    flow_services.change_flow(by=TEST, flow=flow, row_version=1, frequency="daily", title="Ours")
    row = load(HEAD + THREE.replace("One-Off", "Weekly"))
    assert counts(row) == (0, 0, 3, 0)
    assert [(c["value"], c["old"], c["new"]) for c in row.report["conflicts"]] == [
        ("How often", "daily", "weekly")
    ]
    flow.refresh_from_db()
    assert (flow.frequency, flow.title) == ("daily", "Ours")


def test_a_flow_taken_out_here_is_not_added_again(load, old):
    load(HEAD + THREE)
    flow_services.remove_flow(by=TEST, flow=Flow.objects.get(version=entry("DSA-8").newest))
    row = load(HEAD + THREE)
    assert counts(row) == (0, 0, 3, 0)
    assert any("was taken out here" in each["sentence"] for each in row.report["rows"])


def test_good_rows_stay_and_the_others_come_back_with_the_reason(load, old):
    bad = (
        f"F4,Northmere Council,Set,Anonymised,,{LAW},,,DSA-99-v1,{NO}\n"
        f"F5,Northmere Council,Set,Anonymised,,{LAW},,,DSA-7-v9.1,{NO}\n"
        f"F6,Northmere Council,,Anonymised,,{LAW},,,DSA-8,{NO}\n"
        f"F7,,Set,Anonymised,,{LAW},,,DSA-7-v2.0,{NO}\n"
        f"F8,Northmere Council,Set,Anonymised,,{LAW},,,,{NO}\n"
    )
    row = load(HEAD + THREE + bad)
    assert counts(row) == (4, 0, 0, 4)  # the council is the other party of F7's agreement
    document = entry("DSA-7")
    assert reasons(row) == [
        "NIC Number: No agreement here has the reference DSA-99-v1. Import the register of agreements"
        " first, or write the reference as the agreement has it.",
        f"NIC Number: {document} is here as DSA-7, but not its version 9.1; it has 1.2, 2.0. Import"
        " the register of agreements again first, or mend the reference.",
        "Type of Data Provided: The row does not say what is shared. Name the flow or its data.",
        "NIC Number: The row names no agreement. Write the agreement's reference.",
    ]


def test_a_row_without_a_provider_takes_the_sender_s_word_or_says_what_to_do(load, old):
    text = "Flow ID,Agreement ref,Recipient,Data\n1,DSA-8,Eastmere Council,Names\n"
    row = load(text)
    assert counts(row) == (0, 0, 0, 1)
    assert "Nobody is said to provide the information." in reasons(row)[0]
    assert counts(load(text, provider="Wyre Police")) == (1, 0, 0, 0)
    (facts,) = schedule(entry("DSA-8").newest)
    assert facts.provider.names == ["Wyre Police"]


def test_an_arrangement_cannot_stand_at_an_end(load, old):
    organisations.add_organisation(
        by=TEST, legal_name="Safeguarding Board", legal_status="arrangement"
    )
    text = "Agreement ref,From,To,Data\nDSA-8,Wyre Police,Safeguarding Board,Names\n"
    assert "is an arrangement and cannot be bound" in reasons(load(text))[0]


def test_a_draft_takes_flows_in_and_frozen_text_says_what_to_do(write):
    county = counties.found(add_months(today(), -13))
    council, police = county.council, county.police
    draft = make_documents.agreement(county.partnership, council, police)
    frozen = make_flows.agreement_with(
        county.partnership, council, police, flows=[{"providers": council, "recipients": police}],
        state=State.SIGNING,
    )  # fmt: skip
    line = "{},WY Police,WY County Council,Incidents,Weekly\n"
    path = write(
        "flows.csv",
        "Agreement ref,From,To,Data,How often\n"
        + line.format(draft.reference.lower()) + line.format(frozen.reference),
    )  # fmt: skip
    row = receive(by=TEST, partnership=county.partnership, path=path, name="flows.csv")
    row = bring_in(take_up(row))
    assert counts(row) == (1, 0, 0, 1)
    assert f"{frozen} is out for signature and its text is closed" in reasons(row)[0]
    (facts,) = schedule(draft.newest)
    assert (facts.flow.title, facts.flow.frequency) == ("Incidents", "weekly")


def test_an_entry_revised_here_keeps_its_old_version_as_it_is(load, old):
    load(HEAD + THREE)
    document = entry("DSA-7")
    make_flows.revised(document)
    assert counts(load(HEAD + THREE)) == (0, 0, 3, 0)
    row = load(HEAD + THREE.replace("Emergency Set,Anonymised", "Emergency Set,Identifiable"))
    assert counts(row) == (0, 1, 1, 1)
    assert f"{document} was revised here" in reasons(row)[0]
    assert f"with the reference {document} to change its draft" in reasons(row)[0]


def test_a_generic_schedule_brings_law_retention_and_its_own_columns(load, old):
    row = load(
        "Agreement,Flow name,From,To,Information shared,Categories of data,Lawful basis,How often,"
        "Method of transfer,Retention period,Security,Colour\n"
        'DSA-8,Moves,Wyre Police; Northmere Council,Eastmere Council,"Names\nNew school",Name; Education,'
        "Article 6(1)(e); Article 9(2)(g),termly,Egress,6 years after leaving,role based access; moat,Blue\n"
    )
    assert counts(row) == (1, 0, 0, 0)
    (facts,) = schedule(entry("DSA-8").newest)
    assert (facts.flow.title, facts.flow.frequency) == ("Moves", "termly")
    assert facts.provider.names == ["Wyre Police", "Northmere Council"]
    assert [(i.name, i.category) for i in facts.items] == [
        ("Names", "name_identifiers"), ("New school", "education"),
    ]  # fmt: skip
    assert {law.lawful_basis for law in FlowSide.objects.all()} == {"6_1_e"}
    assert (facts.flow.retention_period, facts.flow.retention_trigger) == ("6 years", "leaving")
    assert (facts.flow.transfer_modes, facts.flow.controls) == (("secure_email",), ("role_access",))
    extras = json.loads(entry("DSA-8").extras)
    assert (extras["Flows: Security"], extras["Flows: Colour"]) == ("moat", "Blue")


def test_rows_alike_without_a_number_are_all_kept_and_found_again(load, old):
    head = "Agreement ref,From,To,Data,How often\n"
    line = "DSA-8,Wyre Police,Northmere Council,Names,"
    text = f"{head}{line}Daily\n{line}Weekly\n{line}Daily\n"
    assert counts(load(text)) == (2, 0, 1, 0)
    assert counts(load(f"{head}{line}Weekly\n{line}Daily\n")) == (0, 0, 2, 0)


def test_a_dry_run_writes_nothing_and_says_the_same(write, old, place, capsys):
    path = str(write("flows.csv", HEAD + THREE))
    before = (Entry.objects.count(), Organisation.objects.count())
    call_command("import_register", path, "--dry-run")
    dry = capsys.readouterr().out
    assert (Entry.objects.count(), Organisation.objects.count()) == before
    assert (Flow.objects.count(), ImportedFlow.objects.count()) == (0, 0)
    call_command("import_register", path)
    assert capsys.readouterr().out == dry
    assert dry.splitlines()[-1] == "3 new, 0 changed, 0 unchanged, 0 rejected"


def test_statements_grow_by_batches_and_never_by_row(load, old, write, place, monkeypatch):
    monkeypatch.setattr(type(connection.features), "max_query_params", 200_000)
    load(HEAD + THREE)  # makes the body that all name

    def statements(name, count):
        rows = "".join(
            f"{name}{n},Northmere Council,Set {n},Anonymised,,{LAW},,Daily,DSA-8,{NO}\n"
            for n in range(count)
        )
        found = []
        for text in (rows, rows.replace("Daily", "Weekly")):
            row = receive(
                by=TEST, partnership=place, path=write("a.csv", HEAD + text), name="a.csv"
            )
            with CaptureQueriesContext(connection) as taken:
                bring_in(take_up(row))
            found.append(len(taken))
        assert counts(row) == (0, count, 0, 0)
        return found

    few, many = statements("A", 5), statements("B", 60)
    assert many[0] - few[0] <= 6
    assert many[1] - few[1] <= 6


def test_the_office_sends_a_sheet_of_flows_in_by_the_page(client, place, old):
    officer = people.make.officer("register_officer", place)
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = "Flow ID,Agreement ref,Recipient,Data\n1,DSA-8,Northmere Council,Names\n"
    file = SimpleUploadedFile("our flows.csv", text.encode())
    page = client.post(reverse("exchange:new"), {"partnership": place.pk, "file": file})
    columns = client.get(page.url).content.decode()
    assert '<option value="flows" selected>' in columns
    fields = {"column-0": "flow", "column-1": "reference", "column-2": "recipient",
              "column-3": "data"}  # fmt: skip
    said = {"kind": "flows", "sheet": "", "provider": "Wyre Police", **fields}
    page = client.post(page.url, said)
    shown = client.get(page.url).content.decode()
    assert "provided by Wyre Police where it does not say" in shown
    assert "Each row becomes an information flow" in shown
    assert not FlowParty.objects.exists()
    client.post(reverse("exchange:confirm", args=[Import.objects.first().pk]))
    assert bring_in_imports() == 1
    document = entry("DSA-8")
    page = client.get(document.get_absolute_url())
    assert page.status_code == 200
    assert "Names" in page.content.decode()
