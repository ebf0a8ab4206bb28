"""Answers and risks of a version: written, proposed, copied, signed, and told to rules."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.risks.facts import risks_facts
from agreements.risks.models import Risk, RiskAnswers
from agreements.risks.services import contracts, dpias, links, risks
from agreements.risks.sharing import proposals_for
from register.core.conflicts import Conflict
from register.core.dates import today
from register.documents.body import body_of
from register.documents.lifecycle import State
from register.documents.services import content, drafting
from register.documents.tasks import lines_of, task_url
from tests import make
from tests import make_documents as documents
from tests.agreements.risks.conftest import TEST, row_of

ANSWERS = {
    "storage": "uk_system", "transit": "media", "access": "named", "processing": "case",
    "amount": "few", "sensitivity": "special",
}  # fmt: skip


def answer(version, row_version=1, by=TEST, **changed):
    """Save all answers of a version, with changes."""
    return risks.save_answers(
        by=by, version=version, row_version=row_version, **(ANSWERS | changed)
    )


def risk(version, **said):
    """A high risk, with changes."""
    said = {"title": "Lost", "likelihood": 3, "impact": 4} | said
    return risks.add_risk(by=TEST, version=version, **said)


@pytest.fixture
def version(agreement):
    """The draft."""
    return agreement.newest


def test_answers_are_one_row_a_version_and_count_their_changes(version):
    first = answer(version, controls=("mfa",))
    assert (first.row_version, first.controls) == (2, ("mfa",))
    answer(version, row_version=2, transit="secure")
    assert RiskAnswers.objects.get(version=version).transit == "secure"


def test_two_who_answer_first_at_once_do_not_overwrite_each_other(version):
    answer(version)
    with pytest.raises(Conflict):
        answer(version, transit="secure")


def test_a_stranger_to_the_agreement_answers_nothing(cast, version):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        answer(version, by=cast.off_b)
    with pytest.raises(PermissionDenied, match="Only officers of"):
        risks.add_risk(by=cast.off_b, version=version, title="X", likelihood=1, impact=1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"likelihood_after": 2}, "Choose both likelihood and impact after"),
        ({"accepted_by": "A. Siro"}, "Enter the day on which"),
        ({"accepted_on": today()}, "Name who accepted"),
        ({"accepted_by": "A", "accepted_on": today() + timedelta(days=1)}, "not after today"),
    ],
)
def test_half_an_answer_about_a_risk_is_refused_with_its_sentence(version, said, sentence):
    with pytest.raises(ValidationError, match=sentence):
        risk(version, **said)


def test_what_is_left_of_a_risk_must_be_accepted_while_it_is_high(version):
    row = risk(version)
    assert str(row.left) == "High (12)"
    assert row.must_be_accepted
    row = risks.change_risk(by=TEST, risk=row, row_version=1, likelihood_after=1, impact_after=3)
    assert (str(row.left), row.must_be_accepted) == ("Low (3)", False)
    row = risks.change_risk(
        by=TEST, risk=row, row_version=2, likelihood_after=3, impact_after=5,
        accepted_by="A. Siro", accepted_on=today(),
    )  # fmt: skip
    assert (str(row.left), row.must_be_accepted) == ("Very high (15)", False)


def test_proposed_risks_are_taken_over_once_and_edited_afterwards(version):
    answer(version)
    offered = [each.code for each in proposals_for(version)]
    assert offered == ["media_lost", "sensitive_misused"]
    with pytest.raises(ValidationError, match="Choose at least one"):
        risks.take_over(by=TEST, version=version, codes=[])
    [row] = risks.take_over(by=TEST, version=version, codes=["media_lost", "unknown"])
    assert (row.likelihood, row.impact, row.treatment) == (3, 5, "reduce")
    assert [each.code for each in proposals_for(version)] == ["sensitive_misused"]
    row = risks.change_risk(by=TEST, risk=row, row_version=1, likelihood=2)
    assert (row.likelihood, row.proposal) == (2, "media_lost")


def test_risks_stand_in_what_is_signed(version):
    answer(version, controls=("mfa", "audit_log"))
    risk(version, treatment="accept", accepted_by="A. Siro", accepted_on=today())
    sections = {section["code"]: section for section in body_of(version)["sections"]}
    said = {field["code"]: field["value"] for field in sections["security_level"]["fields"]}
    assert said["level"].startswith("Required security level: raised")
    assert ["How does it move?", "On removable media"] in said["answers"]["rows"]
    assert ["Controls in place", "Multi-factor authentication, Audit log"] in said["answers"][
        "rows"
    ]
    [table] = sections["risks"]["fields"]
    [row] = table["value"]["rows"]
    assert row[0] == "Lost"
    assert "High (12): 3\u00a0×\u00a04" in row
    assert any(cell.startswith("A. Siro, ") for cell in row)


def test_the_task_list_says_how_far_they_are(version):
    assert [_status(version, code) for code in ("security_level", "risks")] == ["Optional"] * 2
    answer(version, transit="")
    risk(version)
    assert [_status(version, code) for code in ("security_level", "risks")] == ["In progress"] * 2
    answer(version, row_version=2)
    risk(version, title="Small", impact=1)
    Risk.objects.get(title="Lost")
    content.remove_item(by=TEST, row=Risk.objects.get(title="Lost"))
    assert [_status(version, code) for code in ("security_level", "risks")] == ["Complete"] * 2
    assert task_url(version, "risks").endswith("/draft/risks/")


def _status(version, code):
    return next(line.status for line in lines_of(version) if line.code == code)


def test_a_revision_copies_risks_with_their_lineage_and_leaves_the_signed_ones(cast, council):
    make.appoint(make.post(council, kind="operational_manager"))
    police = cast.police.organisation
    make.appoint(make.post(police, kind="operational_manager"))
    document = make.agreement(cast.partnership, council, police, lead=council)
    old = document.newest
    answer(old)
    first = risk(old)
    documents.walk(old, State.IN_FORCE)
    with pytest.raises(PermissionDenied, match="frozen"):
        risks.change_risk(by=TEST, risk=first, row_version=1, likelihood=1)
    new = drafting.revise(by=TEST, document=document)
    copied = Risk.objects.get(version=new)
    assert copied.lineage == first.lineage
    risks.change_risk(by=TEST, risk=copied, row_version=1, likelihood=1)
    assert Risk.objects.get(version=old).likelihood == 3
    assert RiskAnswers.objects.get(version=new).transit == "media"


def test_facts_tell_rules_what_is_missing(
    cast, version, agreement, council, police, dpia, contract
):
    answer(version, controls=("role_access",))
    risk(version)
    links.link_dpia(by=TEST, dpia=dpia, document=agreement)
    links.link_contract(by=TEST, contract=contract, document=agreement)
    dpias.set_status(
        by=TEST, row=row_of(dpia, council), row_version=1, status="not_required",
        status_reason="Figures.",
    )  # fmt: skip
    facts = risks_facts([version.pk])[version.pk]
    assert facts.level == "raised"
    assert "mfa" in facts.missing
    assert "role_access" not in facts.missing
    assert facts.unaccepted == ("Lost",)
    assert facts.dpia_statuses(council.pk) == ("not_required",)
    assert facts.has_settled_dpia(council.pk)
    assert not facts.has_settled_dpia(police.pk)
    [found] = facts.contracts[contract.processor_id]
    assert len(found.missing_points) == 8
    assert not found.has_ended(today())


def test_facts_of_a_version_that_says_nothing_are_empty(version):
    facts = risks_facts([version.pk])[version.pk]
    assert (facts.level, facts.missing, facts.dpias, facts.contracts) == ("", (), (), {})


def test_facts_of_many_versions_cost_the_same_statements_as_of_one(cast, council, dpia, contract):
    versions = []
    for _ in range(4):
        document = make.agreement(cast.partnership, council, lead=council)
        answer(document.newest)
        risk(document.newest)
        links.link_dpia(by=TEST, dpia=dpia, document=document)
        links.link_contract(by=TEST, contract=contract, document=document)
        versions.append(document.newest.pk)
    counts = []
    for asked in (versions[:1], versions):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            risks_facts(asked)
        counts.append(len(queries))
    assert counts == [9, 9]
    contracts.save_checklist(by=TEST, contract=contract, row_version=1, points={})
