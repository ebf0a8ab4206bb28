"""Material or minor, and to whom: who signs again, who is told."""

import pytest

from register.documents.comparing import differences, who_signs_again
from register.documents.comparing.classes import class_of, classes_today, reviewed_classes
from register.lists.labels import forget
from register.lists.models import Item
from register.lists.services import change_item, end_item
from tests.register.documents.comparing.bodies import (
    PARTIES,
    body,
    clause,
    flow,
    flows_of,
    value_of,
)

COUNCIL, POLICE, HOSPITALS, FIRE = PARTIES


def changed(change, **more):
    """The difference that a change of the body makes; `change` works on the new body in place."""
    new = body()
    change(new)
    return differences(body(), new, **more)


def signs_again(difference) -> set[str]:
    return {name for name in PARTIES if difference.class_for(name) == "material"}


def keep_longer(new):
    flows_of(new)[0]["parts"][2]["answers"][0][1] = "7 years"


def test_a_changed_flow_concerns_the_bodies_at_its_ends():
    difference = changed(keep_longer)
    assert signs_again(difference) == {COUNCIL, POLICE}
    assert difference.class_for(FIRE) == "minor"
    assert difference.changes[0].touches_words == "Wyre County Council, Wyre Police"


def test_any_name_of_a_body_will_do():
    difference = changed(keep_longer)
    assert difference.class_for("WCC") == difference.class_for(COUNCIL) == "material"


def test_a_flow_that_gets_another_recipient_concerns_the_old_and_the_new_one():
    difference = changed(lambda new: flows_of(new)[0].update(to=["Hospitals"]))
    assert signs_again(difference) == {COUNCIL, POLICE, HOSPITALS}


def test_a_new_flow_concerns_its_ends_alone():
    difference = changed(lambda new: flows_of(new).append(flow(3, "WCC", "Fire", "Alarms")))
    assert signs_again(difference) == {COUNCIL, FIRE}


@pytest.mark.parametrize(
    "change",
    [
        lambda new: new["clauses"][0].update(text="<p>This covers adults.</p>"),
        lambda new: new["clauses"].append(clause(4, "More", "<p>More.</p>")),
        lambda new: new["sections"][0]["fields"][0].update(value="<p>To find offenders.</p>"),
        lambda new: value_of(new, "principles").pop(),
        lambda new: new["parties"][0].update(role="Processor"),
        lambda new: new["parties"].append({"lineage": "x", "name": "Wyre Carers", "part": "party"}),
        lambda new: new.update(never_heard_of="a part"),
    ],
)
def test_what_all_have_agreed_concerns_everybody(change):
    assert signs_again(changed(change)) == set(PARTIES)


def spell(new):
    new["clauses"][0]["text"] = "<p>This agreement covers childern in Wyre.</p>"


def test_no_program_tells_a_spelling_mistake_from_another_meaning():
    assert changed(spell).is_material


@pytest.mark.parametrize(
    "change",
    [
        lambda new: new["sections"][2]["fields"][0].update(value="<p>Ring 999.</p>"),
        lambda new: new["clauses"][0].update(heading="What it covers"),
        lambda new: new["clauses"].reverse(),
        lambda new: new["clauses"][0].update(text="<p>This  agreement covers children in Wyre.</p>"),
        lambda new: new["commencement"].update(on="2027-02-01"),
        lambda new: new["parents"][0].update(version=2, state="under_review"),
        lambda new: new["parties"][0].update(name="Wyre Unitary Council"),
        lambda new: new["parties"].append({"lineage": "x", "name": "An observer", "part": "observer"}),
        lambda new: new["slots"][0].update(post="Deputy"),
        lambda new: flows_of(new)[0].update(title="Referrals of children"),
        lambda new: flows_of(new)[0]["parts"][2]["answers"][1].__setitem__(1, "/new-notice"),
        lambda new: flows_of(new).reverse(),
        lambda new: new.update(marking="OFFICIAL-SENSITIVE"),
    ],
)  # fmt: skip
def test_what_binds_nobody_to_anything_new_is_minor(change):
    difference = changed(change)
    assert difference.changes
    assert not difference.is_material, [c.path for c in difference.material]
    assert difference.class_for(COUNCIL) == "minor"


def test_every_change_says_why_it_has_its_class():
    new = body(title="Other", marking="", clauses=[], slots=[])
    assert all(change.why.endswith(".") for change in differences(body(), new).changes)


class TestAGroup:
    def test_without_its_members_may_be_anybody(self):
        difference = differences(*self.bodies())
        assert signs_again(difference) == set(PARTIES)

    def test_stands_for_its_members(self):
        members = {"All schools": {"Wyre Academy", FIRE}}
        difference = differences(*self.bodies(), members=members)
        assert signs_again(difference) == {COUNCIL, FIRE}
        assert difference.class_for("Wyre Academy") == "material"

    def bodies(self):
        old, new = body(), body()
        for each in (old, new):
            flows_of(each)[0]["to"] = ["All schools"]
        keep_longer(new)
        return old, new


def test_a_flow_that_names_nobody_concerns_everybody():
    old, new = body(), body()
    for each in (old, new):
        flows_of(each)[0].update({"from": [], "to": []})
    keep_longer(new)
    assert signs_again(differences(old, new)) == set(PARTIES)


class TestAPartyThatLeaves:
    """Wyre Fire leaves; flow 2 goes from the hospitals to it unless a test takes that out."""

    def leaves(self, signed, *, on_a_flow=True):
        old, new = body(), body()
        new["parties"].pop()
        for each in (old, new):
            if not on_a_flow or each is new:
                flows_of(each).pop()
        return differences(old, new, signed=signed)

    def test_without_ever_having_signed_and_on_nobodys_flow_is_minor(self):
        difference = self.leaves({COUNCIL, POLICE, HOSPITALS}, on_a_flow=False)
        assert [c.path for c in difference.changes] == ["parties.removed"]
        assert not difference.is_material
        assert "nobody else’s flow" in difference.changes[0].why

    def test_without_having_signed_but_on_a_flow_concerns_who_shares_with_it(self):
        assert signs_again(self.leaves({COUNCIL, POLICE})) - {FIRE} == {HOSPITALS}

    def test_after_signing_concerns_everybody(self):
        assert signs_again(self.leaves(set(PARTIES), on_a_flow=False)) == set(PARTIES)

    def test_counts_as_having_signed_where_nobody_knows(self):
        assert signs_again(self.leaves(None, on_a_flow=False)) == set(PARTIES)

    def test_on_a_flow_with_itself_alone_is_minor(self):
        old, new = body(), body()
        for each in (old, new):
            flows_of(each)[1].update({"from": ["Fire"], "to": ["Fire"]})
        new["parties"].pop()
        flows_of(new).pop()
        difference = differences(old, new, signed={COUNCIL})
        assert {c.path for c in difference.material} == {"flows.removed"}
        assert signs_again(difference) == {FIRE}

    def test_is_told_and_does_not_sign(self):
        signed = set(PARTIES)
        again = who_signs_again(self.leaves(signed), signed=signed)
        assert set(again.must_sign) == {COUNCIL, POLICE, HOSPITALS}
        assert set(again.only_told) == {FIRE}
        assert again.sign_first == []


def test_who_signs_again_who_is_told_and_who_signs_first():
    difference = changed(keep_longer)
    again = who_signs_again(difference, signed={COUNCIL, "Hospitals"})
    assert {name: [c.path for c in found] for name, found in again.must_sign.items()} == {
        COUNCIL: ["flows.kept"]
    }
    assert set(again.only_told) == {HOSPITALS}
    assert again.sign_first == [POLICE, FIRE]


def test_a_body_under_another_name_is_the_same_body():
    def rename(new):
        keep_longer(new)
        new["parties"][0]["name"] = "Wyre Unitary Council"

    difference = changed(rename, signed={COUNCIL})
    again = who_signs_again(difference, signed={COUNCIL})
    assert set(again.must_sign) == {"Wyre Unitary Council"}
    assert again.only_told == {}
    assert difference.class_for(COUNCIL) == "material"


def test_nobody_is_asked_for_anything_where_nothing_differs():
    again = who_signs_again(differences(body(), body()), signed=set(PARTIES))
    assert (again.must_sign, again.only_told, again.sign_first) == ({}, {}, [])


def test_a_part_takes_the_class_of_what_it_belongs_to():
    classes = reviewed_classes()
    assert class_of("flows.law.regime", classes) == classes["flows_law"]
    assert class_of("order.sections.principles", classes) == classes["order"]
    assert class_of("sections.rights.contacts", classes).change_class == "minor"
    assert "does not name this part" in class_of("no.such.part", classes).why


@pytest.mark.django_db
class TestTheList:
    @pytest.fixture(autouse=True)
    def _forget(self):
        forget()

    def item(self, code):
        return Item.objects.get(list_code="change_class", code=code)

    def test_starts_as_reviewed(self):
        assert classes_today() == reviewed_classes()

    def test_an_administrator_decides(self):
        row = self.item("sections_rights_contacts")
        change_item(
            by="system:test", item=row, row_version=row.row_version, label=row.label,
            meaning="Ours are binding.", facts={"class": "material"},
        )  # fmt: skip
        forget()
        difference = changed(
            lambda new: new["sections"][2]["fields"][0].update(value="<p>Ring 999.</p>"),
            classes=classes_today(),
        )
        assert difference.is_material
        assert difference.changes[0].why == "Ours are binding."

    def test_a_row_that_has_ended_counts_no_more(self):
        row = self.item("clauses_heading")
        end_item(by="system:test", item=row, row_version=row.row_version)
        forget()
        assert class_of("clauses.heading", classes_today()) == reviewed_classes()["clauses"]
