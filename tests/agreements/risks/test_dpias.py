"""Impact assessments: references, screening, statuses, links, who may know of them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from agreements.risks.models import Dpia
from agreements.risks.screening import judged
from agreements.risks.services import dpias, links
from register.core.conflicts import Conflict
from register.core.dates import today
from register.ledger.models import Entry
from tests import make
from tests.agreements.risks.conftest import TEST, row_of

MANDATORY = {"monitoring": ("systematic monitoring", "UK GDPR, Article 35(3)(c)")}


def test_a_dpia_gets_the_next_reference_and_names_its_keeper_as_controller(cast, dpia, council):
    prefix = cast.partnership.prefix
    assert dpia.reference == f"{prefix}-DPIA-0001"
    second = dpias.make_dpia(by=TEST, partnership=cast.partnership, owner=council, title="Other")
    assert second.reference == f"{prefix}-DPIA-0002"
    assert [row.organisation for row in second.controllers.all()] == [council]


@pytest.mark.parametrize(
    ("answers", "needed", "words"),
    [
        ((), False, "No screening question"),
        (("matching",), False, "One screening question"),
        (("matching", "vulnerable"), True, "two are enough"),
        (("monitoring",), True, "Article 35(3)(c)"),
        (("special_category", "large_scale"), True, "Article 35(3)(b)"),
    ],
)
def test_the_screening_says_whether_a_dpia_is_needed_and_by_which_law(answers, needed, words):
    found = judged(answers, MANDATORY)
    assert found.is_needed is needed
    assert words in found.says


def test_an_office_or_an_officer_of_its_keeper_changes_a_dpia_and_nobody_else(cast, dpia):
    dpias.change_dpia(by=cast.off_a, dpia=dpia, row_version=1, title="Case system, two")
    assert Dpia.objects.get().title == "Case system, two"
    with pytest.raises(PermissionDenied, match="Only officers of Wyrefordshire County Council"):
        dpias.change_dpia(by=cast.off_b, dpia=dpia, row_version=2, title="Ours")


def test_a_form_that_was_opened_before_somebody_else_saved_conflicts(cast, dpia):
    dpias.change_dpia(by=cast.office, dpia=dpia, row_version=1, title="A")
    with pytest.raises(Conflict):
        dpias.change_dpia(by=cast.off_a, dpia=dpia, row_version=1, title="B")


def test_saving_without_a_change_writes_no_act(cast, dpia):
    before = Entry.objects.count()
    dpias.change_dpia(by=cast.office, dpia=dpia, row_version=1, title=dpia.title)
    assert Entry.objects.count() == before


def test_a_unit_is_no_controller(cast, council):
    unit = make.organisation("Adoption team", legal_status="unit", unit_of=council)
    with pytest.raises(ValidationError, match="is not a controller"):
        dpias.make_dpia(by=TEST, partnership=cast.partnership, owner=unit, title="X")


def test_not_required_takes_a_reason(dpia, council):
    row = row_of(dpia, council)
    with pytest.raises(ValidationError, match="Say why no DPIA is required"):
        dpias.set_status(by=TEST, row=row, row_version=1, status="not_required")
    row = dpias.set_status(
        by=TEST, row=row, row_version=1, status="not_required", status_reason="Only figures."
    )
    assert row.status_reason == "Only figures."


def test_a_decision_is_not_recorded_as_a_plain_status(dpia, council):
    with pytest.raises(ValidationError, match="on the page for decisions"):
        dpias.set_status(by=TEST, row=row_of(dpia, council), row_version=1, status="accepted")


def test_a_controller_relies_on_a_joint_dpia_but_not_in_a_circle(cast, dpia, council, police):
    joint = dpias.make_dpia(
        by=TEST, partnership=cast.partnership, owner=police, title="Joint", controllers=[council]
    )
    row = row_of(dpia, council)
    with pytest.raises(ValidationError, match="Choose the joint DPIA"):
        dpias.set_status(by=TEST, row=row, row_version=1, status="relies_on_joint")
    with pytest.raises(ValidationError, match="cannot rely on itself"):
        dpias.set_status(by=TEST, row=row, row_version=1, status="relies_on_joint", relies_on=dpia)
    dpias.set_status(by=TEST, row=row, row_version=1, status="relies_on_joint", relies_on=joint)
    with pytest.raises(ValidationError, match="relies on this one"):
        dpias.set_status(
            by=TEST, row=row_of(joint, police), row_version=1, status="relies_on_joint",
            relies_on=dpia,
        )  # fmt: skip


def test_a_controller_that_has_decided_stays_on_the_dpia(dpia, police, council):
    row = row_of(dpia, police)
    with pytest.raises(ValidationError, match="keeps the DPIA stays"):
        dpias.remove_controller(by=TEST, row=row_of(dpia, council), reason="Wrong.")
    dpias.remove_controller(by=TEST, row=row, reason="Named in error.")
    assert not dpia.controllers.filter(organisation=police).exists()


def test_a_dpia_serves_many_agreements_and_each_once(cast, dpia, agreement, council):
    other = make.agreement(cast.partnership, council, lead=council)
    for document in (agreement, other):
        links.link_dpia(by=cast.off_a, dpia=dpia, document=document)
    assert dpia.links.count() == 2
    with pytest.raises(ValidationError, match="already linked"):
        links.link_dpia(by=cast.off_a, dpia=dpia, document=other)


def test_only_who_drafts_the_agreement_links_to_it(cast, dpia, agreement):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        links.link_dpia(by=cast.off_b, dpia=dpia, document=agreement)


def test_a_link_is_taken_away_with_a_reason(cast, dpia, agreement):
    link = links.link_dpia(by=cast.off_a, dpia=dpia, document=agreement)
    with pytest.raises(ValidationError, match="Say why"):
        links.unlink_dpia(by=cast.off_a, link=link, reason=" ")
    links.unlink_dpia(by=cast.off_a, link=link, reason="Linked in error.")
    assert not dpia.links.exists()


def test_a_dpia_is_known_to_its_bodies_and_offices_and_to_nobody_else(cast, council):
    own = dpias.make_dpia(by=TEST, partnership=cast.partnership, owner=council, title="Own")
    knows = {
        name: Dpia.objects.visible_to(user).filter(pk=own.pk).exists()
        for name, user in cast.everybody.items()
    }
    assert {name for name, seen in knows.items() if seen} == {
        "admin", "office", "auditor", "off_a", "sig_a", "mgr_a", "adv_a",
    }  # fmt: skip


def test_who_reads_an_agreement_knows_of_the_dpia_that_serves_it(cast, council, police):
    own = dpias.make_dpia(by=TEST, partnership=cast.partnership, owner=council, title="Own")
    document = make.agreement(cast.partnership, council, police, lead=council, state="consultation")
    assert not Dpia.objects.visible_to(cast.off_b).exists()
    links.link_dpia(by=TEST, dpia=own, document=document)
    assert Dpia.objects.visible_to(make.fresh(cast.off_b)).get() == own


def test_history_of_a_dpia_says_nothing_of_an_entry_that_the_reader_may_not_know(
    cast, dpia, agreement, client
):
    links.link_dpia(by=cast.off_a, dpia=dpia, document=agreement)
    address = reverse("risks:dpia_history", args=[dpia.reference])
    client.force_login(cast.off_b, backend="allauth.account.auth_backends.AuthenticationBackend")
    said = client.get(address).content.decode()
    assert "DPIA recorded" in said
    assert agreement.reference not in said
    client.force_login(cast.off_a, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "DPIA linked" in client.get(address).content.decode()
    of_entry = client.get(reverse("documents:history", args=[agreement.reference]))
    assert "DPIA linked" in of_entry.content.decode()


def test_a_review_that_is_due_is_found_by_the_list(cast, dpia, client):
    dpias.change_dpia(by=TEST, dpia=dpia, row_version=1, review_on=today() - timedelta(days=1))
    client.force_login(cast.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("risks:dpias")
    assert dpia.reference in client.get(address, {"review": "overdue"}).content.decode()
    assert dpia.reference not in client.get(address, {"review": "none"}).content.decode()
    assert dpia.reference in client.get(address, {"status": "in_progress"}).content.decode()
    assert dpia.reference not in client.get(address, {"status": "accepted"}).content.decode()
