"""Standings on awkward days, and a party that signs in two places."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from register.core.dates import add_months, today
from register.directory.services import memberships
from register.documents.lifecycle import State
from register.documents.rules import broken_by
from register.documents.services import drafting, moving
from register.ledger.acts import act
from register.signing import services as signing
from register.signing.models import Slot
from register.signing.standing import standing_of
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


def code(document, body, day=None):
    return standing_of([(document.pk, body.pk)], day)[document.pk, body.pk].code


def sent(county, commencement="all_slots", posts=("operational_manager",)):
    """An agreement of council and police out for signature, with the same posts for each."""
    version = make.agreement(county.partnership, county.council, county.police).newest
    version = drafting.change_version(
        by=TEST, version=version, row_version=version.row_version, commencement=commencement
    )
    for body in ("council", "police"):
        for post in posts:
            make.slot(version, county.bodies[body], county.posts[body, post])
    return moving.send_for_signature(by=TEST, version=version, despite="A test.")


def test_a_membership_that_starts_again_later_has_lapsed_until_then(county):
    document = make.agreement(
        county.partnership, county.council, county.police, state=State.IN_FORCE
    )
    member = county.police.memberships.get()
    memberships.end_membership(
        by=TEST, membership=member, ends_on=today() - timedelta(days=1), reason="It left.",
    )  # fmt: skip
    assert code(document, county.police) == "lapsed"
    memberships.add_member(
        by=TEST, partnership=county.partnership, organisation=county.police,
        starts_on=today() + timedelta(days=30),
    )  # fmt: skip
    assert code(document, county.police) == "lapsed"
    assert code(document, county.police, today() + timedelta(days=30)) == "signed"


def test_a_party_with_two_needed_places_has_not_signed_by_one_of_them(county):
    version = sent(county, "two_parties", ("operational_manager", "senior_officer"))
    for body in (county.council, county.police):
        make.sign(version.slots.filter(organisation=body).first())
    version.refresh_from_db()
    assert version.state == State.SIGNING
    for slot in Slot.objects.filter(version=version).open():
        make.sign(slot)
    version.refresh_from_db()
    assert version.state == State.IN_FORCE


def test_issued_late_in_a_summer_evening_counts_from_the_day_in_london():
    with time_machine.travel(datetime(2026, 7, 1, 0, 30, tzinfo=LONDON), tick=False):
        county = counties.found(add_months(today(), -13))
        version = sent(county)
        before = today() - timedelta(days=1)
        make.sign_all(version)
        assert code(version.document, county.police, before) == "never_asked"


def test_withdrawn_and_signed_again_has_signed_also_on_the_same_day(county):
    document = make.agreement(
        county.partnership, county.council, county.police, state=State.IN_FORCE
    )
    slot = document.governing.slots.filter(organisation=county.police).first()
    signing.record_withdrawal(by=TEST, slot=slot, reason="It left.", withdrawn_on=today())
    assert code(document, county.police) == "withdrawn"
    make.sign(slot)
    assert code(document, county.police) == "signed"


def test_a_party_that_ends_later_has_not_ended_yet(county):
    version = make.agreement(county.partnership, county.council, county.police).newest
    body = county.police
    with act(by=TEST, verb="organisation.ended", subject=body):
        body.ends_on = today()
        body.save()
    assert "D6" not in {finding.code for finding in broken_by(version)}
    with act(by=TEST, verb="organisation.ended", subject=body):
        body.ends_on = today() - timedelta(days=1)
        body.save()
    assert "D6" in {finding.code for finding in broken_by(version)}
