"""“May A send B this?”: the five answers, each with its reason, on the day that is asked about."""

from datetime import date, timedelta

import pytest

from agreements.flows.asking import NOTE, Asked, Verdict, may_share
from agreements.flows.models import PartyGroup
from agreements.flows.services import groups
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.services import content, drafting, facts, moving
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@pytest.fixture
def office(county):
    return county.users["office"]


def told(**facts):
    return {"categories": ("contact", "health"), **facts}


def shared(county, state=State.IN_FORCE, **flow):
    pair = {"providers": county.council, "recipients": county.police}
    return make_flows.agreement_with(
        county.partnership, county.council, county.police,
        flows=[told(**(pair | flow))], state=state,
    )  # fmt: skip


def ask(county, user, giver="council", taker="police", **values):
    values.setdefault("on", today())
    if "category" in values:
        values["categories"] = (values.pop("category"),)
    asked = Asked(county.bodies[giver], county.bodies[taker], **values)
    return may_share(user, asked)


def test_yes_names_the_agreement_the_flow_and_what_to_keep_to(county, office):
    document = shared(county, transfer_modes=("secure_email",), onward="ask")
    answer = ask(county, office, category="health")
    assert answer.verdict == Verdict.YES
    assert answer.version == document.governing
    assert document.reference in answer.reason
    assert "Send it by: secure e-mail." in answer.conditions
    assert "Onward sharing: Only with the provider's consent." in answer.conditions
    assert answer.note == ""


def test_a_review_overdue_is_a_condition_and_no_refusal(county, office):
    document = shared(county)
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version,
        review_on=today() - timedelta(days=3),
    )  # fmt: skip
    answer = ask(county, office)
    assert answer.verdict == Verdict.YES
    assert any("is overdue" in condition for condition in answer.conditions)


def test_the_other_way_round_is_not_covered_unless_the_flow_is_mutual(county, office):
    shared(county)
    answer = ask(county, office, "police", "council")
    assert answer.verdict == Verdict.NOT_COVERED
    assert "No agreement lets" in answer.reason
    assert answer.note == NOTE
    shared(county, direction="two_way")
    assert ask(county, office, "police", "council").verdict == Verdict.YES


def test_another_category_or_purpose_is_not_covered_and_says_what_is(county, office):
    document = shared(county)
    answer = ask(county, office, category="housing")
    assert answer.verdict == Verdict.NOT_COVERED
    assert document.reference in answer.reason
    assert "housing and property" in answer.reason
    assert ask(county, office, purpose="marketing").verdict == Verdict.NOT_COVERED
    assert ask(county, office, purpose="safeguarding").verdict == Verdict.YES
    assert ask(county, office, purpose="Safe guarding").verdict == Verdict.YES


def test_what_is_out_for_signature_is_not_signed(county, office):
    document = shared(county, state=State.SIGNING)
    answer = ask(county, office)
    assert answer.verdict == Verdict.UNSIGNED
    assert "out for signature" in answer.reason
    assert "WY Police" in answer.reason
    make.sign_all(document.newest)
    assert ask(county, office).verdict == Verdict.YES


def test_who_has_not_signed_what_is_in_force_is_named(county, office):
    document = make.agreement(county.partnership, county.council, county.police, county.trust)
    version = document.newest
    version = drafting.change_version(
        by=TEST, version=version, row_version=version.row_version, commencement="required_slots"
    )
    make_flows.flow(version, county.council, county.trust)
    for body in ("council", "police", "trust"):
        make.slot(
            version, county.bodies[body], county.posts[body, "operational_manager"],
            is_required=body != "trust",
        )  # fmt: skip
    moving.send_for_signature(by=TEST, version=version)
    for slot in version.slots.exclude(organisation=county.trust):
        make.sign(slot)
    answer = ask(county, office, "council", "trust")
    assert answer.verdict == Verdict.UNSIGNED
    assert "WY Hospitals NHS Foundation Trust has not signed" in answer.reason


def test_what_ended_is_expired_and_says_since_when(county, office):
    document = shared(county)
    moving.end(by=TEST, document=document, reason="Over.")
    answer = ask(county, office)
    assert answer.verdict == Verdict.EXPIRED
    assert "held until" in answer.reason


def test_a_draft_counts_for_nothing(county, office):
    shared(county, state=State.DRAFT)
    assert ask(county, office).verdict == Verdict.NOT_COVERED


def test_the_answer_is_about_the_day_that_is_asked(county, office):
    shared(county)
    before = ask(county, office, on=today() - timedelta(days=30))
    assert before.verdict == Verdict.NOT_COVERED
    assert "after the day asked for" in before.reason


def test_support_under_section_251_that_has_ended_is_expired(county, office):
    shared(county, s251_reference="22/CAG/0042", s251_expires_on=date(2026, 1, 31))
    answer = ask(county, office)
    assert answer.verdict == Verdict.EXPIRED
    assert "22/CAG/0042 ended on 31 January 2026" in answer.reason


def test_no_is_said_only_for_what_is_expressly_kept_back_or_suspended(county, office):
    document = shared(county, excludes=("genetic",), excludes_note="clause 4")
    answer = ask(county, office, category="genetic")
    assert answer.verdict == Verdict.NO
    assert "genetic data must not be sent: clause 4" in answer.reason
    assert ask(county, office, category="health").verdict == Verdict.YES
    facts.suspend(by=TEST, document=document, reason="A breach is looked into.")
    suspended = ask(county, office, category="health")
    assert suspended.verdict == Verdict.NO
    assert "A breach is looked into." in suspended.reason


def test_members_of_a_group_are_covered_from_the_day_they_joined(county, office):
    document = make.agreement(county.partnership, county.council, county.police)
    version = document.newest
    group = content.add_item(by=TEST, version=version, model=PartyGroup, name="All practices")
    make_flows.flow(version, county.council, group)
    make.walk(version, State.IN_FORCE)
    assert ask(county, office, "council", "trust").verdict == Verdict.NOT_COVERED
    member = groups.join_group(
        by=TEST, document=document, group=group.lineage, organisation=county.trust,
        form_signatory="Dr Mair Llwyd", starts_on=today(),
    )  # fmt: skip
    assert ask(county, office, "council", "trust").verdict == Verdict.YES
    groups.leave_group(
        by=TEST, member=member, row_version=member.row_version, on=today(), reason="Closed."
    )
    later = ask(county, office, "council", "trust", on=today() + timedelta(days=1))
    assert later.verdict == Verdict.NOT_COVERED


def test_nobody_learns_of_a_restricted_agreement_by_asking(county, office):
    document = shared(county)
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, is_restricted=True
    )
    stranger = counties.add_login(county, "trust_manager", "manager", today(), body="trust")
    assert ask(county, office).verdict == Verdict.YES
    hidden = ask(county, stranger)
    assert hidden.verdict == Verdict.NOT_COVERED
    assert document.reference not in hidden.reason


def test_an_imported_entry_covers_nothing_before_it_is_confirmed(county, office):
    document = shared(county)
    with act(by=TEST, verb="document.changed", subject=document):
        document.is_confirmed = False
        document.save()
    answer = ask(county, office)
    assert answer.verdict == Verdict.NOT_COVERED
    assert "nobody has confirmed it" in answer.reason


def test_the_number_of_statements_does_not_grow_with_the_agreements(
    county, office, django_assert_max_num_queries
):
    shared(county)
    with django_assert_max_num_queries(40) as one:
        ask(county, office)
    for _ in range(4):
        shared(county)
    with django_assert_max_num_queries(len(one)):
        ask(county, office)


def test_an_officer_who_confirms_an_imported_entry_vouches_for_its_signatures(county, office):
    document = make.agreement(county.partnership, county.council, county.police)
    version = document.newest
    make_flows.flow(version, county.council, county.police)
    with act(by=TEST, verb="version.admitted", subject=version):
        version.is_admitted, version.state, version.in_force_on = True, State.IN_FORCE, today()
        version.save()
    assert ask(county, office).verdict == Verdict.YES
