"""Finding the register in a workbook, and telling it from other tables."""

import pytest

from register.exchange.headings import NotRecognised
from register.exchange.reading import open_register
from register.exchange.sheets import UnreadableFile


def found(path, **choice):
    with open_register(path, **choice) as opened:
        rows = list(opened.rows())
        return opened.table, opened.columns, rows, opened.notes


def refused(path, **choice):
    with pytest.raises(NotRecognised) as error:
        open_register(path, **choice)
    return str(error.value)


def test_titles_and_blank_rows_above_the_headings_are_passed_over(workbook, register):
    above = [["Information sharing register", None, "Printed 1 May 2026"], [], ["As at", 2026], []]
    table, _columns, rows, _notes = found(workbook({"One": above + register}))
    assert (table.header_row, [row.number for row in rows]) == (5, [6, 7])


def test_headings_in_two_rows_are_joined(workbook):
    rows = [
        ["Ref", "Agreement name", "Dates", None, None],
        [None, None, "Start date", "End date", "Review date"],
        ["1", "Hearth checks", "1/2/2024", "1/2/2027", "1/2/2026"],
    ]
    _table, columns, (row,), _notes = found(workbook({"One": rows}))
    assert list(columns.fields.values()) == ["reference", "title", "start", "end", "review"]
    assert row.number == 3


def test_group_headings_over_the_headings_are_passed_over(workbook):
    rows = [["What", None, "Who", None], ["Ref", "Title", "Lead organisation", "Partners"],
            ["1", "a", "Kent Police", "Medway Council"]]  # fmt: skip
    table, columns, _rows, _notes = found(workbook({"One": rows}))
    assert table.header_row == 2
    assert columns.headings == ("Ref", "Title", "Lead organisation", "Partners")


def test_headings_with_line_breaks_and_brackets_are_known(write):
    text = '"Ref\nno",Agreement & name,"Partners\n(all of them)",Review (as written)\n1,a,b,2027\n'
    _table, columns, _rows, _notes = found(write("a.csv", text.replace(" & ", " ")))
    assert list(columns.fields.values()) == ["reference", "title", "parties", "review"]


def test_equal_headings_are_kept_apart_and_empty_columns_told(write):
    text = "Ref,Title,Partners,Colour,Colour,Shape\n1,a,b,red,blue,\n"
    _table, columns, (row,), notes = found(write("a.csv", text))
    assert row.extras == {"Colour": "red", "Colour (2)": "blue"}
    assert notes == ["Columns that hold nothing: Shape."]
    assert columns.extras == (3, 4, 5)


def test_columns_beyond_the_headings_are_kept_under_their_letters(write):
    _table, _columns, (row,), _notes = found(write("a.csv", "Ref,Title\n1,a,more\n"))
    assert row.extras == {"Column C": "more"}


def test_headings_repeated_between_the_rows_are_no_rows(write):
    text = "Ref,Title\n1,a\nRef,Title\n2,b\n"
    _table, _columns, rows, _notes = found(write("a.csv", text))
    assert [row.title for row in rows] == ["a", "b"]


def test_the_sheet_with_the_register_is_chosen_and_the_others_are_told(workbook, register):
    path = workbook(
        {"Read me": [["How to use this"], ["a", "b"]], "2024": register[:2], "2025": register}
    )
    table, _columns, rows, notes = found(path)
    assert (table.sheet.name, len(rows)) == ("2025", 2)
    assert notes == [
        "Only sheet “2025” was read. “2024” may hold entries as well: bring each in by its name."
    ]
    assert found(path, sheet="2024")[0].sheet.name == "2024"


@pytest.mark.django_db
@pytest.mark.django_db
def test_a_table_without_headings_is_told_and_taken_by_letters(write):
    path = write("a.csv", "A1,Hearth checks,20171001\nA2,School moves,20190401\n")
    assert "no row of headings: the first row reads “A1”, “Hearth checks”" in refused(path)
    _table, _columns, rows, _notes = found(path, overrides=["B=title", "Column A=reference"])
    assert [(row.number, row.reference, row.title) for row in rows] == [
        (1, "A1", "Hearth checks"), (2, "A2", "School moves"),
    ]  # fmt: skip


def test_unknown_columns_stop_with_an_example_that_works(write):
    path = write("a.csv", "Deal,Counterpart,Colour\nHearth checks,Kent Police,red\n")
    sentence = refused(path)
    assert "Columns seen: “Deal”, “Counterpart”, “Colour”" in sentence
    example = ["Deal=title", "Counterpart=parties"]
    assert all(f'--map "{part}"' in sentence for part in example)
    _table, _columns, (row,), _notes = found(path, overrides=example)
    assert (row.title, row.bodies[0][1].text) == ("Hearth checks", "Kent Police")


def test_overrides_that_cannot_be_followed_are_named(write):
    path = write("a.csv", "Deal,Counterpart\na,b\n")
    assert "“Deal=colour” does not say" in refused(path, overrides=["Deal=colour"])
    assert "There is no column “Dael”" in refused(path, overrides=["Dael=title"])


def test_an_override_goes_before_the_known_heading(write):
    path = write("a.csv", "Title,Project,Partners\nx,Hearth checks,Kent Police\n")
    _table, _columns, (row,), _notes = found(path, overrides=["Project=title", "Title=extra"])
    assert (row.title, row.extras) == ("Hearth checks", {"Title": "x"})


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("code,name\n1,Fuel poverty\n2,Debt\n", "reference list (codes and names)"),
        ("police-force,name\nkent,Kent Police\n", "reference list (organisations)"),
        ("la-name,local-authority-code\nMedway,MDW\n", "reference list (organisations)"),
        ("code,name,start-date,end-date\n1,A,2020-01-01,\n", "reference list"),
        ("Code,Name,Postcode,Organisation.Name\n1,A,N1 1AA,A\n", "reference list (organisations)"),
        ("code,name,relevant powers\n1,The Minister,All\n", "with their legal powers"),
        ("entry-number,entry-timestamp,key,name\n1,2018-12-14,1,a\n", "a log of changes"),
        ("Group,Field,Definition\nPeople,Lead,Who leads\n", "description of a form's fields"),
        ("Business function,Purpose of processing\nHR,Pay\n", "record of processing activities"),
    ],
)
def test_other_tables_are_told_apart(write, text, what):
    sentence = refused(write("a.csv", text))
    assert "This seems to be" in sentence
    assert what in sentence
    assert "--map" in sentence


def test_a_list_is_taken_all_the_same_when_asked(write):
    path = write("a.csv", "code,name\n1,Hearth checks\n")
    assert found(path, overrides=["name=title", "code=reference"])[2][0].title == "Hearth checks"


def test_rows_that_repeat_references_without_saying_who_shares_what_are_no_register(write):
    rows = "".join(f"R{n},Set {n},N-{n % 3}-v1.1\n" for n in range(9))
    path = write("a.csv", "Column,Type of Data Provided,NIC Number\n" + rows)
    assert "a list of data flows (9 rows for 3 references)" in refused(path)


def test_headings_without_rows_are_told(write):
    assert "no rows under them" in refused(write("a.csv", "Ref,Title,Partners\n"))


def test_published_registers_are_known_by_their_headings_whatever_the_file(write):
    text = "Reference,Title,Legal power,Information disclosed,Controllers,Method\n1,a,b,c,d,e\n"
    raw = "information-sharing-agreement-0001,name,legal-power-disclosure,disclosed-information\n1,a,b,c\n"
    for name, content in (("one.csv", text), ("two.csv", raw)):
        with open_register(write(name, content)) as opened:
            assert opened.source == "digital-economy-act"
    with open_register(write("Our Register.csv", "Ref,Title\n1,a\n")) as opened:
        assert opened.source == "our register"


def test_the_usual_office_words_are_known(write):
    headings = {
        "ISA ref": "reference", "Name of agreement": "title", "Signed by": "signed_by",
        "Date signed": "signed_on", "Review due": "review", "Owner": "owner", "Status": "status",
        "Lead organisation": "lead", "Other organisations": "parties", "Expiry date": "end",
        "Lawful basis": "legal_power", "Lay summary": "purpose", "Dataset(s) name": "data",
        "Processors / recipients": "processors", "Type of agreement": "kind",
    }  # fmt: skip
    text = ",".join(headings) + "\n" + ",".join("x" for _name in headings) + "\n"
    _table, columns, _rows, _notes = found(write("a.csv", text))
    assert list(columns.fields.values()) == list(headings.values())


def test_a_refused_register_leaves_no_file_behind(write, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "store"))
    (tmp_path / "store").mkdir()
    refused(write("a.csv", "code,name\n1,a\n"))
    with pytest.raises(UnreadableFile):
        open_register(write("b.csv", ""))
    assert list((tmp_path / "store").iterdir()) == []
