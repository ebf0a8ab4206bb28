"""Writing flows: ends, clearing, the schedule, copies."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.flows.facts import flows_of
from agreements.flows.models import Flow, FlowItem, FlowParty, PartyGroup
from agreements.flows.services import answers, copying, flows
from register.core.conflicts import Conflict
from register.documents.models import Version
from register.documents.services import content
from tests import make, worlds
from tests.agreements.flows.making import TEST, Draft

pytestmark = pytest.mark.django_db


@worlds.shared
def draft():
    return Draft()


def law_of(draft, flow, side="provider"):
    return draft.facts(flow).end(side).law


def change_law(draft, flow, side="provider", **facts):
    law = law_of(draft, flow, side)
    return answers.answer_law(by=TEST, law=law, row_version=law.row_version, **facts)


def test_another_basis_clears_what_only_the_first_needed(draft):
    flow = draft.flow()
    change_law(draft, flow, lawful_basis="6_1_ea", annex1_condition="rli_5")
    cleared = change_law(draft, flow, lawful_basis="6_1_f", balancing_test="LIA-7")
    assert cleared == ["Condition of Annex 1 (provider)"]
    law = law_of(draft, flow)
    assert (law.annex1_condition, law.balancing_test) == ("", "LIA-7")


def test_another_regime_clears_the_answers_of_the_first(draft):
    flow = draft.flow()
    change_law(draft, flow, lawful_basis="6_1_e", law_named="Care Act 2014")
    cleared = change_law(draft, flow, regime="part3", part3_basis="35_2_b")
    assert cleared == ["Lawful basis (provider)", "Law that lays the basis down (provider)"]
    change_law(draft, flow, regime="uk_gdpr")
    assert law_of(draft, flow).part3_basis == ""


def test_information_about_nobody_keeps_no_law_and_no_people(draft):
    flow = draft.flow(data_subjects=("children",), identifiability="identifiable")
    answers.add_row(by=TEST, flow=flow, name="Notes", category="case_notes", special=("health",))
    change_law(draft, flow, regime="part3", part3_basis="35_2_b")
    flow = draft.facts(flow).flow
    cleared = answers.answer_flow(
        by=TEST, flow=flow, row_version=flow.row_version, identifiability="anonymous"
    )
    facts = draft.facts(flow)
    assert facts.flow.data_subjects == ()
    assert facts.provider.law.regime == "uk_gdpr"
    assert facts.provider.law.part3_basis == ""
    assert facts.items[0].special == ()
    assert facts.items[0].name == "Notes"
    assert "People in the data" in cleared
    assert "Special categories of Notes" in cleared


def test_the_last_special_item_takes_its_conditions_along_in_turn(draft):
    flow = draft.flow()
    answers.add_row(by=TEST, flow=flow, name="Diagnosis", category="health")
    change_law(draft, flow, article9=("9_2_g",), schedule1=("sch1_18",), policy_document="APD-1")
    cleared = answers.remove_row(by=TEST, row=FlowItem.objects.get())
    law = law_of(draft, flow)
    assert (law.article9, law.schedule1, law.policy_document) == ((), (), "")
    assert len(cleared) == 3


def test_what_was_never_asked_stays_until_somebody_changes_it(draft):
    flow = draft.flow()
    law = law_of(draft, flow)
    flows.change_law(by=TEST, law=law, row_version=law.row_version, article9=("9_2_h",))
    assert change_law(draft, flow, controller_role="processor") == []
    assert law_of(draft, flow).article9 == ("9_2_h",)


def test_ends_are_parties_units_or_groups_and_nobody_else(draft):
    flow = draft.flow(ends=False)
    unit = make.organisation("Youth justice service", legal_status="unit", unit_of=draft.council)
    flows.name_ends(by=TEST, flow=flow, providers=[unit], recipients=[draft.police])
    stranger = make.organisation("Northmere Trust")
    with pytest.raises(ValidationError, match="Northmere Trust is no party"):
        flows.name_ends(by=TEST, flow=flow, providers=[stranger], recipients=[draft.police])
    with pytest.raises(ValidationError, match="at least one recipient"):
        flows.name_ends(by=TEST, flow=flow, providers=[draft.council], recipients=[])


def test_ends_that_somebody_else_named_meanwhile_are_a_conflict(draft):
    flow = draft.flow(ends=False)
    seen = flows.mark_of_ends(flow)
    ends = {"providers": [draft.council], "recipients": [draft.police]}
    flows.name_ends(by=TEST, flow=flow, seen=seen, **ends)
    with pytest.raises(Conflict) as refusal:
        flows.name_ends(by=TEST, flow=flow, seen=seen, **ends)
    flows.name_ends(by=TEST, flow=flow, seen=refusal.value.current.row_version, **ends)


def test_the_schedule_is_saved_in_one_act_or_not_at_all(draft):
    one, two = draft.flow("One"), draft.flow("Two")
    changes = [(one, one.row_version, {"system": "A"}), (two, two.row_version, {"system": "B"})]
    assert flows.change_schedule(by=TEST, version=draft.version, changes=changes) == (2, [])
    again = [(one, one.row_version + 1, {"system": "C"}), (two, two.row_version, {"system": "D"})]
    with pytest.raises(Conflict) as refusal:
        flows.change_schedule(by=TEST, version=draft.version, changes=again)
    assert refusal.value.current == two
    assert list(Flow.objects.values_list("system", flat=True)) == ["A", "B"]


def test_the_schedule_clears_what_a_row_makes_irrelevant(draft):
    flow = draft.flow(disposal="delete", disposal_proof="statement")
    changes = [(flow, flow.row_version, {"disposal": ""})]
    written, cleared = flows.change_schedule(by=TEST, version=draft.version, changes=changes)
    assert (written, cleared) == (1, ["Proof of disposal"])


def test_a_flow_that_was_removed_meanwhile_is_named(draft):
    flow = draft.flow("One")
    flows.remove_flow(by=TEST, flow=flow)
    with pytest.raises(ValidationError, match="“One” was removed"):
        flows.change_schedule(by=TEST, version=draft.version, changes=[(flow, 1, {"system": "A"})])


def test_a_copy_has_everything_but_the_name(draft):
    flow = draft.flow("x" * 200, system="Mosaic")
    answers.add_row(by=TEST, flow=flow, name="Name", category="name_identifiers")
    change_law(draft, flow, lawful_basis="6_1_e")
    copied = draft.facts(flows.copy_flow(by=TEST, flow=flow))
    assert copied.flow.title == f"{'x' * 190} (copy)"
    assert copied.flow.lineage != flow.lineage
    assert (copied.flow.system, copied.items[0].name) == ("Mosaic", "Name")
    assert copied.provider.law.lawful_basis == "6_1_e"
    assert copied.recipient.bodies == [draft.police]


def test_items_move_within_their_own_flow(draft):
    one, two = draft.flow("One"), draft.flow("Two")
    answers.add_row(by=TEST, flow=one, name="A")
    answers.add_row(by=TEST, flow=two, name="B")
    answers.add_row(by=TEST, flow=one, name="C")
    answers.move_row(by=TEST, row=FlowItem.objects.get(name="C"), up=True)
    assert [item.name for item in draft.facts(one).items] == ["C", "A"]
    assert [item.name for item in draft.facts(two).items] == ["B"]


class TestCopyingFromAnotherAgreement:
    @pytest.fixture
    def source(self, draft):
        other = make.agreement(
            draft.cast.partnership, draft.council, draft.police, title="Elsewhere",
            lead=draft.council,
        )  # fmt: skip
        version = Version.objects.get(document=other)
        trust = make.member(draft.cast.partnership, "Wyre Trust").organisation
        content.add_party(by=TEST, version=version, organisation=trust)
        group = content.add_item(by=TEST, version=version, model=PartyGroup, name="Practices")
        flow = flows.add_flow(by=TEST, version=version, title="Bed days", system="Lorenzo")
        flows.name_ends(
            by=TEST, flow=flow, providers=[draft.council, trust], recipients=[draft.police, group]
        )
        answers.add_row(by=TEST, flow=flow, name="Ward", category="health")
        return version

    def test_all_flows_come_over_and_strangers_stay_out(self, draft, source):
        draft.flow("Mine")
        copied = copying.copy_flows(by=draft.officer, version=draft.version, source=source)
        assert (copied.flows, list(copied.left_out)) == (1, ["Wyre Trust", "Practices"])
        mine, came = flows_of([draft.version.pk])[draft.version.pk]
        assert (mine.flow.title, came.flow.title, came.number) == ("Mine", "Bed days", 2)
        assert came.provider.bodies == [draft.council]
        assert came.recipient.bodies == [draft.police]
        assert [item.name for item in came.items] == ["Ward"]
        assert came.provider.law is not None
        assert not FlowParty.objects.filter(flow=came.flow, group__isnull=False).exists()

    def test_a_group_of_the_same_name_takes_the_other_s_place(self, draft, source):
        content.add_item(by=TEST, version=draft.version, model=PartyGroup, name="Practices")
        copied = copying.copy_flows(by=TEST, version=draft.version, source=source)
        assert list(copied.left_out) == ["Wyre Trust"]
        [came] = flows_of([draft.version.pk])[draft.version.pk]
        assert came.recipient.groups[0].group.version == draft.version

    def test_nobody_copies_what_they_may_not_read(self, draft, source):
        document = make.agreement(
            draft.cast.partnership, draft.police, draft.council, lead=draft.police
        )
        version = Version.objects.get(document=document)
        with pytest.raises(PermissionDenied, match="may not read"):
            copying.copy_flows(by=draft.cast.off_b, version=version, source=source)
