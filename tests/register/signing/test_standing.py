"""How a body stands to a document: the truth table, day by day."""

from datetime import timedelta

import pytest

from register.core.dates import add_months, today
from register.directory.services import memberships, merging
from register.documents.lifecycle import State
from register.documents.models import Part, Party
from register.documents.services import content, drafting, moving
from register.ledger.acts import act
from register.signing import services as signing
from register.signing.gaps import tier_gaps
from register.signing.models import Slot
from register.signing.standing import standing_of
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


@pytest.fixture
def charter(county):
    """Out for signature to council and police; the trust observes."""
    document = make.charter(county.partnership, county.council, county.police)
    version = document.newest
    content.add_party(by=TEST, version=version, organisation=county.trust, part=Part.OBSERVER)
    make.walk(version, State.SIGNING)
    return document


def standing(document, body, day=None):
    return standing_of([(document.pk, body.pk)], day)[document.pk, body.pk]


def code(document, body, day=None):
    return standing(document, body, day).code


def slot_of(document, body):
    return Slot.objects.standing().filter(version__document=document, organisation=body).last()


def withdraw(slot, on=None):
    signing.record_withdrawal(by=TEST, slot=slot, reason="It left.", withdrawn_on=on or today())


def test_who_was_asked_and_who_observes_and_who_never_was(charter, county):
    assert code(charter, county.council) == "asked"
    assert code(charter, county.trust) == "observer"
    assert code(charter, county.charity) == "never_asked"


def test_signed_with_its_day_and_post(charter, county):
    make.sign(slot_of(charter, county.council))
    found = standing(charter, county.council)
    assert (found.code, found.on, found.post) == ("signed", today(), "Chief executive")
    assert found.counts
    assert code(charter, county.police) == "asked"


def test_on_a_day_before_it_signed_it_was_only_asked(charter, county):
    make.sign(slot_of(charter, county.council))
    assert code(charter, county.council, today() - timedelta(days=1)) == "asked"


def test_refused_and_withdrawn(charter, county):
    signing.record_refusal(
        by=TEST, slot=slot_of(charter, county.police), person_name="A Chief",
        reason_class="legal", reason="No power.", refused_on=today(),
    )  # fmt: skip
    assert code(charter, county.police) == "refused"
    make.sign(slot_of(charter, county.council))
    withdraw(slot_of(charter, county.council))
    assert code(charter, county.council) == "withdrawn"
    make.sign(slot_of(charter, county.council))
    assert code(charter, county.council) == "signed"


def test_every_required_place_must_be_signed_and_others_need_not(county):
    document = make.charter(county.partnership, county.council, county.police)
    version = document.newest
    for kind, needed in (
        ("chief_executive", True),
        ("executive_lead", True),
        ("senior_officer", False),
    ):
        make.slot(version, county.council, county.posts["council", kind], is_required=needed)
    make.slot(version, county.police, county.posts["police", "chief_executive"])
    moving.send_for_signature(by=TEST, version=version)
    first, second = Slot.objects.filter(organisation=county.council, is_required=True)
    make.sign(first)
    assert code(document, county.council) == "asked"
    make.sign(second)
    assert code(document, county.council) == "signed"


def test_a_party_without_a_place_to_sign_was_never_asked(charter, county):
    signing.void_slot(by=TEST, slot=slot_of(charter, county.police), reason="It is abolished.")
    assert code(charter, county.police) == "never_asked"


def test_what_ended_binds_nobody(charter, county):
    make.sign_all(charter.newest)
    moving.end(by=TEST, document=charter, reason="It is over.")
    found = standing(charter, county.council)
    assert (found.code, found.on) == ("ended", today())


def test_a_signature_of_an_earlier_version_only_is_said_so(charter, county):
    make.sign_all(charter.newest)
    new = drafting.revise(by=TEST, document=charter, changes="Without the police.")
    content.remove_item(by=TEST, row=Party.objects.get(version=new, organisation=county.police))
    for place in Slot.objects.filter(version=new, organisation=county.police):
        signing.void_slot(by=TEST, slot=place, reason="No party any more.")
    content.add_party(by=TEST, version=new, organisation=county.charity, only_this_reason="Once.")
    make.slot(new, county.charity, county.posts["charity", "senior_officer"])
    moving.send_for_signature(by=TEST, version=new)
    assert code(charter, county.police) == "signed"
    make.sign(slot_of(charter, county.charity))
    assert code(charter, county.charity) == "asked", "it signed what does not govern yet"
    make.sign(slot_of(charter, county.council))
    assert charter.governing == new
    assert code(charter, county.police) == "superseded"
    assert code(charter, county.charity) == "signed"


def test_a_signature_lapses_with_the_membership(charter, county):
    make.sign_all(charter.newest)
    last = today() - timedelta(days=1)
    memberships.end_membership(by=TEST, membership=county.police.memberships.get(), ends_on=last)
    found = standing(charter, county.police)
    assert (found.code, found.on) == ("lapsed", last)
    assert code(charter, county.police, last) == "never_asked"


def test_a_merged_record_counts_as_the_one_that_survives(charter, county):
    make.sign_all(charter.newest)
    police = county.police
    merging.merge_organisations(
        by=TEST, duplicate=police, into=county.charity, row_version=police.row_version
    )
    assert code(charter, county.charity) == "signed"
    assert code(charter, police) == "signed"
    assert (charter.pk, county.charity.pk) in standing_of([charter.pk])
    assert (charter.pk, police.pk) not in standing_of([charter.pk])


def test_what_is_imported_and_unconfirmed_never_counts_as_signed(charter, county):
    make.sign_all(charter.newest)
    with act(by=TEST, verb="test.marked", subject=charter):
        charter.is_confirmed = False
        charter.save()
    found = standing(charter, county.council)
    assert found.code == "unconfirmed"
    assert not found.counts


def test_many_documents_cost_as_many_statements_as_few(county, django_assert_num_queries):
    def made(count):
        return [
            make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE).pk
            for _ in range(count)
        ]

    few, many = made(3), made(12)
    counts = []
    for ids in (few, few + many):
        with django_assert_num_queries(8) as asked:
            found = standing_of(ids)
        assert len(found) == 2 * len(ids)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_gaps_of_an_agreement_name_each_body_and_tier(county):
    council, police, trust = county.council, county.police, county.trust
    charter = make.charter(county.partnership, council, police, state=State.IN_FORCE)
    protocol = make.protocol(
        charter, county.community, council, police, trust, state=State.IN_FORCE
    )
    agreement = make.agreement(county.partnership, council, police, trust, protocol=protocol)
    withdraw(slot_of(protocol, police))
    gaps = tier_gaps([agreement.newest.pk])[agreement.newest.pk]
    assert {(g.organisation_id, g.tier, g.standing.code) for g in gaps} == {
        (police.pk, 2, "withdrawn"),
        (trust.pk, 1, "never_asked"),
    }
    said = next(gap.sentence for gap in gaps if gap.tier == 1)
    assert (
        said == f"{trust.legal_name} has never been asked to sign the charter {charter.reference}."
    )


def test_a_protocol_is_measured_by_its_charter_and_a_charter_by_nothing(county):
    charter = make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
    protocol = make.protocol(charter, county.community, county.council, county.trust)
    found = tier_gaps([charter.newest.pk, protocol.newest.pk])
    assert found[charter.newest.pk] == []
    assert [gap.organisation_id for gap in found[protocol.newest.pk]] == [county.trust.pk]


def test_a_body_bound_by_this_agreement_only_is_no_gap(county):
    charter = make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
    protocol = make.protocol(charter, county.community, county.council, county.police,
                             state=State.IN_FORCE)  # fmt: skip
    agreement = make.agreement(county.partnership, county.council, protocol=protocol)
    version = agreement.newest
    content.add_party(by=TEST, version=version, organisation=county.trust, only_this_reason="Once.")
    assert tier_gaps([version.pk])[version.pk] == []
