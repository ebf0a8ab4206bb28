"""Bodies join and leave partnerships and communities, dated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.core.dates import today
from register.directory.reach import reach_of
from register.directory.services import communities, memberships
from register.ledger.models import Entry
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def place():
    return make.partnership()


def test_an_office_adds_a_member_from_today(place):
    body = make.organisation("Northmere Council")
    by = make.officer("register_officer", place)

    made = memberships.add_member(by=by, partnership=place, organisation=body)

    assert (made.kind, made.starts_on, made.ends_on) == ("full", today(), None)
    entry = Entry.objects.get(verb="membership.added", subject_pk=str(made.pk))
    assert entry.subject_label == f"Northmere Council in {place}"


def test_a_body_is_a_member_once_at_a_time(place):
    first = make.member(place)

    with pytest.raises(ValidationError, match="already a member of the partnership"):
        make.member(place, first.organisation)
    memberships.end_membership(by=TEST, membership=first, ends_on=today() - timedelta(days=9))
    with pytest.raises(ValidationError, match="already a member"):
        make.member(place, first.organisation, starts_on=today() - timedelta(days=9))
    assert make.member(place, first.organisation, starts_on=today() - timedelta(days=8))


def test_a_body_may_be_in_many_partnerships(place):
    first = make.member(place)
    assert make.member(make.partnership(), first.organisation)


def test_a_supporter_is_a_member_of_the_same_partnership(place):
    elsewhere = make.member(make.partnership())

    with pytest.raises(ValidationError, match="Choose a member of the same partnership"):
        make.member(place, kind="supported", supported_by=elsewhere)


def test_access_goes_with_the_membership(place):
    member = make.member(place)
    officer = make.officer("body_officer", member)
    assert reach_of(officer).maintains(member.organisation_id)

    memberships.end_membership(by=TEST, membership=member, ends_on=today() - timedelta(days=1))

    assert not reach_of(make.fresh(officer)).memberships


def test_the_last_day_of_a_membership_still_counts(place):
    member = make.member(place)
    officer = make.officer("manager", member)

    memberships.end_membership(by=TEST, membership=member)

    assert reach_of(make.fresh(officer)).memberships == {member.pk}


def test_what_has_ended_is_not_ended_again(place):
    member = make.member(place)
    memberships.end_membership(by=TEST, membership=member)

    with pytest.raises(ValidationError, match="has an end already"):
        memberships.end_membership(by=TEST, membership=member)


def test_a_membership_does_not_end_before_it_began(place):
    member = make.member(place)
    with pytest.raises(ValidationError, match="not before the first day"):
        memberships.end_membership(
            by=TEST, membership=member, ends_on=member.starts_on - timedelta(days=1)
        )


def test_the_kind_of_a_membership_changes_with_its_history(place):
    member = make.member(place)

    changed = memberships.change_membership(
        by=TEST, membership=member, row_version=1, kind="observer", reason="Asked for it"
    )

    assert (changed.kind, changed.row_version) == ("observer", 2)
    assert list(changed.history.order_by("history_id").values_list("kind", flat=True)) == [
        "full",
        "observer",
    ]
    with pytest.raises(Conflict):
        memberships.change_membership(by=TEST, membership=member, row_version=1, kind="full")


@pytest.mark.parametrize("role", ["auditor", "body_officer"])
def test_members_are_kept_by_the_office(place, role):
    member = make.member(place)
    by = make.officer(role, member if role == "body_officer" else place)
    community = make.community(place, member.organisation)
    body = make.organisation()
    for act in (
        lambda: memberships.add_member(by=by, partnership=place, organisation=body),
        lambda: memberships.change_membership(
            by=by, membership=member, row_version=1, kind="observer"
        ),
        lambda: memberships.end_membership(by=by, membership=member),
        lambda: communities.add_community(by=by, partnership=place, name="X", shared_objective="Y"),
        lambda: communities.change_community(by=by, community=community, row_version=1, name="X"),
        lambda: communities.join_community(by=by, community=community, organisation=body),
        lambda: communities.leave_community(by=by, member=community.members.get()),
    ):
        with pytest.raises(PermissionDenied, match=r"Only officers of the .* office may do this"):
            act()


def test_the_office_of_another_partnership_keeps_nothing_here(place):
    by = make.officer("register_officer", make.partnership())
    with pytest.raises(PermissionDenied):
        memberships.add_member(by=by, partnership=place, organisation=make.organisation())


def test_a_body_is_in_as_many_communities_as_it_needs(place):
    body = make.member(place).organisation
    first, second = make.community(place, body), make.community(place, body)

    assert body.community_memberships.count() == 2
    with pytest.raises(ValidationError, match="already in the community"):
        communities.join_community(by=TEST, community=first, organisation=body)
    row = second.members.get()
    communities.leave_community(by=TEST, member=row, ends_on=today() - timedelta(days=1))
    assert not second.members.current(today()).exists()


def test_a_community_takes_members_of_its_partnership(place):
    stranger = make.organisation("Stranger Ltd")
    with pytest.raises(ValidationError, match="Add it to the partnership first"):
        communities.join_community(by=TEST, community=make.community(place), organisation=stranger)


def test_communities_of_one_name_have_addresses_of_their_own():
    first, second = (make.community(make.partnership(), name="Children") for _ in range(2))

    assert first.slug == "children"
    assert second.slug.endswith("-children")
    with pytest.raises(ValidationError, match="already has a community of that name"):
        make.community(first.partnership, name="Children")


def test_a_community_has_a_shared_objective(place):
    with pytest.raises(ValidationError) as refused:
        communities.add_community(by=TEST, partnership=place, name="Empty", shared_objective=" ")
    assert "shared_objective" in refused.value.error_dict
