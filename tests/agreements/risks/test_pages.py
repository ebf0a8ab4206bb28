"""The pages: what they show, what they refuse and how, and that they cost the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.risks.models import Dpia, DpiaController, ProcessorContract, Risk, RiskAnswers
from agreements.risks.services import contracts, decisions, dpias, links, risks
from tests import make
from tests.agreements.risks.conftest import TEST, row_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browse(client):
    """A browser signed in as somebody."""

    def signed_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in


def at(name, *args):
    """The address of a page of this room."""
    return reverse(f"risks:{name}", args=args)


def words(answer):
    """What a page says."""
    return answer.content.decode()


def test_an_officer_records_a_dpia_in_the_browser(cast, council, police, browse):
    browser = browse(cast.off_a)
    answer = browser.post(
        at("make_dpia"),
        {
            "partnership": cast.partnership.pk,
            "title": "New case system",
            "owner": council.legal_name,
            "controllers": f"{police.legal_name}\n",
            "screening": ["matching", "vulnerable"],
            "review_on": "21 11 2099",
        },
        follow=True,
    )
    assert answer.status_code == 200
    made = Dpia.objects.get()
    assert made.screening == ("matching", "vulnerable")
    assert "two are enough" in words(answer)
    assert {row.organisation for row in made.controllers.all()} == {council, police}


def test_a_body_that_nobody_knows_is_named_in_the_refusal(cast, council, browse):
    answer = browse(cast.office).post(
        at("make_dpia"),
        {
            "partnership": cast.partnership.pk, "title": "X", "owner": council.legal_name,
            "controllers": "Atlantis Council",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert "No body is called “Atlantis Council”" in words(answer)
    assert not Dpia.objects.exists()


def test_an_officer_records_only_for_their_own_body(cast, police, browse):
    answer = browse(cast.off_a).post(
        at("make_dpia"),
        {"partnership": cast.partnership.pk, "title": "X", "owner": police.legal_name},
    )
    assert answer.status_code == 403
    assert "Only officers of Wyrefordshire Police" in words(answer)
    assert browse(cast.mgr_a).get(at("make_dpia")).status_code == 403


def test_the_page_of_a_dpia_shows_advice_and_decision_of_each_controller(
    cast, dpia, council, browse
):
    row = decisions.advise(
        by=cast.adv_a, row=row_of(dpia, council), row_version=1, advice="against",
        advice_words="Too wide.",
    )  # fmt: skip
    decisions.decide(
        by=TEST, row=row, row_version=2, status="accepted", decided_by="A. Siro",
        decision_reason="Lives depend on it.",
    )  # fmt: skip
    page = words(browse(cast.mgr_a).get(dpia.get_absolute_url()))
    for said in ("Against", "Too wide.", "Lives depend on it.", "A. Siro", "Wyrefordshire Police"):
        assert said in page
    assert "Decide<span" not in page


def test_the_decision_page_asks_for_the_reason_against_advice(cast, dpia, council, siro, browse):
    decisions.advise(
        by=cast.adv_a, row=row_of(dpia, council), row_version=1, advice="against",
        advice_words="Too wide.",
    )  # fmt: skip
    row = row_of(dpia, council)
    address = at("decide_dpia", dpia.reference, row.pk)
    browser = browse(siro)
    assert "You decide as Una Siro" in words(browser.get(address))
    said = {"row_version": row.row_version, "status": "accepted"}
    answer = browser.post(address, said)
    assert answer.status_code == 422
    assert "advises against it: say why" in words(answer)
    answer = browser.post(address, said | {"decision_reason": "It saves lives."})
    assert answer.status_code == 302
    assert row_of(dpia, council).decided_by.startswith("Una Siro")
    assert browser.post(address, said | {"decision_reason": "Again."}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("office", 403), ("adv_a", 403), ("off_a", 200)])
def test_who_may_open_the_decision_page(cast, dpia, council, browse, who, status):
    address = at("decide_dpia", dpia.reference, row_of(dpia, council).pk)
    assert browse(getattr(cast, who)).get(address).status_code == status


def test_a_dpia_that_one_may_not_know_of_is_not_found(cast, council, browse):
    own = dpias.make_dpia(by=TEST, partnership=cast.partnership, owner=council, title="Own")
    for who in (cast.off_b, cast.outsider):
        assert browse(who).get(own.get_absolute_url()).status_code == 404
        assert "Own" not in words(browse(who).get(at("dpias")))


def test_an_officer_links_a_dpia_from_the_page_of_the_agreement(cast, dpia, agreement, browse):
    browser = browse(cast.off_a)
    assert "Link an impact assessment" in words(browser.get(agreement.get_absolute_url()))
    answer = browser.post(at("link_dpia", agreement.reference), {"dpia": dpia.pk}, follow=True)
    assert dpia.reference in words(answer)
    assert agreement.reference in words(browser.get(dpia.get_absolute_url()))
    assert agreement.reference not in words(browse(cast.off_b).get(dpia.get_absolute_url()))
    link = dpia.links.get()
    address = at("unlink_dpia", dpia.reference, link.pk)
    assert browse(cast.off_b).get(address).status_code == 404


def test_a_charter_has_no_risk_pages(cast, browse):
    charter = make.charter(cast.partnership)
    browser = browse(cast.office)
    for name in ("risks", "answers", "link_dpia"):
        assert browser.get(at(name, charter.reference)).status_code == 404


def test_a_contract_is_recorded_changed_and_checked_in_the_browser(cast, council, police, browse):
    supplier = make.organisation("Northmere Hosting Ltd")
    browser = browse(cast.office)
    said = {
        "partnership": cast.partnership.pk, "title": "Hosting",
        "controllers": f"{council.legal_name}\n{police.legal_name}",
        "processor": supplier.legal_name, "ends_on": "1 1 2020",
    }  # fmt: skip
    page = words(browser.post(at("make_contract"), said, follow=True))
    assert "It ended on 1 January 2020." in page
    assert "8 points missing" in page
    made = ProcessorContract.objects.get()
    answer = browser.post(
        at("contract_checklist", made.reference),
        {"row_version": 1, "instructions": "on", "instructions_note": "clause 3"},
        follow=True,
    )
    assert "7 points missing" in words(answer)
    assert "clause 3" in words(answer)
    change = at("change_contract", made.reference)
    assert f"{council.legal_name}\n{police.legal_name}" in words(browser.get(change))
    said |= {"controllers": council.legal_name, "row_version": 2, "ends_on": "1 1 2099"}
    assert browser.post(change, said).status_code == 302
    assert [row.organisation for row in made.controllers.all()] == [council]
    assert browser.post(change, said).status_code == 409


def test_security_questions_give_the_level_and_the_controls_missing(cast, agreement, browse):
    browser = browse(cast.off_a)
    address = at("answers", agreement.reference)
    said = {
        "row_version": 1, "storage": "uk_system", "transit": "open", "access": "named",
        "processing": "case", "amount": "few", "sensitivity": "special", "controls": ["mfa"],
    }  # fmt: skip
    assert browser.post(address, said).status_code == 302
    page = words(browser.get(address))
    assert "Required security level: raised, because it moves unprotected" in page
    assert "Not in place yet:" in page
    assert "Encrypted at rest" in page
    assert RiskAnswers.objects.get().controls == ("mfa",)
    assert browser.post(address, said).status_code == 409


def test_risks_are_proposed_picked_changed_moved_and_removed(cast, agreement, browse):
    risks.save_answers(
        by=TEST, version=agreement.newest, row_version=1, storage="portable", transit="media",
        access="named", processing="scored", amount="few", sensitivity="personal",
    )  # fmt: skip
    browser = browse(cast.off_a)
    page = at("risks", agreement.reference)
    assert "2 risks are proposed" in words(browser.get(page))
    propose = at("propose_risks", agreement.reference)
    assert "High (12)" in words(browser.get(propose))
    assert browser.post(propose, {}).status_code == 422
    assert browser.post(propose, {"codes": ["media_lost", "wrong_match"]}).status_code == 302
    first, second = Risk.objects.all()
    change = at("change_risk", agreement.reference, first.pk)
    said = {
        "row_version": 1, "title": "Stick lost", "likelihood": 2, "impact": 4,
        "treatment": "reduce", "likelihood_after": "", "impact_after": 3,
    }  # fmt: skip
    answer = browser.post(change, said)
    assert answer.status_code == 422
    assert "or neither" in words(answer)
    assert browser.post(change, said | {"likelihood_after": 1}).status_code == 302
    browser.post(at("move_risk", agreement.reference, second.pk), {"to": "up"})
    assert [row.pk for row in Risk.objects.all()] == [second.pk, first.pk]
    browser.post(at("remove_risk", agreement.reference, second.pk), {})
    assert "Stick lost" in words(browser.get(page))
    assert Risk.objects.count() == 1
    shown = words(browser.get(agreement.get_absolute_url()))
    assert "Stick lost" in shown
    assert "Low (3)" in shown
    check = words(browser.get(reverse("documents:check", args=[agreement.reference])))
    assert "Stick lost" in check


def test_lists_and_record_pages_cost_the_same_however_much_there_is(
    cast, council, police, dpia, contract, agreement, browse
):
    browser = browse(cast.office)
    addresses = [
        at("dpias"), at("contracts"), dpia.get_absolute_url(), contract.get_absolute_url(),
        agreement.get_absolute_url(), at("dpia_history", dpia.reference),
        at("risks", agreement.reference),
    ]  # fmt: skip
    links.link_dpia(by=TEST, dpia=dpia, document=agreement)
    links.link_contract(by=TEST, contract=contract, document=agreement)
    contracts.add_sub_processor(by=TEST, contract=contract, name="One")
    risks.add_risk(by=TEST, version=agreement.newest, title="A", likelihood=1, impact=1)
    before = [_statements(browser, address) for address in addresses]
    for number in range(4):
        body = make.member(cast.partnership, f"Body of the list {number}").organisation
        more = dpias.make_dpia(
            by=TEST, partnership=cast.partnership, owner=body, title="More", controllers=[police]
        )
        dpias.add_controller(by=TEST, dpia=dpia, organisation=body)
        links.link_dpia(by=TEST, dpia=more, document=agreement)
        other = make.agreement(cast.partnership, council, lead=council)
        links.link_dpia(by=TEST, dpia=dpia, document=other)
        links.link_contract(by=TEST, contract=contract, document=other)
        contracts.add_sub_processor(by=TEST, contract=contract, organisation=body)
        next_ = contracts.make_contract(
            by=TEST, partnership=cast.partnership, title="More", controllers=[body],
            processor=contract.processor,
        )  # fmt: skip
        links.link_contract(by=TEST, contract=next_, document=agreement)
        risks.add_risk(by=TEST, version=agreement.newest, title="B", likelihood=1, impact=1)
    after = [_statements(browser, address) for address in addresses]
    assert dict(zip(addresses, after, strict=True)) == dict(zip(addresses, before, strict=True))
    assert DpiaController.objects.filter(dpia=dpia).count() == 6


def _statements(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
