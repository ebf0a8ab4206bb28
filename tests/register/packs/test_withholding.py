"""What a release copy leaves out of a text, and whose names: no database is asked."""

import json

import pytest

from register.packs.withholding import (
    MARK,
    NO_ADDRESS,
    SIGNATURES,
    Names,
    parts_of,
    release_frame,
    without,
)
from tests.register.printing import bodies

GROUND = "Freedom of Information Act 2000, section 31 (law enforcement)"
POSTS = {
    "Ada Okafor": "Information governance manager",
    "Siân O'Neill-Jones": "Team <leader> & deputy",
}


def test_every_section_clause_and_the_signatures_may_be_withheld():
    parts = {part.code: part.heading for part in parts_of(bodies.fullest(3))}
    assert parts["section:purpose"] == "Purpose and benefit"
    assert parts["clause:1"] == "Clause 1 Parties and contacts"
    assert parts["clause:2"] == "Clause 2 Retention and disposal"
    assert list(parts)[-2:] == ["files", SIGNATURES]


def test_a_withheld_section_keeps_its_heading_and_says_under_which_exemption():
    body, _ = without(bodies.fullest(3), {}, {"section:flows": GROUND})
    flows = next(one for one in body["sections"] if one["code"] == "flows")
    assert flows["heading"] == "Information flows"
    assert flows["fields"][0]["value"] == f"<p>Section withheld: {GROUND}</p>"
    assert "NHS number" not in json.dumps(body)


def test_a_withheld_clause_goes_with_all_beneath_it_and_with_its_heading():
    body, _ = without(bodies.fullest(3), {}, {"clause:2": GROUND})
    first = [clause["number"] for clause in body["clauses"]]
    assert first[-1] == "2"
    assert "2.1" not in first
    assert "1.1" in first
    assert body["clauses"][-1]["heading"] == "Clause withheld"
    assert "Retention and disposal" not in json.dumps(body["clauses"])


def test_withheld_signatures_and_files_name_nobody_and_nothing():
    frame = {"signatures": [{"person": "Ada Okafor"}]}
    body, frame = without(bodies.fullest(3), frame, {SIGNATURES: GROUND, "files": GROUND})
    assert "Ada Okafor" not in json.dumps(frame)
    assert "impact assessment" not in json.dumps(body["files"])
    assert GROUND in body["files"][0]["name"]
    assert GROUND in frame["signatures"][0]["organisation"]


def test_what_is_not_withheld_stays_as_it_was():
    told = bodies.fullest(3)
    body, _ = without(told, {}, {})
    assert body == told | {"slots": []}


@pytest.mark.parametrize(
    "typed",
    [
        "Ada Okafor",
        "ADA OKAFOR",
        "Ada\n  Okafor",
        "<p>Ask Ada&nbsp;Okafor.</p>",
        "Ada Okafor's desk",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed):
    said = Names(POSTS).out_of(typed)
    assert "kafor" not in said.lower()
    assert "Information governance manager" in said


def test_apostrophes_and_hyphens_of_any_kind_are_one():
    for typed in ("Siân O\u2019Neill\u2011Jones", "Siân O&#x27;Neill-Jones", "siân o'neill-jones"):
        assert Names(POSTS).out_of(f"By {typed}.") == "By Team leader and deputy."


def test_a_part_of_a_longer_name_stays():
    assert Names(POSTS).out_of("Ada Okafors") == "Ada Okafors"


def test_a_name_of_one_word_is_replaced_only_where_it_stands_alone():
    names = Names({"May": "Clerk"})
    assert names.out_of(["May", "They May share."]) == ["Clerk", "They May share."]


def test_mail_addresses_go_and_those_of_posts_stay():
    names = Names({}, ["office@county.example"])
    said = names.out_of(
        '<a href="mailto:ada@county.example">Ada</a>, ada@county.example, office@county.example'
    )
    assert said == f"Ada, {NO_ADDRESS}, office@county.example"


def test_names_are_found_as_deep_as_they_stand_and_counted():
    names = Names(POSTS)
    told = names.out_of({"rows": [["Ada Okafor", 3, None]], "earlier": [{"person": "ada okafor"}]})
    assert told["rows"][0] == ["Information governance manager", 3, None]
    assert names.found == {"ada okafor": 2}


def test_the_frame_of_a_release_copy_has_its_mark_and_no_code_of_the_signed_text():
    frame = release_frame(bodies.frame(bodies.fullest(3), mark=""))
    assert (frame["mark"], frame["code"], frame["verify_url"], frame["text_sha256"]) == (
        MARK,
        "",
        "",
        "",
    )
    assert frame["printed_by"] == frame["control"]["drawn_up_by"] == ""
    assert release_frame(bodies.frame(bodies.fullest(3), mark="SUPERSEDED"))["mark"].endswith(
        "SUPERSEDED"
    )
