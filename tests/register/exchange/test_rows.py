"""Rows read into one shape, with their problems, keys and digests."""

import datetime

import pytest

from register.exchange.reading import open_register


@pytest.fixture
def rows(write):
    def _rows(text, name="a.csv"):
        with open_register(write(name, text)) as opened:
            return list(opened.rows())

    return _rows


def test_a_row_is_read_whole(workbook, register):
    with open_register(workbook({"One": register})) as opened:
        first, second = opened.rows()
    assert (first.number, first.reference, first.title) == (2, "ISA-1", "Hearth checks")
    assert [(role, named.text) for role, named in first.bodies] == [
        ("parties", "Kent Police"), ("parties", "Medway Council"),
    ]  # fmt: skip
    assert first.dates["start"].value == datetime.date(2024, 2, 1)
    assert (first.state, first.tier, first.problems) == ("in_force", 3, [])
    assert (second.reference, second.version) == ("ISA-2", "2.1")
    assert second.dates["start"].value == datetime.date(2023, 2, 1)
    assert second.dates["review"].every == 12
    assert second.texts["purpose"] == "Continuity\nof care"


def test_csv_xlsx_and_ods_of_one_register_are_the_same(workbook, ods, write, register):
    register[1] = [*register[1][:4], datetime.date(2024, 2, 1), *register[1][5:]]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in register)
    digests = []
    for path in (workbook({"One": register}), ods(register), write("a.csv", text)):
        with open_register(path) as opened:
            digests.append([(row.key("x"), row.digest) for row in opened.rows()])
    assert digests[0] == digests[1] == digests[2]


def test_columns_without_a_home_are_kept(rows):
    (row,) = rows("Ref,Title,Partners,Yielded benefits\n1,a,b,Warmer homes\n")
    assert row.extras == {"Yielded benefits": "Warmer homes"}


def test_a_title_is_made_from_body_and_data_where_a_register_has_none(rows):
    text = "Reference Number,Organisation,Datasets\nN-1-v1.2,Kent County Council,Births; Deaths\n"
    (row,) = rows(text)
    assert (row.title, row.title_made) == ("Kent County Council: Births and 1 more", True)
    assert not row.problems


def test_rows_without_a_title_are_rejected_with_what_to_do(rows):
    bare, note = rows("Ref,Title,Purpose\n1,,warmth\n,,Printed by the office\n")
    assert bare.rejected
    assert bare.problems[0].sentence == "The row has no title. Give it one."
    assert "seems to be a note or a heading" in note.problems[0].sentence


def test_an_impossible_date_rejects_the_row_and_names_the_column(rows):
    (row,) = rows("Ref,Title,Review date\n1,a,31/02/2026\n")
    assert row.rejected
    assert row.problems[0].column == "Review date"


def test_words_that_are_not_understood_are_kept_and_told(rows):
    (row,) = rows("Ref,Title,Review date,Status\n1,a,Spring,Purple\n")
    assert not row.rejected
    assert row.dates["review"].words == "Spring"
    assert row.texts["status"] == "Purple"
    assert [problem.column for problem in row.problems] == ["Review date", "Status"]


def test_an_end_before_the_start_is_told(rows):
    (row,) = rows("Ref,Title,Start date,End date\n1,a,1/2/2026,1/2/2025\n")
    assert "is before the start" in row.problems[0].sentence


def test_dates_follow_their_own_column(rows):
    first, _second = rows(
        "Ref,Title,Start date,Review date\n1,a,1/2/26,1/2/26\n2,b,1/3/26,1/13/26\n"
    )
    assert first.dates["start"].value == datetime.date(2026, 2, 1)
    assert first.dates["review"].value == datetime.date(2026, 1, 2)


def test_versions_of_one_entry_share_its_key(rows):
    one, two, other = rows("Ref,Title\nN-1-v1.1,a\nN-1-v2,a\nN-2-v2,a\n")
    assert one.key("s") == two.key("s") != other.key("s")
    assert (one.repeats, two.repeats) == (None, None)
    assert one.key("s") != one.key("another source")


def test_rows_without_a_reference_are_known_by_title_and_bodies(rows):
    one, two, three = rows(
        "Title,Partners,Purpose\nHearth  checks,Medway Council; Kent Police,a\n"
        "hearth checks,Kent Police; The Medway Council,b\nHearth checks,Kent Police,c\n"
    )
    assert one.key("s") == two.key("s") != three.key("s")


def test_repeated_references_are_kept_and_told(rows):
    _first, same, differing = rows("Ref,Title,Purpose\n1,a,x\n1,a,x\n1,a,y\n")
    assert (same.repeats, same.same, differing.repeats, differing.same) == (2, True, 2, False)
    assert (same.rejected, differing.rejected) == (False, False)
    assert "same as row 2" in same.problems[0].sentence
    assert "both are kept" in differing.problems[0].sentence


def test_several_columns_fill_one_field_under_their_headings(rows):
    (row,) = rows(
        "Ref,Title,Article 6,Article 9,Controllers,Controller names\n1,a,6(1)(e),9(2)(h),B,C\n"
    )
    assert row.texts["legal_power"] == "6(1)(e)\nArticle 9: 9(2)(h)"
    assert [named.text for _role, named in row.bodies] == ["B", "C"]


def test_errors_and_overlong_names_are_told(rows):
    (row,) = rows(f"Ref,Title,Purpose,Partners\n1,a,#REF!,{'word ' * 80}\n")
    assert "purpose" not in row.texts
    assert not row.bodies
    assert len(row.extras["Partners"]) > 250
    assert {problem.column for problem in row.problems} == {"Purpose", "Partners"}


def test_an_apostrophe_against_formulae_is_dropped(rows):
    (row,) = rows("Ref,Title,Purpose\n1,'=1+1,'tis plain\n")
    assert (row.title, row.texts["purpose"]) == ("=1+1", "'tis plain")
