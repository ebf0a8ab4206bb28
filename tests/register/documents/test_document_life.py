"""The whole life of a version, by the named acts."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Version
from register.documents.services import content, drafting, facts, moving
from register.signing import services as signing
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def agreement(county):
    return make.agreement(county.partnership, county.council, county.police)


def test_a_document_goes_its_whole_life(county, agreement):
    draft = agreement.newest
    moving.open_consultation(by=TEST, version=draft)
    signing.propose_slots(by=TEST, version=draft)
    sent = moving.send_for_signature(by=TEST, version=Version.objects.get(pk=draft.pk))
    assert sent.state == State.SIGNING
    assert len(sent.body_sha256) == 64
    *first, last = sent.slots.standing()
    for place in first:
        make.sign(place)
    assert Version.objects.get(pk=draft.pk).state == State.SIGNING
    make.sign(last)
    one = Version.objects.get(pk=draft.pk)
    assert (one.state, one.in_force_on) == (State.IN_FORCE, today())
    two = drafting.revise(by=TEST, document=agreement, changes="A new retention period.")
    assert two.number == 2
    assert Version.objects.get(pk=one.pk).state == State.IN_FORCE
    make.walk(two, State.IN_FORCE)
    assert Version.objects.get(pk=one.pk).state == State.SUPERSEDED
    assert agreement.governing == two
    moving.end(by=TEST, document=agreement, reason="The scheme is over.")
    assert Version.objects.get(pk=two.pk).state == State.ENDED
    assert [t.to_state for t in two.transitions.all()] == ["draft", "signing", "in_force", "ended"]


def test_a_revision_keeps_text_lineage_parties_and_slots(county, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    one = agreement.newest
    two = drafting.revise(by=TEST, document=agreement)
    lineages = [
        list(Clause.objects.filter(version=v).values_list("lineage", "text")) for v in (one, two)
    ]
    assert lineages[0] == lineages[1]
    assert [s.post for s in two.slots.standing()] == [s.post for s in one.slots.standing()]


def test_a_returned_version_ends_and_its_slots_are_asked_again(county, agreement):
    sent = make.walk(agreement.newest, State.SIGNING)
    make.sign(sent.slots.standing()[0])
    again = moving.return_for_changes(by=TEST, version=sent, reason="Clause 2 is wrong.")
    assert again.state == State.DRAFT
    assert again.slots.standing().count() == sent.slots.count()
    assert not again.slots.signed().exists()
    ended = Version.objects.get(pk=sent.pk)
    assert ended.end_reason == "Returned for changes: Clause 2 is wrong."


def test_a_version_is_not_sent_while_a_rule_bars_it(county):
    document = make.agreement(county.partnership, county.council)
    with pytest.raises(ValidationError, match="Name at least two parties"):
        moving.send_for_signature(by=TEST, version=document.newest)
    assert document.newest.state == State.DRAFT


def test_a_version_is_not_sent_while_a_party_has_nowhere_to_sign(county, agreement):
    make.slot(agreement.newest, county.council, county.posts["council", "senior_officer"])
    with pytest.raises(ValidationError, match="No post signs for WY Police"):
        moving.send_for_signature(by=TEST, version=agreement.newest)


def test_a_party_outside_the_partnership_needs_a_reason(county, agreement):
    version = agreement.newest
    row = content.add_party(by=TEST, version=version, organisation=county.charity)
    with pytest.raises(ValidationError, match="no member of the partnership"):
        moving.send_for_signature(by=TEST, version=version)
    content.change_party(
        by=TEST, party=row, row_version=1, part="party", only_this_reason="It runs the helpline."
    )
    make.walk(version, State.SIGNING)


def test_it_does_not_come_into_force_before_its_day(county, agreement):
    tomorrow = add_months(today(), 1)
    drafting.change_version(
        by=TEST, version=agreement.newest, row_version=1, commencement_on=tomorrow
    )
    sent = make.walk(agreement.newest, State.SIGNING)
    make.sign_all(sent)
    assert Version.objects.get(pk=sent.pk).state == State.SIGNING
    with pytest.raises(ValidationError, match="does not come into force before"):
        moving.move(sent, to=State.IN_FORCE, by=TEST)


def test_two_parties_may_be_enough(county):
    document = make.agreement(county.partnership, county.council, county.police, county.trust)
    drafting.change_version(
        by=TEST, version=document.newest, row_version=1, commencement="two_parties"
    )
    sent = make.walk(document.newest, State.SIGNING)
    council, _, police, *_ = sent.slots.standing()
    make.sign(council)
    assert Version.objects.get(pk=sent.pk).state == State.SIGNING
    make.sign(police)
    assert Version.objects.get(pk=sent.pk).state == State.IN_FORCE
    assert sent.slots.open().count() == 4


@pytest.mark.parametrize("state", [State.DRAFT, State.SUPERSEDED, State.UNDER_REVIEW])
def test_no_move_outside_the_life_is_made(county, agreement, state):
    sent = make.walk(agreement.newest, State.SIGNING)
    with pytest.raises(ValidationError, match="cannot become"):
        moving.move(sent, to=state, by=TEST)


def test_an_end_is_not_before_the_beginning_and_not_ahead(county, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    with pytest.raises(ValidationError, match="not after today"):
        moving.end(by=TEST, document=agreement, reason="x", on=add_months(today(), 1))
    with pytest.raises(ValidationError, match="when it began"):
        moving.end(by=TEST, document=agreement, reason="x", on=add_months(today(), -1))
    with pytest.raises(ValidationError, match="Say why it ends"):
        moving.end(by=TEST, document=agreement, reason=" ")


def test_a_draft_is_discarded_with_a_reason_and_keeps_its_reference(county, agreement):
    with pytest.raises(ValidationError, match="Say why the draft is discarded"):
        moving.discard(by=TEST, version=agreement.newest, reason="")
    moving.discard(by=TEST, version=agreement.newest, reason="Not needed.")
    another = make.agreement(county.partnership, county.council, county.police)
    assert (agreement.reference, another.reference) == ("WY-A-0001", "WY-A-0002")


def test_frozen_text_is_refused_by_service_and_by_the_database(county, agreement):
    sent = make.walk(agreement.newest, State.SIGNING)
    clause = Clause.objects.filter(version=sent).first()
    with pytest.raises(PermissionDenied, match="is frozen"):
        content.change_item(by=TEST, row=clause, row_version=1, text="<p>Other</p>")
    for sql in (
        f"UPDATE documents_clause SET text = 'x' WHERE id = {clause.pk}",
        f"DELETE FROM documents_clause WHERE id = {clause.pk}",
        f"UPDATE documents_version SET title = 'x' WHERE id = {sent.pk}",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_suspension_is_dated_and_ends(county, agreement):
    with pytest.raises(ValidationError, match="nothing to suspend"):
        facts.suspend(by=TEST, document=agreement, reason="A breach.")
    make.walk(agreement.newest, State.IN_FORCE)
    row = facts.suspend(by=TEST, document=agreement, reason="A breach.")
    assert agreement.governing.state == State.IN_FORCE
    assert facts.resume(by=TEST, suspension=row).ends_on == today()
    with pytest.raises(ValidationError, match="ended already"):
        facts.resume(by=TEST, suspension=row)


def test_only_what_has_ended_is_archived(county, agreement):
    with pytest.raises(ValidationError, match="only what has ended"):
        facts.archive(by=TEST, document=agreement)
    make.walk(agreement.newest, State.ENDED)
    assert facts.archive(by=TEST, document=agreement).archived_on == today()
    assert Document.objects.get(pk=agreement.pk).archived_on == today()
