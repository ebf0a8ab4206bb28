"""After two records were merged every question counts what names either for the one that survives."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.flows.models import Line
from register.accounts.roles import EDIT_FOR, READ_FOR
from register.chasing.reading import Wanted
from register.core.dates import add_months, today
from register.core.ripple import touched
from register.directory.causes import membership_ends
from register.directory.models import Organisation
from register.directory.reach import reach_of
from register.directory.services import merging
from register.documents.lifecycle import State
from register.documents.models import Document, Party
from register.documents.services import facts
from register.search.models import RowBody
from register.signing.forms.paper import SlotForm
from register.signing.models import Slot
from register.signing.panels import slots_task
from register.signing.services import slots
from register.signing.standing import standing_of
from register.signing.steps import require_slots
from register.worklist.dates_ahead import _rows
from register.worklist.models import Feed
from tests import county as counties
from tests import make, make_flows, worlds
from tests import make_documents as documents

pytestmark = pytest.mark.django_db
TEST = "system:test"


class Merged:
    """A county whose council was written twice: entries name the record that is merged away."""

    def __init__(self) -> None:
        self.county = county = counties.found(add_months(today(), -13))
        self.gone = county.council
        self.into = make.member(county.partnership, "County Council of Wyre").organisation
        self.officer = make.officer("body_officer", self.into.memberships.get())
        pair = {"providers": self.gone, "recipients": county.police}
        both = (self.gone, county.police)
        self.agreement = make_flows.agreement_with(county.partnership, *both, flows=[pair])
        facts.change_facts(
            by=TEST, document=self.agreement, row_version=self.agreement.row_version,
            visibility="parties",
        )  # fmt: skip
        self.out = documents.agreement(county.partnership, *both, state=State.SIGNING)
        merging.merge_organisations(
            by=county.users["office"], duplicate=self.gone, into=self.into,
            row_version=self.gone.row_version,
        )  # fmt: skip
        self.into = Organisation.objects.get(pk=self.into.pk)


@worlds.shared
def world():
    return Merged()


def test_nothing_that_names_the_record_is_rewritten(world):
    rows = Party.objects.filter(organisation=world.gone)
    assert rows.count() == 2
    assert Slot.objects.filter(organisation=world.gone).exists()


def test_the_list_the_facet_and_the_matrix_find_the_survivor(world):
    named = RowBody.objects.filter(row_id=world.agreement.pk)
    assert world.into.pk in named.values_list("organisation_id", flat=True)
    line = Line.objects.get(document_id=world.agreement.pk)
    assert (line.provider_id, line.is_active) == (world.into.pk, True)
    standing = standing_of([world.agreement.pk])
    assert standing[world.agreement.pk, world.into.pk].code == "signed"


def test_the_pages_find_it_by_the_filter_by_body(world, client):
    client.force_login(
        world.county.users["office"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(f"{reverse('dashboard:register')}?body={world.into.pk}").content.decode()
    assert world.agreement.reference in page
    body = client.get(world.into.get_absolute_url()).content.decode()
    assert "Council Senior Officer" in body  # holds a post of the record that was merged


def test_whoever_acts_for_the_survivor_acts_for_what_was_merged_into_it(world):
    reach = reach_of(make.fresh(world.officer))
    assert {world.gone.pk, world.into.pk} <= reach.bodies(READ_FOR)
    assert world.gone.pk in reach.bodies(EDIT_FOR)
    seen = Document.objects.visible_to(make.fresh(world.officer))
    assert seen.filter(pk=world.agreement.pk).exists()


def test_whoever_acted_for_the_merged_record_goes_on_reading(world):
    officer = make.fresh(world.county.users["council_officer"])
    assert Document.objects.visible_to(officer).filter(pk=world.agreement.pk).exists()


def test_signatures_to_chase_and_feeds_count_both_records(world):
    rows = Slot.objects.open().filter(version=world.out.newest)
    found = Wanted("unasked", body=world.into.pk).apply(rows)
    assert {slot.organisation_id for slot in found} == {world.gone.pk}
    for body in (world.gone, world.into):
        feed = Feed(user=world.county.users["office"], kind="body", organisation=body)
        assert world.agreement.pk in _rows(feed).values_list("pk", flat=True)


def test_a_membership_that_ends_says_what_it_touches_by_either_record(world):
    row = world.into.memberships.get()
    found = {touch.pk for touch in touched(membership_ends(row)) if touch.subject == "document"}
    assert world.agreement.pk in found


def test_a_draft_that_names_the_merged_record_is_signed_by_the_survivor(world):
    draft = documents.agreement(world.county.partnership, world.gone, world.county.police).newest
    post = make.post(world.into, "senior_officer")
    offered = SlotForm(version=draft).fields["post"].queryset
    assert {row.organisation for row in offered} == {world.into, world.county.police}

    assert f"Add a place to sign for {world.into}." in slots_task(draft).problems
    slots.add_slot(by=TEST, version=draft, organisation=world.into, post=post)
    assert slots_task(draft).problems == (f"Add a place to sign for {world.county.police}.",)
    with pytest.raises(ValidationError, match=f"No post signs for {world.county.police}."):
        require_slots(draft)


def test_a_body_that_becomes_a_member_reads_what_names_the_record_merged_into_it(world):
    place = make.partnership("Next County Partnership")
    twin = make.member(world.county.partnership, "Wyre Council of the County").organisation
    make.appoint(make.post(twin), "Twin signatory")
    entry = documents.agreement(place, twin, world.county.police, state=State.IN_FORCE)
    merging.merge_organisations(
        by=TEST, duplicate=twin, into=world.into, row_version=twin.row_version
    )
    assert not entry.readers.exists()
    row = make.member(place, world.into)
    assert entry.readers.get().membership == row
