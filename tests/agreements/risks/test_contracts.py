"""Processor contracts: who keeps them, what Article 28(3) asks, sub-processors, and what warns."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from agreements.risks.facts import missing_points
from agreements.risks.models import Point, ProcessorContract
from agreements.risks.services import contracts, links
from agreements.risks.warnings import contract_warnings
from register.core.conflicts import Conflict
from register.core.dates import today
from tests import make
from tests.access.pdf import PDF
from tests.agreements.risks.conftest import TEST

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ticked(*points):
    """A checklist with some points ticked."""
    return {point: (point in points, "clause 4") for point in Point.values}


def test_a_contract_gets_the_next_reference_and_an_empty_checklist(cast, contract):
    assert contract.reference == f"{cast.partnership.prefix}-PC-0001"
    assert missing_points([contract.pk])[contract.pk] == tuple(Point.values)


def test_a_contract_needs_a_controller_that_is_not_its_processor(cast, council):
    with pytest.raises(ValidationError, match="Name at least one controller"):
        contracts.make_contract(
            by=TEST, partnership=cast.partnership, title="X", controllers=[], processor=council
        )
    with pytest.raises(ValidationError, match="cannot be its own processor"):
        contracts.make_contract(
            by=TEST, partnership=cast.partnership, title="X", controllers=[council],
            processor=council,
        )  # fmt: skip


def test_an_end_before_the_beginning_is_refused(contract):
    with pytest.raises(ValidationError, match="not before the first day"):
        contracts.change_contract(
            by=TEST, contract=contract, row_version=1, starts_on=today(),
            ends_on=today() - timedelta(days=1),
        )  # fmt: skip


def test_an_officer_of_a_controller_keeps_it_and_nobody_else(cast, contract):
    contracts.change_contract(by=cast.off_a, contract=contract, row_version=1, title="New")
    with pytest.raises(PermissionDenied, match="Only officers of its controllers"):
        contracts.change_contract(by=cast.off_b, contract=contract, row_version=2, title="Ours")


def test_controllers_are_added_and_taken_off_but_never_all(cast, contract, police):
    contracts.change_contract(by=TEST, contract=contract, row_version=1, controllers=[police])
    assert [row.organisation for row in contract.controllers.all()] == [police]
    with pytest.raises(ValidationError, match="at least one controller"):
        contracts.change_contract(by=TEST, contract=contract, row_version=1, controllers=[])


def test_the_checklist_is_saved_point_by_point(contract):
    contract = contracts.save_checklist(
        by=TEST, contract=contract, row_version=1, points=ticked("instructions", "security")
    )
    assert "security" not in missing_points([contract.pk])[contract.pk]
    assert len(missing_points([contract.pk])[contract.pk]) == 6
    with pytest.raises(Conflict):
        contracts.save_checklist(by=TEST, contract=contract, row_version=1, points=ticked())


def test_a_sub_processor_is_a_body_or_a_name(contract, police):
    with pytest.raises(ValidationError, match="Choose the body, or enter the name"):
        contracts.add_sub_processor(by=TEST, contract=contract, name=" ")
    row = contracts.add_sub_processor(by=TEST, contract=contract, name="Cloud Ltd", country="Eire")
    assert str(row) == "Cloud Ltd"
    row = contracts.change_sub_processor(by=TEST, row=row, row_version=1, organisation=police)
    assert (row.name, str(row)) == ("", str(police))
    contracts.remove_sub_processor(by=TEST, row=row)
    assert not contract.sub_processors.exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (60, "It ends in 60 days"),
        (1, "It ends in 1 day,"),
        (0, "It ends today."),
        (-1, "It ended on"),
        (91, ""),
        (None, ""),
    ],
)
def test_an_end_that_is_near_or_past_warns(contract, days, says):
    contract.ends_on = None if days is None else today() + timedelta(days=days)
    contract.link = "https://contracts.example/1"
    found = contract_warnings(contract, (), today())
    assert (found[0].startswith(says) and len(found) == 1) if says else found == []


def test_what_the_contract_does_not_say_warns(contract):
    found = contract_warnings(contract, ("audits", "return"), today())
    assert "Article 28(3) checklist: 2 points missing." in found
    assert any("No file and no link" in sentence for sentence in found)


def test_the_list_finds_contracts_that_end_and_that_lack_points(cast, contract, client):
    contracts.change_contract(
        by=TEST, contract=contract, row_version=1, ends_on=today() + timedelta(days=60)
    )
    client.force_login(cast.office, backend=BACKEND)
    page = client.get(reverse("risks:contracts"), {"end": "90", "wanting": "missing"})
    said = page.content.decode()
    assert contract.reference in said
    assert "It ends in 60 days" in said
    assert contract.reference not in client.get(
        reverse("risks:contracts"), {"end": "ended"}
    ).content.decode()  # fmt: skip


def test_a_contract_is_known_to_its_bodies_and_to_readers_of_what_it_serves(
    cast, contract, council, police
):
    assert not ProcessorContract.objects.visible_to(cast.off_b).exists()
    document = make.agreement(cast.partnership, council, police, lead=council, state="consultation")
    links.link_contract(by=cast.off_a, contract=contract, document=document)
    assert ProcessorContract.objects.visible_to(make.fresh(cast.off_b)).exists()
    assert not ProcessorContract.objects.visible_to(cast.outsider).exists()


def test_the_file_of_a_contract_is_kept_and_fetched(cast, contract, client):
    contracts.file_contract(
        by=cast.off_a, contract=contract, row_version=1, content=PDF, name="signed contract.pdf"
    )
    client.force_login(cast.mgr_a, backend=BACKEND)
    answer = client.get(reverse("risks:contract_file", args=[contract.reference]))
    assert (answer.status_code, answer.content) == (200, PDF)
    client.force_login(cast.off_b, backend=BACKEND)
    assert client.get(reverse("risks:contract_file", args=[contract.reference])).status_code == 404
