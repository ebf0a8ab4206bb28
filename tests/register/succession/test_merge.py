"""One council merges into another on 1 April next: what follows in every entry, and when."""

from datetime import datetime, time

import pytest

from agreements.flows.asking import Asked, Verdict, may_share
from agreements.flows.models import FlowParty, Line
from register.core.dates import LONDON, today
from register.dashboard.choices import body_with_merged
from register.directory.models import Appointment, Organisation, Post
from register.documents.assurance_panel import lines_of
from register.documents.bound import bound_bodies
from register.documents.forms.life import SuspendForm
from register.documents.index import bodies_of
from register.documents.material import material_of
from register.documents.models import Party
from register.documents.services import drafting
from register.documents.standing import Standing
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.notices.models import Notice
from register.past.reading import as_at
from register.search.models import Row, RowBody, Text
from register.signing.forms.bodies import JoinForm
from register.signing.models import SignatureKind, SigningRequest
from register.signing.standing import standing_of
from register.succession.models import Succession, Takeover
from register.succession.services import apply_due, applying
from register.succession.touching import preview
from register.tasks.models import Task
from tests import make_documents as documents
from tests import worlds
from tests.register.succession.on_the_day import ORDER, World, again, before, day, next_april

pytestmark = pytest.mark.django_db


@worlds.shared
def world():
    return World(bodies=8)


def outcomes(succession: Succession) -> dict[str, str]:
    rows = Takeover.objects.filter(succession=succession)
    return {row.document.newest.title: row.outcome for row in rows.select_related("document")}


def test_nothing_happens_before_its_day_and_everything_on_it(world):
    on = next_april()
    succession = world.planned(on, by_transfer_order=True)

    with day(before(on)):
        assert apply_due() == 0
        assert again(world.county.council).ends_on is None
    with day(on):
        assert apply_due() == 4
        council = again(world.county.council)
        assert (council.ends_on, council.succeeded_on) == (before(on), on)
        assert council.surviving == world.new
        assert again(succession).done_at is not None
        assert outcomes(succession) == {
            "In force": "carried", "In draft": "named", "Out to sign": "asked",
        }  # fmt: skip
        assert apply_due() == 0


def test_by_a_transfer_order_signatures_carry_over_and_nobody_signs_again(world):
    version = world.in_force.governing
    told = world.planned(today(), by_transfer_order=True)
    apply_due()

    slots = version.slots.standing()
    assert {slot.organisation for slot in slots} == {world.new, world.county.police}
    rows = [slot.newest_row for slot in slots.filter(organisation=world.new)]
    assert {row.kind for row in rows} == {SignatureKind.CARRIED_OVER}
    assert {row.body_name for row in rows} == {"Greater Wyre Council"}
    assert {(row.on_behalf_of, ORDER in row.reason) for row in rows} == {
        ("WY County Council", True)
    }
    gone = version.slots.exclude(voided_at=None)
    assert {slot.signatures.count() for slot in gone} == {1}
    assert gone.count() == len(rows)
    standing = standing_of([(world.in_force.pk, world.new.pk)])
    assert standing[world.in_force.pk, world.new.pk].code == "signed"
    assert Line.objects.filter(document_id=world.in_force.pk).get().is_active
    assert not SigningRequest.objects.open().filter(slot__version=version).exists()
    assert outcomes(told)["In force"] == "carried"
    verify()


def test_without_an_order_the_successor_is_asked_afresh_and_told_by_mail(world):
    version = world.in_force.governing
    world.planned(today())
    apply_due()

    asked = SigningRequest.objects.open().filter(slot__version=version)
    assert {row.slot.organisation for row in asked} == {world.new}
    assert "New senior officer" in {row.person.name for row in asked}
    assert all(row.asked_at for row in asked)
    assert Notice.objects.filter(to="senior_officer@new.example").exists()
    standing = standing_of([(world.in_force.pk, world.new.pk)])
    assert standing[world.in_force.pk, world.new.pk].code == "asked"
    assert not Line.objects.filter(document_id=world.in_force.pk).get().is_active
    assert version.is_governing


def test_where_nobody_can_be_asked_the_office_gets_a_task(world):
    lone = Organisation.objects.get(legal_name="Parish Council 2")
    world.planned(today(), bodies_to=[lone])
    apply_due()

    task = Task.objects.get(document_id=world.in_force.pk)
    assert "Parish Council 2" in task.why


def test_frozen_text_keeps_its_names_and_drafts_take_the_new_one(world):
    frozen = set(
        Party.objects.filter(version=world.in_force.governing).values_list("pk", "organisation")
    )
    digest = world.in_force.governing.body_sha256
    world.planned(today(), by_transfer_order=True)
    apply_due()

    version = again(world.in_force).governing
    assert version.body_sha256 == digest
    assert set(Party.objects.filter(version=version).values_list("pk", "organisation")) == frozen
    draft = world.draft.newest
    parties = Party.objects.filter(version=draft).values_list("organisation__legal_name", flat=True)
    assert set(parties) == {"Greater Wyre Council", "WY Police"}
    ends = FlowParty.objects.filter(version=draft).values_list("organisation", flat=True)
    assert set(ends) == {world.new.pk, world.county.police.pk}


def test_lists_searches_and_questions_show_the_successor_from_the_day(world):
    world.planned(today(), by_transfer_order=True)
    apply_due()
    council, new, police = world.county.council, world.new, world.county.police

    named = RowBody.objects.filter(organisation_id__in=body_with_merged(new.pk))
    assert {world.in_force.pk, world.draft.pk, world.out.pk} == set(
        named.values_list("row_id", flat=True)
    )
    row = Row.objects.get(pk=world.in_force.pk)
    assert (row.lead_name, row.parties) == ("Greater Wyre Council", 2)
    assert row.signed == row.slots
    text = Text.objects.get(version_id=world.in_force.governing.pk)
    assert "Greater Wyre Council" in text.bodies
    assert "WY County Council" in text.bodies
    line = Line.objects.get(document_id=world.in_force.pk)
    assert (line.provider_id, line.recipient_id) == (new.pk, police.pk)
    answer = may_share(world.office, Asked(new, police, on=today()))
    assert answer.verdict == Verdict.YES
    assert bound_bodies(world.in_force.governing) == [new, police]
    assert council.pk not in RowBody.objects.values_list("organisation_id", flat=True)


def test_memberships_communities_posts_and_names_follow(world):
    on = today()
    world.planned(on, by_transfer_order=True)
    apply_due()
    council, new = again(world.county.council), world.new

    assert not council.memberships.current(on).exists()
    assert new.memberships.current(on).count() == 1
    assert not Post.objects.current(on).filter(organisation=council).exists()
    assert not Appointment.objects.current(on).filter(post__organisation=council).exists()
    assert new.community_memberships.current(on).count() == 1
    formerly = new.names.get()
    assert (formerly.name, formerly.kind) == ("WY County Council", "former")
    about = Entry.objects.about(council).values_list("verb", flat=True)
    assert {"succession.prepared", "succession.begun"} <= set(about)


def test_what_is_offered_for_the_entry_from_the_day_on_is_the_successor(world):
    world.planned(today(), by_transfer_order=True)
    apply_due()
    entry, council, new = again(world.in_force), world.county.council, world.new

    standing = Standing(entry, [entry.governing])
    bodies = set(SuspendForm(standing=standing).fields["party"].queryset)
    assert (new in bodies, council in bodies) == (True, False)
    joins = {post.organisation for post in JoinForm(document=entry).fields["post"].queryset}
    assert new not in joins
    assert council.pk not in {line.body.pk for line in lines_of(entry.governing, today())}


def test_a_view_of_the_day_before_shows_the_body_that_was(world):
    on = next_april()
    world.planned(on, by_transfer_order=True)
    with day(on):
        apply_due()
    noon = datetime.combine(before(on), time(12), LONDON)
    with as_at(noon):
        then = bodies_of(material_of([world.in_force.pk]))[world.in_force.pk]
        assert Organisation.objects.get(pk=world.county.council.pk).ends_on is None
        assert {slot.organisation_id for slot in world.in_force.governing.slots.standing()} == then
    assert then == {world.county.council.pk, world.county.police.pk}
    assert bodies_of(material_of([world.in_force.pk]))[world.in_force.pk] == {
        world.new.pk, world.county.police.pk,
    }  # fmt: skip


def test_the_next_revision_names_the_successor(world):
    world.planned(today(), by_transfer_order=True)
    apply_due()

    draft = drafting.revise(by=world.office, document=again(world.in_force), changes="Yearly.")
    parties = Party.objects.filter(version=draft).values_list("organisation", flat=True)
    assert set(parties) == {world.new.pk, world.county.police.pk}
    ends = FlowParty.objects.filter(version=draft).values_list("organisation", flat=True)
    assert set(ends) == {world.new.pk, world.county.police.pk}
    assert {slot.organisation for slot in draft.slots.standing()} == {
        world.new,
        world.county.police,
    }


def test_of_two_workers_each_entry_is_followed_once_and_a_killed_one_is_resumed(world, monkeypatch):
    succession = world.planned(today(), by_transfer_order=True)
    real, seen = applying.follow, []

    def dies(pk):
        seen.append(pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(pk)

    monkeypatch.setattr(applying, "follow", dies)
    with pytest.raises(KeyboardInterrupt):
        apply_due()
    assert Takeover.objects.filter(succession=succession, done_at=None).count() == 2
    monkeypatch.setattr(applying, "follow", real)
    assert apply_due() == 2
    assert again(succession).done_at is not None
    assert [real(row.pk) for row in Takeover.objects.all()] == [False] * 3
    acts = Entry.objects.filter(verb="document.succeeded")
    assert acts.count() == 3


def test_more_entries_cost_the_preview_no_more_statements(world, django_assert_max_num_queries):
    succession = world.planned(today())
    with django_assert_max_num_queries(70) as few:
        assert len(preview(world.office, succession).entries) == 3
    place, both = world.county.partnership, (world.county.council, world.county.police)
    for number in range(3):
        documents.agreement(place, *both, title=f"Draft {number}")
    with django_assert_max_num_queries(len(few)):
        found = preview(world.office, succession)
    assert len(found.entries) == 6
    assert found.fresh == 2
