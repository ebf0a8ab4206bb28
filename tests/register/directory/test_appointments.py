"""Posts and those who hold them; roles and what they let people do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.dates import today
from register.directory.grants import recompute, recompute_all
from register.directory.models import (
    Appointment,
    MembershipUserObjectPermission,
    PartnershipUserObjectPermission,
)
from register.directory.reach import reach_of
from register.directory.rosters import lacks_senior_officer, missing_nominations, posts_of
from register.directory.services import appointments, posts
from register.ledger.models import Entry
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
YESTERDAY = today() - timedelta(days=1)


@worlds.shared
def place():
    return make.partnership("Wyrefordshire Partnership")


@worlds.shared
def member(place):
    return make.member(place, "Wyrefordshire Council")


def test_a_post_begins_vacant_and_is_called_by_its_kind(member):
    post = make.post(member.organisation, "caldicott_guardian")

    assert post.title == "Caldicott Guardian"
    assert posts_of([member.organisation])[0].is_vacant


def test_a_post_is_of_the_list(member):
    with pytest.raises(ValidationError, match="not in the list of kinds of post"):
        make.post(member.organisation, "wizard")


def test_one_holder_at_a_time_and_others_acting_shared_or_deputy(member):
    post = make.post(member.organisation)
    holder = make.appoint(post, "Ada")

    with pytest.raises(ValidationError, match="Ada holds this post"):
        make.appoint(post, "Bo")
    with pytest.raises(ValidationError, match="Ada holds this post already"):
        make.appoint(post, holder.person, capacity="deputy")
    make.appoint(post, "Cy", capacity="deputy")
    assert [row.person.name for row in post.holders(today())] == ["Ada", "Cy"]


def test_a_deputy_alone_does_not_fill_a_post(member):
    post = make.post(member.organisation)
    make.appoint(post, "Cy", capacity="deputy")

    assert posts_of([member.organisation])[0].is_vacant
    make.appoint(post, "Di", capacity="acting")
    assert not posts_of([member.organisation])[0].is_vacant


def test_one_person_may_hold_posts_in_several_bodies(place, member):
    ada = make.person("Ada")
    make.appoint(make.post(member.organisation), ada)
    make.appoint(make.post(make.member(place).organisation), ada)

    assert ada.appointments.current(today()).count() == 2


def test_a_post_is_filled_by_somebody_new_in_one_act(member):
    post = make.post(member.organisation)

    row = appointments.fill_post(by=TEST, post=post, name="Ed", email="ed@council.example")

    assert (row.person.name, row.person.contact.email) == ("Ed", "ed@council.example")
    with pytest.raises(ValidationError):
        appointments.fill_post(by=TEST, post=post, name="Flo", capacity="holder")
    assert not row.person.__class__.objects.filter(name="Flo").exists()


def test_a_post_ends_when_nobody_holds_it(member):
    post = make.post(member.organisation)
    row = make.appoint(post, "Ada")

    with pytest.raises(ValidationError, match=r"Ada holds this post\. End that appointment first"):
        posts.end_post(by=TEST, post=post)
    appointments.end_appointment(by=TEST, appointment=row, ends_on=YESTERDAY)
    posts.end_post(by=TEST, post=post, ends_on=YESTERDAY)
    with pytest.raises(ValidationError, match="has ended"):
        make.appoint(post, "Bo", starts_on=today())


def test_every_full_member_names_a_senior_officer(place, member):
    observer = make.member(place, "Observer", kind="observer")
    named = make.member(place, "Named").organisation
    make.appoint(make.post(named), "Ada")
    vacant = make.post(member.organisation, "siro")

    missing = missing_nominations(place)

    assert [row.organisation for row in missing.unnamed] == [member.organisation]
    assert [line.post for line in missing.vacant] == [vacant]
    assert missing.count == 2
    assert lacks_senior_officer(member.organisation, posts_of([member.organisation]))
    assert not lacks_senior_officer(observer.organisation, [])


def test_missing_nominations_cost_the_same_for_many_members(place):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            missing_nominations(place)
        return len(queries)

    make.post(make.member(place).organisation)
    few = count()
    for _ in range(10):
        make.appoint(make.post(make.member(place).organisation), "Somebody")
    assert count() == few


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("body_officer", {"read_for", "edit_for", "maintain"}),
        ("manager", {"read_for"}),
        ("adviser", {"read_for", "advise_for"}),
        ("signatory", {"read_for", "sign_for"}),
    ],
)
def test_a_role_for_a_body_gives_its_permissions_there(member, role, codes):
    reach = reach_of(make.officer(role, member))

    assert set(reach.by_membership) == codes
    assert reach.by_partnership == {}


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("register_officer", {"read_all", "edit_all"}),
        ("administrator", {"read_all", "administer", "audit"}),
        ("auditor", {"read_all", "audit"}),
    ],
)
def test_a_role_for_a_partnership_gives_its_permissions_there(place, role, codes):
    reach = reach_of(make.officer(role, place))

    assert reach.by_partnership == {code: {place.pk} for code in codes}
    assert reach.by_membership == {}


def test_a_role_begins_and_ends_with_its_days(member):
    user = make.officer("manager", member, starts_on=today() + timedelta(days=3))
    assert not reach_of(user).memberships
    row = Appointment.objects.get(person=user.person)
    with appointments.act(by=TEST, verb="test.moved"):
        row.starts_on = today()
        row.save()

    assert recompute_all() == 1
    assert reach_of(make.fresh(user)).memberships == {member.pk}
    with appointments.act(by=TEST, verb="test.moved"):
        row.starts_on = row.ends_on = YESTERDAY
        row.save()
    assert recompute(user.person)
    assert not reach_of(make.fresh(user)).memberships
    assert not recompute(user.person)


def test_stored_permissions_are_a_cache_that_comes_back(place, member):
    users = [make.officer("administrator", place), make.officer("body_officer", member)]
    MembershipUserObjectPermission.objects.all().delete()
    PartnershipUserObjectPermission.objects.all().delete()

    assert recompute_all() == 2
    assert reach_of(make.fresh(users[0])).may_administer(place.pk)
    assert reach_of(make.fresh(users[1])).maintains(member.organisation_id)


def test_ending_a_role_takes_effect_after_its_last_day(place):
    user = make.officer("auditor", place)
    row = Appointment.objects.get(person=user.person)

    appointments.end_appointment(by=TEST, appointment=row, ends_on=YESTERDAY, reason="Left")

    assert not reach_of(make.fresh(user)).may_audit()
    assert Entry.objects.get(verb="appointment.ended").reason == "Left"
    with pytest.raises(ValidationError, match="has an end already"):
        appointments.end_appointment(by=TEST, appointment=row)


def test_a_partnership_keeps_an_administrator(place):
    first = make.officer("administrator", place, "First Admin")
    row = Appointment.objects.get(person=first.person)

    with pytest.raises(ValidationError, match="First Admin is the only administrator"):
        appointments.end_appointment(by=first, appointment=row)
    make.officer("administrator", place, "Second Admin")
    assert appointments.end_appointment(by=first, appointment=row).ends_on == today()


def test_a_role_names_what_it_is_for(place, member):
    ada = make.person("Ada")
    role = appointments.appoint_to_role
    with pytest.raises(ValidationError, match="Choose the body for which to be manager"):
        role(by=TEST, person=ada, role="manager", partnership=place)
    with pytest.raises(ValidationError, match="Auditor is a role for a whole partnership"):
        role(by=TEST, person=ada, role="auditor", membership=member)
    with pytest.raises(ValidationError, match="There is no role"):
        role(by=TEST, person=ada, role="king", partnership=place)
    role(by=TEST, person=ada, role="manager", membership=member)
    with pytest.raises(ValidationError, match="Ada has that role already"):
        role(by=TEST, person=ada, role="manager", membership=member)


@pytest.mark.parametrize("role", ["register_officer", "body_officer", "auditor"])
def test_administrators_alone_give_roles(place, member, role):
    by = make.officer(role, member if role == "body_officer" else place)
    ada = make.person("Ada")
    row = Appointment.objects.get(person=make.officer("manager", member).person)

    with pytest.raises(PermissionDenied, match="Only administrators of Wyrefordshire"):
        appointments.appoint_to_role(by=by, person=ada, role="manager", membership=member)
    with pytest.raises(PermissionDenied, match="Only administrators of Wyrefordshire"):
        appointments.end_appointment(by=by, appointment=row)


def test_a_bodys_own_officer_appoints_to_its_posts_and_to_no_others(place, member):
    by = make.officer("body_officer", member)
    mine = posts.add_post(by=by, organisation=member.organisation, kind="siro")
    other = make.post(make.member(place, "Other").organisation)

    assert appointments.appoint_to_post(by=by, person=make.person("Ada"), post=mine)
    for act in (
        lambda: appointments.appoint_to_post(by=by, person=make.person("Bo"), post=other),
        lambda: posts.add_post(by=by, organisation=other.organisation, kind="siro"),
        lambda: posts.change_post(by=by, post=other, row_version=1, title="Mine"),
        lambda: posts.end_post(by=by, post=other),
    ):
        with pytest.raises(PermissionDenied, match="Only officers of Other or"):
            act()
