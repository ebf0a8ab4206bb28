"""The pages on which an officer enters flows."""

import re

import pytest

from agreements.flows.models import Flow, FlowItem
from agreements.flows.services import answers as answering
from agreements.flows.services import flows as services
from charters.models import GeneralPurpose
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.services import content
from tests import county as counties
from tests import make, worlds
from tests.agreements.flows.making import TEST, Draft

pytestmark = pytest.mark.django_db


@worlds.shared
def draft():
    return Draft()


@pytest.fixture
def page(client, draft):
    client.force_login(draft.officer)
    return client


def asked(answer) -> str:
    return re.search(r'name="asked" value="([^"]*)"', answer.content.decode())[1]


def version_of(answer) -> str:
    found = re.search(r'name="row_version" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def save(client, address, **said):
    opened = client.get(address)
    assert opened.status_code == 200, opened.content.decode()[:500]
    sent = {"asked": asked(opened), **said}
    if 'name="row_version"' in opened.content.decode():
        sent["row_version"] = version_of(opened)
    return client.post(address, sent)


def test_a_flow_is_entered_from_nothing_to_complete(page, draft):
    answer = save(
        page, draft.url("add/"), title="Discharge notices", identifiability="identifiable",
        direction="one_way", use_kind="service_delivery", purpose="To arrange care at home.",
        necessity="Care cannot be planned without it.",
    )  # fmt: skip
    flow = Flow.objects.get()
    assert answer.url == draft.url("who/", flow)

    opened = page.get(answer.url)
    answer = page.post(
        answer.url,
        {
            "providers": f"b{draft.council.pk}",
            "recipients": f"b{draft.police.pk}",
            "row_version": version_of(opened),
        },
    )
    assert answer.url == draft.url("data/", flow)

    page.post(
        draft.url("data/items/paste/", flow),
        {"pasted": "Name; Name and identifiers; to know whom\nWard notes; health; to plan care"},
    )
    assert FlowItem.objects.filter(flow=flow).count() == 2
    answer = save(page, draft.url("data/", flow), data_subjects=["service_users"])
    assert answer.url == draft.url("law/provider/", flow)

    answer = save(
        page, answer.url, regime="uk_gdpr", controller_role="separate_controller",
        lawful_basis="6_1_e", article9=["9_2_h"], gateways=["care_2014_ss6_7"],
    )  # fmt: skip
    assert answer.url == draft.url("law/provider/?more=law_named,schedule1,gateway_note", flow)
    answer = save(
        page, draft.url("law/provider/", flow), regime="uk_gdpr",
        controller_role="separate_controller", lawful_basis="6_1_e", law_named="Care Act 2014, s 6",
        article9=["9_2_h"], schedule1=["sch1_2"], gateways=["care_2014_ss6_7"],
        gateway_note="Co-operation",
    )  # fmt: skip
    assert answer.url == draft.url("law/recipient/", flow)

    same = page.get(draft.url("law/recipient/?same=provider", flow))
    assert "Care Act 2014, s 6" in same.content.decode()
    answer = page.post(
        draft.url("law/recipient/?same=provider", flow),
        {
            "asked": asked(same), "row_version": version_of(same), "regime": "uk_gdpr",
            "controller_role": "separate_controller", "lawful_basis": "6_1_e",
            "law_named": "Care Act 2014, s 6", "article9": ["9_2_h"], "schedule1": ["sch1_2"],
        },
    )  # fmt: skip
    assert answer.url == draft.url("confidentiality/", flow)

    answer = save(
        page, answer.url, cldc_basis="implied_consent", consent_model="not_relied_on",
        opt_out="individual_care",
    )  # fmt: skip
    assert answer.url == draft.url("transfer/", flow)
    answer = save(
        page, answer.url, transfer_modes=["secure_email"], controls=["encrypted_transit"],
        frequency="daily", outside_uk="none",
    )  # fmt: skip
    assert answer.url == draft.url("afterwards/", flow)
    answer = save(
        page, answer.url, storage="Case system", access="The care team", retention_trigger="closure",
        retention_period="8 years", disposal="delete", accuracy="Checked", onward="no",
    )  # fmt: skip
    assert answer.url == draft.url("afterwards/?more=disposal_proof", flow)
    answer = save(
        page, draft.url("afterwards/", flow), storage="Case system", access="The care team",
        retention_trigger="closure", retention_period="8 years", disposal="delete",
        disposal_proof="none", accuracy="Checked", onward="no",
    )  # fmt: skip
    assert answer.url == draft.url("public/", flow)
    answer = save(
        page, answer.url, privacy_notice="https://example.org", plain_purpose="To care for you"
    )
    assert answer.url == draft.url("", flow)
    shown = page.get(answer.url).content.decode()
    assert "Not started" not in shown
    assert "In progress" not in shown
    assert "1 of 1 flow is complete" in page.get(draft.url()).content.decode()


class TestThePages:
    def test_what_an_answer_clears_is_said_on_the_next_page(self, page, draft):
        flow = draft.flow(data_subjects=("children",), identifiability="identifiable")
        answer = save(
            page, draft.url("what/", flow), title="Concerns", direction="one_way",
            identifiability="anonymous", use_kind="performance",
        )  # fmt: skip
        said = page.get(answer.url).content.decode()
        assert "No longer asked, so cleared: People in the data." in said
        assert page.get(draft.url("law/provider/", flow)).url == draft.url("", flow)

    def test_the_law_page_offers_guidance_source_and_what_is_uncertain(self, page, draft):
        flow = draft.flow()
        shown = page.get(draft.url("law/provider/", flow)).content.decode()
        assert "Needed for a task of the controller in the public interest" in shown
        assert "UK GDPR, Article 6(1)(e) and 6(3)" in shown
        assert "Commencement not certain" in shown
        assert "may fit the parties" in shown
        assert 'name="annex1_condition"' not in shown

    def test_schedule_1_offers_only_what_the_ticked_conditions_need(self, page, draft):
        flow = draft.flow()
        answering.add_row(by=TEST, flow=flow, name="Diagnosis", category="health")
        save(page, draft.url("law/provider/", flow), regime="uk_gdpr", article9=["9_2_h"])
        shown = page.get(draft.url("law/provider/", flow)).content.decode()
        assert set(re.findall(r'name="schedule1" value="(\w+)"', shown)) == {"sch1_2"}

    def test_an_answer_of_an_old_register_is_shown_though_it_is_not_asked(self, page, draft):
        flow = draft.flow()
        law = draft.facts(flow).provider.law
        services.change_law(by=TEST, law=law, row_version=1, balancing_test="LIA-9")
        assert "LIA-9" in page.get(draft.url("law/provider/", flow)).content.decode()

    def test_a_name_is_needed_and_typing_comes_back(self, page, draft):
        flow = draft.flow()
        answer = save(page, draft.url("what/", flow), title="", purpose="To keep children safe.")
        assert answer.status_code == 422
        assert "Enter name of the flow" in answer.content.decode()
        assert "To keep children safe." in answer.content.decode()

    def test_two_officers_on_one_page_meet_in_a_conflict(self, page, draft):
        flow = draft.flow(direction="one_way")
        first = page.get(draft.url("transfer/", flow))
        sent = {"asked": asked(first), "row_version": version_of(first)}
        assert page.post(draft.url("transfer/", flow), sent | {"system": "A"}).status_code == 302
        answer = page.post(draft.url("transfer/", flow), sent | {"system": "B"})
        assert answer.status_code == 409
        again = {"asked": asked(answer), "row_version": version_of(answer), "system": "B"}
        assert page.post(draft.url("transfer/", flow), again).status_code == 302
        flow.refresh_from_db()
        assert flow.system == "B"

    def test_ends_named_meanwhile_are_shown_and_can_be_replaced(self, page, draft):
        flow = draft.flow(ends=False)
        ends = {"providers": f"b{draft.council.pk}", "recipients": f"b{draft.police.pk}"}
        assert page.post(draft.url("who/", flow), ends).status_code == 302
        turned = {"providers": ends["recipients"], "recipients": ends["providers"]}
        answer = page.post(draft.url("who/", flow), turned)
        assert answer.status_code == 409
        page.post(draft.url("who/", flow), turned | {"row_version": version_of(answer)})
        assert draft.facts(flow).provider.bodies == [draft.police]

    def test_the_words_of_the_ends_follow_the_direction(self, page, draft):
        flow = draft.flow(direction="pool")
        assert "Who gives into the pool?" in page.get(draft.url("who/", flow)).content.decode()

    def test_a_flow_that_is_gone_gives_the_typing_back(self, page, draft):
        flow = draft.flow()
        services.remove_flow(by=TEST, flow=flow)
        address = draft.url("transfer/", flow)
        assert page.get(address).status_code == 404
        answer = page.post(address, {"system": "Mosaic"})
        assert answer.status_code == 409
        assert "Mosaic" in answer.content.decode()

    def test_typing_that_was_not_saved_comes_back(self, page, draft):
        flow = draft.flow()
        address = draft.url("transfer/", flow)
        typed = {"system": "Mosaic", "transfer_modes": ["email", "meeting"], "asked": "system"}
        page.post("/unsaved/", {"page": address, "typed": typed}, content_type="application/json")
        shown = page.get(address).content.decode()
        assert 'value="Mosaic"' in shown
        assert re.search(r'value="meeting"[^>]*checked', shown)
        assert "transfer_modes" in asked(page.get(address))

    def test_pasted_lines_that_cannot_be_read_are_named(self, page, draft):
        flow = draft.flow()
        answer = page.post(
            draft.url("data/items/paste/", flow), {"pasted": "Name; Helth\n; contact\nAge"}
        )
        assert answer.status_code == 422
        said = answer.content.decode()
        assert "Line 1: there is no category “Helth”. Did you mean “Health" in said
        assert "Line 2: enter what the item is" in said
        assert not FlowItem.objects.exists()

    def test_a_purpose_is_chosen_from_the_protocol_above(self, client):
        county = counties.found(add_months(today(), -13))
        pair = (county.council, county.police)
        charter = make.charter(county.partnership, *pair, state=State.IN_FORCE)
        community = make.community(county.partnership, *pair)
        protocol = make.protocol(charter, community, *pair, state=State.IN_FORCE)
        document = make.agreement(county.partnership, *pair, protocol=protocol)
        row = GeneralPurpose.objects.get(version__document=protocol)
        client.force_login(county.users["office"])
        address = f"/register/{document.reference}/draft/flows/add/"
        assert "Safeguarding" in client.get(address).content.decode()
        save(client, address, title="Concerns", direction="one_way",
             purpose_of=f"{protocol.pk}:{row.lineage}")  # fmt: skip
        flow = Flow.objects.get()
        assert (flow.purpose_document, flow.purpose_lineage) == (protocol, row.lineage)


class TestTheList:
    def test_a_flow_is_copied_moved_and_removed(self, page, draft):
        one, two = draft.flow("One"), draft.flow("Two")
        answer = page.post(draft.url("copy/", one))
        copied = Flow.objects.get(title="One (copy)")
        assert answer.url == draft.url("what/", copied)
        page.post(draft.url("move/", two), {"to": "up"})
        assert list(Flow.objects.values_list("title", flat=True)) == ["Two", "One", "One (copy)"]
        assert "leaves the draft" in page.get(draft.url("remove/", one)).content.decode()
        page.post(draft.url("remove/", one))
        assert set(Flow.objects.values_list("title", flat=True)) == {"Two", "One (copy)"}

    def test_as_many_statements_for_forty_flows_as_for_three(
        self, page, draft, django_assert_max_num_queries
    ):
        def statements() -> int:
            with django_assert_max_num_queries(200) as counted:
                assert page.get(draft.url()).status_code == 200
            return len(counted)

        for number in range(3):
            draft.flow(f"Flow {number}")
        page.get(draft.url())
        few = statements()
        for number in range(3, 40):
            draft.flow(f"Flow {number}")
        assert statements() == few

    def test_only_agreements_have_flows_and_only_their_officers_enter_them(self, client, draft):
        charter = make.charter(
            draft.cast.partnership, draft.council, draft.police, lead=draft.council
        )
        client.force_login(draft.officer)
        assert client.get(f"/register/{charter.reference}/draft/flows/").status_code == 404
        client.force_login(draft.cast.outsider)
        assert client.get(draft.url()).status_code == 404
        client.force_login(draft.cast.off_b)
        assert client.get(draft.url()).status_code in {403, 404}

    def test_flows_of_another_agreement_come_over(self, page, draft):
        other = make.agreement(
            draft.cast.partnership, draft.council, draft.police, lead=draft.council, title="Other"
        )
        version = other.newest
        trust = make.member(draft.cast.partnership, "Wyre Trust").organisation
        content.add_party(by=TEST, version=version, organisation=trust)
        flow = services.add_flow(by=TEST, version=version, title="Bed days")
        services.name_ends(by=TEST, flow=flow, providers=[trust], recipients=[draft.police])
        assert "Nothing is found" in page.get(draft.url("copy/?q=zzz")).content.decode()
        assert "1 flow" in page.get(draft.url("copy/?q=Other")).content.decode()
        answer = page.post(draft.url("copy/"), {"source": version.pk})
        said = page.get(answer.url).content.decode()
        assert "1 flow is copied." in said
        assert "No party here, so left out of the flows: Wyre Trust." in said


class TestTheTable:
    def sent(self, draft, **changes) -> dict:
        said = {}
        for facts in draft.all():
            for name in ("title", "direction", "use_kind", "frequency", "volume", "data_format",
                         "system", "retention_period", "retention_trigger", "retention_reference",
                         "disposal", "row_version"):  # fmt: skip
                said[f"f{facts.flow.pk}-{name}"] = getattr(facts.flow, name)
        return said | changes

    def test_every_row_is_saved_in_one_act(self, page, draft):
        one, two = draft.flow("One"), draft.flow("Two")
        sent = self.sent(draft)
        sent |= {f"f{one.pk}-frequency": "daily", f"f{two.pk}-retention_period": "6 years"}
        answer = page.post(draft.url("table/"), sent)
        assert "2 flows are changed." in page.get(answer.url).content.decode()
        one.refresh_from_db()
        two.refresh_from_db()
        assert (one.frequency, two.retention_period) == ("daily", "6 years")

    def test_an_error_names_the_row_and_nothing_typed_is_lost(self, page, draft):
        draft.flow("One")
        two = draft.flow("Two")
        sent = self.sent(draft, **{f"f{two.pk}-title": "", f"f{two.pk}-system": "Lorenzo"})
        answer = page.post(draft.url("table/"), sent)
        assert answer.status_code == 422
        said = answer.content.decode()
        assert "Row 2, Two: Enter a name for the flow." in said
        assert 'value="Lorenzo"' in said

    def test_a_conflict_names_the_row_and_saving_again_replaces_it(self, page, draft):
        one = draft.flow("One")
        sent = self.sent(draft, **{f"f{one.pk}-system": "Mine"})
        services.change_flow(by=TEST, flow=one, row_version=1, system="Theirs")
        answer = page.post(draft.url("table/"), sent)
        assert answer.status_code == 409
        said = answer.content.decode()
        assert "Row 1, One" in said
        assert "Theirs" in said
        sent[f"f{one.pk}-row_version"] = 2
        assert page.post(draft.url("table/"), sent).status_code == 302
        one.refresh_from_db()
        assert one.system == "Mine"

    def test_a_row_that_was_removed_gives_its_typing_back(self, page, draft):
        one, two = draft.flow("One"), draft.flow("Two")
        sent = self.sent(draft, **{f"f{one.pk}-system": "Mosaic"})
        services.remove_flow(by=TEST, flow=one)
        answer = page.post(draft.url("table/"), sent)
        assert answer.status_code == 409
        assert "Mosaic" in answer.content.decode()
        assert f"f{two.pk}-title" in answer.content.decode()
