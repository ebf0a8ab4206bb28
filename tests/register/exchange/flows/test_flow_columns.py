"""Telling a sheet of flows from a register of agreements, and its columns by their headings."""

import pytest

from register.exchange.headings import NotRecognised, read_overrides
from register.exchange.reading import open_register

pytestmark = pytest.mark.django_db  # columns are told by the bodies that the directory holds
NHS = (
    "RowID,Organisation Name,Type of Data Provided,"
    '"Data provided to customer:\nIdentifiable, Anonymised, Aggregated",Sensitive or Non-Sensitive,'
    "Legal Basis for Provision of Data (Dissemination),Frequency,NIC Number,Patient Opt-Outs applied\n"
)
NHS_ROWS = "".join(
    f"F{n},Northmere Council,Set {n},Identifiable,Sensitive,,One-Off,N-{n % 2}-v1.1,\n"
    for n in range(4)
)


def found(path, **choice):
    with open_register(path, **choice) as opened:
        return opened, list(opened.rows())


def test_the_published_list_of_flows_is_known_by_its_headings(write):
    opened, rows = found(write("a.csv", NHS + NHS_ROWS))
    assert (opened.holds_flows, opened.source) == (True, "nhs-release-register")
    assert list(opened.columns.fields.values()) == [
        "flow", "recipient", "data", "identifiability", "special", "legal_power", "frequency",
        "reference", "opt_out",
    ]  # fmt: skip
    row = rows[0]
    assert (row.flow, row.reference, row.version, row.title) == ("F0", "N-0", "1.1", "Set 0")
    assert [(role, named.text) for role, named in row.bodies] == [
        ("recipient", "Northmere Council")
    ]
    assert (row.provider, row.category) == ("NHS Digital", "health")


@pytest.mark.parametrize(
    "headings",
    [
        "Agreement ref,From,To,Data shared,How often,How",
        "ISA ref,Flow name,Provider,Recipient,Categories of data,Purpose",
        "Reference,Agreement title,Flow ID,Sender,Receiver,Information shared",
        "Agreement,Data flow,Disclosing organisation,Receiving organisation,Retention period",
    ],
)
def test_the_usual_schedules_of_flows_are_known(write, headings):
    text = f"{headings}\n" + ",".join(["A-1", *["Kent Police"] * headings.count(",")]) + "\n"
    opened, (row,) = found(write("a.csv", text))
    assert opened.holds_flows
    assert (row.reference, opened.columns.extras) == ("A-1", opened.columns.extras)
    assert {role for role, _ in row.bodies} == {"provider", "recipient"}


@pytest.mark.parametrize(
    "text",
    [
        "Reference,Title,From,To,Data shared\nA-1,Hearth checks,01/02/2024,01/02/2027,Names\n",
        "Reference,From,To,Data,Partners\nA-1,01/02/2024,01/02/2027,Names,Kent Police\n",
        "Ref,Agreement name,Recipients,Frequency,Data\nA-1,Hearth checks,Kent Police,Daily,Names\n",
        "Reference Number,Organisation,Organisation Type,Datasets,Opt-outs\nA-1,Kent,LA,Set,No\n",
    ],
)
def test_registers_of_agreements_stay_what_they_are(write, text):
    opened, _rows = found(write("a.csv", text))
    assert not opened.holds_flows


def test_what_is_said_of_a_column_says_what_the_sheet_is(write):
    path = write("a.csv", "Deal,Whom,What\nA-1,Kent Police,Names\n")
    said = ["Deal=reference", "Whom=recipient", "What=data"]
    opened, (row,) = found(path, overrides=said)
    assert opened.holds_flows
    assert (row.reference, row.title, row.bodies[0][1].text) == ("A-1", "Names", "Kent Police")
    assert read_overrides(["Whom=How it moves"]) == {"Whom": "method"}


def test_a_sheet_that_says_too_little_of_flows_names_its_columns_and_an_example(write):
    path = write("a.csv", "Deal,Whom,What\nA-1,Kent Police,Names\n")
    with pytest.raises(NotRecognised) as error:
        found(path, overrides=["Whom=recipient"])
    assert "Columns seen: “Deal”, “Whom”, “What”" in str(error.value)
    assert "--map" in str(error.value)


def test_a_second_column_of_one_field_and_unknown_columns_are_kept(write):
    text = "Agreement ref,Provider,Recipient,Data,Frequency,How often,Colour\nA,B,C,D,Daily,Weekly,Blue\n"
    opened, (row,) = found(write("a.csv", text))
    assert row.extras == {"How often": "Weekly", "Colour": "Blue"}
    assert any("“How often” is kept beside the entry" in note for note in opened.notes)


def test_rows_without_a_reference_or_data_say_what_to_do(write):
    text = "Agreement ref,From,To,Data,Purpose\n,Kent Police,Medway Council,Names,x\nA-1,Kent Police,Medway Council,,x\n"
    _opened, rows = found(write("a.csv", text))
    assert [row.rejected for row in rows] == [True, True]
    sentences = [problem.sentence for row in rows for problem in row.problems]
    assert sentences == [
        "The row names no agreement. Write the agreement's reference.",
        "The row does not say what is shared. Name the flow or its data.",
    ]


def test_rows_alike_are_told_and_a_number_tells_them_apart(write):
    head = "Agreement ref,From,To,Data,Frequency\n"
    line = "A-1,Kent Police,Medway Council,Names,"
    _opened, rows = found(write("a.csv", f"{head}{line}Daily\n{line}Daily\n{line}Weekly\n"))
    assert [row.repeats for row in rows] == [None, 2, 2]
    assert "is the same as row 2" in rows[1].problems[0].sentence
    assert "both are kept" in rows[2].problems[0].sentence
    numbered = f"Flow ID,{head}1,{line}Daily\n2,{line}Daily\n"
    assert [row.repeats for row in found(write("b.csv", numbered))[1]] == [None, None]
