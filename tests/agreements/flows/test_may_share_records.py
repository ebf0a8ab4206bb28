"""“May A send B this?” where records were merged, units act, entries came from old registers, groups rejoin."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements.flows.asking import Asked, Verdict, may_share
from agreements.flows.models import Line, PartyGroup
from agreements.flows.services import groups
from register.core.dates import add_months, today
from register.directory.models.organisations import LegalStatus
from register.directory.services import merging
from register.directory.services import organisations as bodies
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.services import content, moving
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


def shared(county, giver=None, taker=None, **flow):
    pair = {"providers": giver or county.council, "recipients": taker or county.police}
    return make_flows.agreement_with(
        county.partnership, county.council, county.police, flows=[pair | flow]
    )


def ask(county, giver, taker, **facts):
    facts.setdefault("on", today())
    return may_share(county.users["office"], Asked(giver.surviving, taker.surviving, **facts))


def test_what_a_body_signed_under_a_record_that_was_merged_twice_still_counts(county):
    shared(county)
    middle, last = (bodies.add_organisation(by=TEST, legal_name=f"New {n}") for n in "AB")
    for old, new in ((county.police, middle), (middle, last)):
        merging.merge_organisations(
            by=TEST, duplicate=old, into=new, row_version=old.row_version, reason="One body."
        )
    last.refresh_from_db()
    assert ask(county, county.council, last).verdict == Verdict.YES


def test_a_flow_from_a_unit_is_active_once_its_body_has_signed(county):
    unit = bodies.add_organisation(
        by=TEST, legal_name="Children's Services", legal_status=LegalStatus.UNIT,
        unit_of=county.council,
    )  # fmt: skip
    shared(county, giver=unit)
    assert Line.objects.get().is_active
    assert ask(county, unit, county.police).verdict == Verdict.YES
    assert ask(county, county.council, county.police).verdict == Verdict.YES


def test_an_entry_recorded_as_ended_without_a_day_is_expired(county):
    document = shared(county)
    version = document.governing
    moving.end(by=TEST, document=document, reason="Over.")
    with act(by=TEST, verb="version.changed", subject=document):
        version = Version.objects.get(pk=version.pk)
        version.ended_on = None
        version.save()
    answer = ask(county, county.council, county.police)
    assert answer.verdict == Verdict.EXPIRED
    assert "ended" in answer.reason


def test_what_is_over_lets_nobody_send_other_data(county):
    document = shared(county, categories=("contact",))
    moving.end(by=TEST, document=document, reason="Over.")
    answer = ask(county, county.council, county.police, categories=("housing",))
    assert answer.verdict == Verdict.NOT_COVERED
    assert document.reference not in answer.reason


def test_a_body_joins_a_group_again_only_after_its_last_day_in_it(county):
    document = make.agreement(county.partnership, county.council, county.police)
    group = content.add_item(
        by=TEST, version=document.newest, model=PartyGroup, name="All practices"
    )
    said = {
        "by": TEST, "document": document, "group": group.lineage, "organisation": county.trust,
        "form_signatory": "Dr Mair Llwyd",
    }  # fmt: skip
    member = groups.join_group(**said)
    groups.leave_group(
        by=TEST, member=member, row_version=member.row_version, on=today(), reason="Closed."
    )
    with pytest.raises(ValidationError):
        groups.join_group(**said)
    groups.join_group(**said, starts_on=today() + timedelta(days=1))


def test_a_group_whose_members_signed_their_forms_is_active(county):
    document = make.agreement(county.partnership, county.council, county.police)
    version = document.newest
    group = content.add_item(by=TEST, version=version, model=PartyGroup, name="All practices")
    make_flows.flow(version, county.council, group)
    make.walk(version, State.IN_FORCE)
    assert not Line.objects.exists()
    groups.join_group(
        by=TEST, document=document, group=group.lineage, organisation=county.trust,
        form_signatory="Dr Mair Llwyd",
    )  # fmt: skip
    assert Line.objects.get().is_active
