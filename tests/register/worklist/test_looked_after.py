"""Open breaches, proofs that are waited for and checks that come up, in the work of those who see to them."""

from datetime import timedelta

import pytest

from register.concerns.jobs import ask_for_checks
from register.concerns.services import checks
from register.concerns.services import concerns as services
from register.core.dates import add_months, now, pretend, today
from register.documents.services import moving
from register.endings.jobs import chase
from register.endings.models import Proof
from register.worklist.work import work_of
from tests import county as counties
from tests import make_documents as make
from tests import worlds
from tests.register.concerns.conftest import facts

pytestmark = pytest.mark.django_db


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def agreement(county):
    return make.agreement(
        county.partnership, county.council, county.police, county.trust, lead=county.council,
        state="in_force",
    )  # fmt: skip


def part(county, who: str, code: str):
    user = county.users[who]
    parts = work_of(type(user).objects.get(pk=user.pk)).parts
    return next((each for each in parts if each.code == code), None)


def record(county, agreement, **others):
    said = {"bodies": [county.police], "tells_now": False, **facts(county), **others}
    return services.record(by=county.users["council_officer"], document=agreement, **said)


def correct(county, concern, **said):
    return services.correct(
        by=county.users["office"], concern=concern, row_version=concern.row_version, **said
    )


def test_a_breach_waits_for_who_deals_with_it_with_one_next_step_after_the_other(county, agreement):
    found = record(county, agreement)

    for who in ("office", "council_officer", "police_officer"):
        (item,) = part(county, who, "concerns").items
        assert (item.act, item.reference) == ("Decide about the ICO", agreement.reference)
        assert found.title not in str(item), "the digest carries it by mail"
    correct(county, found, ico_answer="not_notified", ico_reason="No risk.")
    assert part(county, "office", "concerns").items[0].act == "Tell the bodies"
    with pretend(now() + timedelta(hours=80)):
        assert not part(county, "office", "concerns").items[0].is_late


def test_a_breach_about_which_nothing_is_decided_after_72_hours_is_late(county, agreement):
    record(county, agreement)

    with pretend(now() + timedelta(hours=80)):
        assert part(county, "office", "concerns").items[0].is_late


def test_who_is_not_concerned_has_no_trace_of_a_breach(county, agreement):
    record(county, agreement, bodies=[county.council], lead_body=county.council)

    for who in ("police_officer", "police_manager", "auditor"):
        assert part(county, who, "concerns") is None
        assert part(county, who, "tasks") is None


def test_proofs_wait_for_the_office_and_each_for_its_body_and_not_as_a_task_too(county, agreement):
    moving.end(by=county.users["office"], document=agreement, reason="Over.")

    assert part(county, "office", "proofs").count == "3"
    (item,) = part(county, "police_officer", "proofs").items
    proof = Proof.objects.get(organisation=county.police)
    assert item.act_address == f"/proofs/{proof.pk}/record/"
    assert item.act == "Record the proof"
    with pretend(now() + timedelta(days=40)):
        chase()
        assert part(county, "office", "proofs").items[0].is_late
        assert part(county, "office", "tasks") is None


def test_a_check_that_comes_up_waits_for_who_keeps_the_agreement(county, agreement):
    said = {"checker_name": "A. Hale", "conclusion": "kept", "findings": "Kept."}
    checks.record_check(
        by=county.users["office"], document=agreement, answers={"retention": ("yes", "")},
        checked_on=today(), next_on=today() + timedelta(days=60), **said,
    )  # fmt: skip
    assert part(county, "office", "checks") is None

    with pretend(now() + timedelta(days=61)):
        ask_for_checks()
        (item,) = part(county, "council_officer", "checks").items
        assert (item.act, item.is_late) == ("Record a check", True)
        assert part(county, "office", "tasks") is None
        assert part(county, "police_officer", "checks") is None


@pytest.mark.parametrize("code", ["concerns", "proofs", "checks"])
def test_what_is_empty_is_hidden(county, agreement, code):
    assert part(county, "office", code) is None
