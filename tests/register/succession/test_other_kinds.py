"""A split, a new name and a closing, and what each means in the entries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.flows.asking import Asked, Verdict, may_share
from agreements.flows.models import GroupMember, Line, PartyGroup
from agreements.flows.services import groups
from register.core.dates import today
from register.directory.survivors import survivors, taken_around
from register.documents.bound import bound_bodies
from register.documents.models import Party
from register.documents.services import facts
from register.ledger.acts import act
from register.reviews.models import Review
from register.search.models import Row, RowBody, Text
from register.signing.models import SigningRequest
from register.signing.standing import standing_of
from register.succession import services
from register.succession.models import Takeover
from register.succession.services import apply_due
from tests import make, worlds
from tests import make_documents as documents
from tests.register.succession.on_the_day import ORDER, World, again, before

pytestmark = pytest.mark.django_db


@worlds.shared
def world():
    made = World(bodies=8)
    made.south = make.member(made.county.partnership, "South Wyre Council").organisation
    make.appoint(make.post(made.south), "South senior officer")
    made.second = documents.agreement(
        made.county.partnership, made.county.council, made.county.trust, state="in_force",
        title="Second",
    )  # fmt: skip
    return made


def split(world, **facts):
    facts = {"kind": "split", "bodies_from": [world.county.council], "instrument": ORDER,
             "bodies_to": [world.new, world.south], "on": today(), **facts}  # fmt: skip
    made = services.prepare_succession(by=world.office, **facts)
    services.choose_successors(
        by=world.office, succession=made, row_version=1, choices={world.second.pk: world.south}
    )
    return services.confirm_succession(by=world.office, succession=made, row_version=2)


def test_on_a_split_each_entry_goes_to_the_body_chosen_for_it(world):
    split(world, by_transfer_order=True)
    apply_due()
    council, new, south = world.county.council, world.new, world.south

    assert again(council).was_split
    assert bound_bodies(again(world.in_force).governing) == [new, world.county.police]
    assert bound_bodies(again(world.second).governing) == [south, world.county.trust]
    named = RowBody.objects.filter(row_id=world.second.pk)
    assert set(named.values_list("organisation_id", flat=True)) == {south.pk, world.county.trust.pk}
    text = Text.objects.get(version_id=world.second.governing.pk).bodies
    assert "South Wyre Council" in text
    assert "WY County Council" in text
    line = Line.objects.get(document_id=world.in_force.pk)
    assert (line.provider_id, line.is_active) == (new.pk, True)
    found = standing_of([world.in_force.pk, world.second.pk])
    assert found[world.in_force.pk, new.pk].code == "signed"
    assert found[world.second.pk, south.pk].code == "signed"
    assert (world.second.pk, new.pk) not in found
    assert (world.second.pk, council.pk) not in found


def test_after_a_split_may_a_send_b_this_is_answered_for_the_body_that_took_the_entry(world):
    split(world, by_transfer_order=True)
    apply_due()
    police = world.county.police

    answers = {
        body.called: may_share(world.office, Asked(again(body), police, on=today())).verdict
        for body in (world.new, world.south, world.county.council)
    }
    assert answers == {
        "Greater Wyre Council": Verdict.YES,
        "South Wyre Council": Verdict.NOT_COVERED,
        "WY County Council": Verdict.NOT_COVERED,
    }


def test_who_took_a_place_from_who_took_it_answers_and_other_splits_are_not_read(world):
    split(world, by_transfer_order=True)
    apply_due()
    north, east = (make.member(world.county.partnership, name).organisation
                   for name in ("North Wyre Council", "East Wyre Council"))  # fmt: skip
    made = services.prepare_succession(
        by=world.office, kind="split", bodies_from=[again(world.new)], bodies_to=[north, east],
        instrument=ORDER, on=today(), by_transfer_order=True,
    )  # fmt: skip
    services.confirm_succession(by=world.office, succession=made, row_version=1)
    apply_due()

    police = world.county.police
    answers = [
        may_share(world.office, Asked(again(body), police, on=today())).verdict
        for body in (north, world.new)
    ]
    assert answers == [Verdict.YES, Verdict.NOT_COVERED]
    known = survivors()
    council = world.county.council
    assert taken_around({police.pk}, known) == {}
    assert taken_around({world.south.pk}, known) == {(world.second.pk, council.pk): world.south.pk}
    with CaptureQueriesContext(connection) as queries:
        may_share(world.office, Asked(world.county.trust, police, on=today()))
    read = [row["sql"] for row in queries if "succession_takeover" in row["sql"]]
    assert read
    assert all('"succession_takeover"."body_id" IN' in sql for sql in read)


def test_what_was_suspended_for_a_body_stays_suspended_for_who_took_the_entry(world):
    facts.suspend(by=world.office, document=again(world.in_force), party=world.county.council,
                  reason="The data was late.")  # fmt: skip
    split(world, by_transfer_order=True)
    apply_due()

    asked = Asked(again(world.new), world.county.police, on=today())
    answer = may_share(world.office, asked)
    assert answer.verdict == Verdict.NO
    assert "The data was late." in answer.reason


def test_without_an_order_a_split_asks_each_successor_for_its_own_entries(world):
    split(world)
    apply_due()

    asked = SigningRequest.objects.open().filter(slot__voided_at=None, slot__is_accession=True)
    assert {(row.slot.version.title, row.slot.organisation.called) for row in asked} == {
        ("In force", "Greater Wyre Council"), ("Second", "South Wyre Council"),
    }  # fmt: skip
    answer = may_share(world.office, Asked(world.new, world.county.police, on=today()))
    assert answer.verdict == Verdict.UNSIGNED


def test_a_body_that_goes_on_after_a_split_keeps_what_was_not_chosen_away(world):
    council = world.county.council
    split(world, bodies_to=[council, world.south], by_transfer_order=True)
    apply_due()

    assert again(council).ends_on is None
    assert council.memberships.current(today()).exists()
    assert bound_bodies(again(world.in_force).governing)[0].legal_name == "WY County Council"
    assert bound_bodies(again(world.second).governing)[0] == world.south
    outcome = Takeover.objects.get(document=world.in_force).outcome
    assert outcome == "nothing"


def test_a_new_name_shows_in_lists_and_signed_text_keeps_the_old_one(world):
    made = services.prepare_succession(
        by=world.office, kind="rename", bodies_from=[world.county.council], on=today(),
        new_name="Wyre Unitary Council",
    )  # fmt: skip
    services.confirm_succession(by=world.office, succession=made, row_version=1)
    apply_due()

    council = again(world.county.council)
    assert (council.legal_name, council.ends_on) == ("Wyre Unitary Council", None)
    assert council.names.get().name == "WY County Council"
    assert Row.objects.get(pk=world.in_force.pk).lead_name == "Wyre Unitary Council"
    party = Party.objects.get(version=world.in_force.governing, organisation=council)
    assert party.name_as_signed == "WY County Council"
    assert again(made).done_at is not None


def test_a_body_that_closes_leaves_the_groups_that_it_had_joined(world):
    group = PartyGroup(version=world.draft.newest, name="Practices")
    with act(by="system:test", verb="group.added", subject=world.draft):
        group.save()
    groups.join_group(
        by=world.office, document=world.draft, group=group.lineage,
        organisation=world.county.council, form_signatory="A. Partner", starts_on=before(today()),
    )  # fmt: skip
    made = services.prepare_succession(
        by=world.office, kind="close", bodies_from=[world.county.council], on=today()
    )
    services.confirm_succession(by=world.office, succession=made, row_version=1)
    apply_due()

    assert not GroupMember.objects.current(today()).filter(document=world.draft).exists()


def test_closing_opens_an_early_review_of_each_agreement_that_loses_a_party(world):
    made = services.prepare_succession(
        by=world.office, kind="close", bodies_from=[world.county.council], on=today()
    )
    services.confirm_succession(by=world.office, succession=made, row_version=1)
    apply_due()

    council = again(world.county.council)
    assert council.ends_on == before(today())
    reviews = Review.objects.open().select_related("version")
    assert {review.version.title for review in reviews} == {"In force", "Second"}
    assert {review.event for review in reviews} == {"party_left"}
    assert not world.out.newest.slots.open().filter(organisation=council).exists()
    assert apply_due() == 0
