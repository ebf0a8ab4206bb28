"""Every kind of change between two bodies, told once and in its place."""

import copy

import pytest

from register.documents.comparing import Difference, differences
from tests.register.documents.comparing.bodies import (
    body,
    clause,
    flow,
    flows_of,
    many_flows,
    value_of,
)

ZERO_WIDTH = "\u200b"
# What two versions may differ in without a change: counted, derived, or a key.
NO_CHANGE = {"lineage", "number", "code", "kind", "version"}


def changed(change) -> Difference:
    """The difference that a change of the body makes; `change` works on the new body in place."""
    old, new = body(), body()
    change(new)
    return differences(old, new)


def told(difference: Difference) -> list[tuple[str, str, str]]:
    """Each change as its path, what happened, and in which row."""
    return [(change.path, change.what, change.row) for change in difference.changes]


def test_the_same_body_differs_in_nothing():
    difference = differences(body(), body())
    assert difference.is_empty
    assert not difference.is_material
    assert difference.summary() == difference.lines() == ["Nothing differs."]
    assert difference.class_for("Wyre Police") == "none"


def test_a_new_version_number_is_no_change():
    assert differences(body(), body(version=2)).is_empty


def test_a_first_version_is_new_as_a_whole():
    difference = differences(None, body())
    assert difference.is_first
    assert {change.what for change in difference.changes} <= {"added", "changed"}
    assert difference.summary() == ["This is the first version: everything in it is new."]
    assert all(not change.old for change in difference.changes)


def test_a_word_of_a_clause():
    difference = changed(
        lambda new: new["clauses"][1].update(text="<p>Only named staff may see it.</p>")
    )
    assert told(difference) == [("clauses.text", "changed", "2 Access")]
    assert difference.summary() == ["Clauses, 2 Access: “Text” changes."]


def test_a_clause_put_in_renumbers_the_rest_without_a_change():
    def put_in(new):
        new["clauses"].insert(1, clause(2, "Training", "<p>Staff are trained.</p>"))
        new["clauses"][2]["number"], new["clauses"][3]["number"] = "3", "4"

    difference = changed(put_in)
    assert told(difference) == [("clauses.added", "added", "2 Training")]
    assert difference.summary() == ["Clauses: 2 Training is new."]


def test_a_clause_taken_out():
    difference = changed(lambda new: new["clauses"].pop(0))
    assert told(difference) == [("clauses.removed", "removed", "1 Scope")]
    assert "covers children in Wyre" in difference.changes[0].old


def test_a_clause_that_moved_is_said_to_have_moved_and_nothing_else_is():
    def move(new):
        new["clauses"].append(new["clauses"].pop(0))
        for number, row in enumerate(new["clauses"], 1):
            row["number"] = str(number)

    (change,) = changed(move).changes
    assert (change.path, change.what, change.old, change.new) == (
        "order.clauses", "moved", "1 Scope", "3 Scope",
    )  # fmt: skip


def test_a_clause_under_another_clause_says_something_else():
    def put_under(new):
        new["clauses"][2].update(level=2, number="2.1")

    (change,) = changed(put_under).changes
    assert (change.path, change.old, change.new) == ("clauses.place", "no other clause", "2 Access")
    assert change.is_material


def test_clauses_written_anew_are_matched_by_heading_and_number():
    new = body()
    for row in new["clauses"]:
        row["lineage"] = f"new-{row['lineage']}"
    assert differences(body(), new).is_empty
    new["clauses"][1].update(heading="Reading", text="<p>Only named staff read it.</p>")
    assert [c.path for c in differences(body(), new).changes] == ["clauses.heading", "clauses.text"]


def test_an_answer_of_a_flow_is_one_change_though_the_body_says_it_twice():
    def keep_longer(new):
        row = flows_of(new)[0]
        row["retention"] = row["parts"][2]["answers"][0][1] = "7 years"

    assert told(changed(keep_longer)) == [("flows.kept", "changed", "Flow 1, Referrals")]


def test_what_only_the_head_of_a_flow_says_is_told_too():
    difference = changed(lambda new: flows_of(new)[0].update(retention="7 years", added="later"))
    assert [c.path for c in difference.changes] == ["flows.retention", "flows.added"]


def test_the_law_of_one_end_and_of_both():
    def one(new):
        flows_of(new)[0]["law"] = {
            "columns": ["", "Provider", "Recipient"],
            "rows": [["Regime", "UK GDPR", "Part 3"],
                     ["Lawful basis", "Public task (Article 6(1)(e))", "Public task (Article 6(1)(e))"]],
        }  # fmt: skip

    def both(new):
        flows_of(new)[0]["law"]["rows"][0][1] = "Part 3"

    assert [c.label for c in changed(one).changes] == ["Regime of the recipient"]
    assert [c.label for c in changed(both).changes] == ["Regime, at both ends"]


def test_items_of_data_row_by_row():
    def items(new):
        table = flows_of(new)[0]["items"]
        table["columns"].append("Format")
        table["rows"] = [
            ["Name", "Contact", "to visit", ""],
            ["Address", "Contact", "to go there", "words"],
        ]

    assert [(c.path, c.label) for c in changed(items).changes] == [
        ("flows.items.needed_because", "Name: Needed because"),
        ("flows.items.removed", "Date of birth"),
        ("flows.items.added", "Address"),
    ]


def test_an_item_under_another_name_is_the_same_item():
    def rename(new):
        flows_of(new)[0]["items"]["rows"][1][0] = "Birthday"

    assert [c.path for c in changed(rename).changes] == ["flows.items.item"]


def test_flows_that_come_go_and_change_their_order():
    def turn(new):
        flows_of(new).reverse()

    assert told(changed(turn)) == [("order.flows", "moved", "")]
    difference = changed(lambda new: flows_of(new).append(flow(3, "WCC", "Fire", "Alarms")))
    assert told(difference) == [("flows.added", "added", "Flow 3, Alarms")]
    assert "From WCC to Fire" in difference.changes[0].new
    assert "Name: Contact" in difference.changes[0].new
    assert told(changed(lambda new: flows_of(new).pop())) == [
        ("flows.removed", "removed", "Flow 2, Home visits")
    ]


def test_another_short_name_of_a_body_is_no_other_recipient():
    def rename(new):
        new["parties"][1]["short_name"] = "WyPol"
        flows_of(new)[0]["to"] = ["WyPol"]

    assert [(c.path, c.change_class) for c in changed(rename).changes] == [
        ("parties.short_name", "minor"),
        ("order.flows", "minor"),
    ]


def test_items_of_a_section_row_by_row():
    def reword(new):
        rows = value_of(new, "principles")
        rows[0]["text"] = "<p>We share at once.</p>"
        rows.append({"number": "3", "heading": "Learn", "text": "<p>We learn.</p>", "note": ""})

    assert [c.path for c in changed(reword).changes] == [
        "sections.principles.text", "sections.principles.added",
    ]  # fmt: skip


def test_a_letter_that_somebody_chose_is_told_and_a_number_that_counts_is_not():
    def letter(new):
        value_of(new, "principles")[0]["number"] = "A"

    def swap(new):
        rows = value_of(new, "principles")
        rows.reverse()
        rows[0]["number"], rows[1]["number"] = "1", "2"

    assert [c.path for c in changed(letter).changes] == ["numbers.sections.principles"]
    assert [c.path for c in changed(swap).changes] == ["order.sections.principles"]


def test_rows_of_a_table():
    def rate(new):
        value_of(new, "risks")["rows"][0][1] = "Very high"

    (change,) = changed(rate).changes
    assert (change.path, change.where) == ("sections.risks.before", "Risks, Loss, Before")


def test_parties_that_join_leave_and_play_another_part():
    joins = changed(lambda new: new["parties"].append(
        {"lineage": "x", "name": "Wyre Carers", "short_name": "Carers", "part": "party", "role": ""}
    ))  # fmt: skip
    assert told(joins) == [("parties.added", "added", "Wyre Carers")]
    assert told(changed(lambda new: new["parties"].pop(3))) == [
        ("parties.removed", "removed", "Wyre Fire")
    ]
    part = changed(lambda new: new["parties"][3].update(part="observer"))
    assert [(c.path, c.old, c.new) for c in part.changes] == [("parties.part", "Party", "Observer")]


def test_parties_without_a_lineage_are_matched_by_name():
    new = body()
    new["parties"][1]["lineage"] = "another"
    assert differences(body(), new).is_empty


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda new: new.update(title="Children"), "title"),
        (lambda new: new["commencement"].update(on="2027-01-01"), "commencement.on"),
        (lambda new: new["parents"].append({"reference": "WY-P-2"}), "parents.added"),
        (lambda new: new["parents"][0].update(version=2), "parents.version"),
        (lambda new: new["slots"][0].update(post="Deputy"), "slots.post"),
        (lambda new: new["files"][0].update(sha256="ee" * 32), "files.sha256"),
        (lambda new: new["governing_file"].update(sha256="ee" * 32), "governing_file"),
        (lambda new: new["governing_file"].update(name="z.pdf"), "governing_file.name"),
        (lambda new: new.update(clauses=[]), "clauses.removed"),
        (lambda new: new.update(something_new={"a": 1}), "something_new"),
    ],
)  # fmt: skip
def test_every_other_part(change, path):
    assert {found.path for found in changed(change).changes} == {path}


def leaves(value, at=()):
    """The way to every text in a body."""
    if isinstance(value, str):
        yield at
    for key, inner in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    ):
        if key not in NO_CHANGE:
            yield from leaves(inner, (*at, key))


def test_a_character_that_nobody_sees_shows_wherever_people_write():
    old = body()
    for way in leaves(old):
        new = with_more(old, way)
        said = " ".join(piece.text for c in differences(old, new).changes for piece in c.pieces)
        assert "zero width space" in said or (said and is_of_the_program(way)), way


def test_no_text_differs_without_a_word_whatever_the_part():
    old, new = body(), body()
    flows_of(new)[0]["parts"][0]["heading"] = "What goes"
    (change,) = differences(old, new).changes
    assert (change.path, change.change_class) == ("headings", "minor")
    new["clauses"][0]["quite_new"] = "binding"
    (change,) = differences(old, new).changes
    assert (change.path, change.change_class) == ("unnamed", "material")


def is_of_the_program(way: tuple) -> bool:
    """Whether a text is a label of ours: nobody types it, so that it is told but not word by word."""
    in_rows = way[-3:-2] in {("answers",), ("rows",)} and way[-1] == 0
    is_heading = way[-1] in {"heading", "marker"} and way[-3] in {"parts", "clauses"}
    return "columns" in way or is_heading or (in_rows and {"law", "parts"} & set(way) != set())


def with_more(old: dict, way: tuple) -> dict:
    """A copy of a body with one more character, which nobody sees, at the end of one of its texts."""
    new = holder = copy.deepcopy(old)
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] += ZERO_WIDTH
    return new


def test_nothing_is_lost_on_the_way_back():
    old, new = body(), body(title="Other", clauses=[clause(1, "Only", "<p>One.</p>")])
    there, back = differences(old, new), differences(new, old)
    opposite = {"added": "removed", "removed": "added"}
    assert sorted((c.section, c.what, c.old, c.new) for c in there.changes) == sorted(
        (c.section, opposite.get(c.what, c.what), c.new, c.old) for c in back.changes
    )


def test_two_hundred_flows_that_all_change_are_told_in_few_sentences():
    old, new = many_flows(200), many_flows(200)
    for row in flows_of(new):
        row["parts"][2]["answers"][0][1] = "7 years"
    difference = differences(old, new)
    assert len(difference.changes) == 200
    assert len(difference.summary()) == 1
    assert len(difference.lines(10)) == 10
    assert difference.lines(10)[-1] == "And 191 more changes."


def test_bodies_are_not_changed_by_comparing():
    old, new = body(), body(title="Other")
    before = copy.deepcopy((old, new))
    differences(old, new)
    assert (old, new) == before
