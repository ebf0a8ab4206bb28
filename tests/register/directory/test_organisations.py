"""Bodies: their facts, names, numbers, arrangements, confirming and merging."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.core.dates import today
from register.directory import steps
from register.directory.models import Organisation
from register.directory.reach import reach_of
from register.directory.services import merging, names
from register.directory.services import organisations as services
from register.ledger.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def told(monkeypatch):
    pks: list[set[int]] = []
    monkeypatch.setattr(steps, "ON_BODIES_CHANGED", [pks.append])
    return pks


def test_a_body_is_found_by_the_careful_form_of_its_name():
    body = make.organisation("  St.  Mary's College   Ltd ")

    assert body.legal_name == "St. Mary's College Ltd"
    assert body.normal_name == "st marys college"


def test_many_unconfirmed_bodies_cost_the_same_few_statements(django_assert_max_num_queries):
    found = [f"Parish Council {n}" for n in range(40)]
    with django_assert_max_num_queries(14):
        bodies = services.add_unconfirmed(by=TEST, names=[*found, *found], came_from="old.xlsx")

    assert len(bodies) == 40
    stored = Organisation.objects.get(legal_name="Parish Council 7")
    assert (stored.is_confirmed, stored.came_from) == (False, "old.xlsx")
    assert stored.normal_name
    assert stored.history.count() == 1


def test_a_unit_belongs_to_a_body():
    council = make.organisation("Council")
    unit = make.organisation("Registrars", legal_status="unit", unit_of=council)
    assert not unit.may_hold_slot

    with pytest.raises(ValidationError, match="Choose the body that this is a unit of"):
        make.organisation("Lost unit", legal_status="unit")
    with pytest.raises(ValidationError, match="Only a unit belongs to another body"):
        make.organisation("Odd", unit_of=council)
    with pytest.raises(ValidationError, match="cannot be a unit of itself"):
        services.change_organisation(
            by=TEST, organisation=council, row_version=1, legal_status="unit", unit_of=unit
        )


def test_a_change_is_told_to_the_rooms_above_and_nothing_is_not(told):
    body = make.organisation("Council")

    services.change_organisation(
        by=TEST, organisation=body, row_version=1, legal_name="New Council", reason="Renamed"
    )
    services.change_organisation(
        by=TEST, organisation=body, row_version=2, legal_name="New Council"
    )

    assert told == [{body.pk}]
    assert Entry.objects.filter(verb="organisation.changed").count() == 1


def test_the_second_change_of_two_is_a_conflict():
    body = make.organisation()
    services.change_organisation(by=TEST, organisation=body, row_version=1, short_name="A")

    with pytest.raises(Conflict) as conflict:
        services.change_organisation(by=TEST, organisation=body, row_version=1, short_name="B")
    assert conflict.value.current.short_name == "A"


def test_a_number_belongs_to_one_body():
    first, second = make.organisation("First"), make.organisation("Second")
    row = names.add_identifier(by=TEST, organisation=first, scheme="ODS", value="R0A")

    with pytest.raises(ValidationError, match="First has ODS R0A already"):
        names.add_identifier(by=TEST, organisation=second, scheme="ods", value="r0a")
    assert names.end_identifier(by=TEST, row=row).ends_on == today()


def test_another_name_is_kept_once_and_can_be_taken_off():
    body = make.organisation("Council")
    row = names.add_name(by=TEST, organisation=body, name="Old Borough", kind="former")

    with pytest.raises(ValidationError, match="already has that name"):
        names.add_name(by=TEST, organisation=body, name="Old Borough", kind="variant")
    names.remove_name(by=TEST, row=row, reason="A mistake")
    assert not body.names.exists()
    assert Entry.objects.get(verb="organisation.name_removed").reason == "A mistake"


def test_an_arrangement_has_members_and_other_bodies_have_none():
    board = make.organisation("Safeguarding Board", legal_status="arrangement")
    council = make.organisation("Council")
    row = services.add_arrangement_member(by=TEST, arrangement=board, member=council)

    with pytest.raises(ValidationError, match="in the arrangement already"):
        services.add_arrangement_member(by=TEST, arrangement=board, member=council)
    with pytest.raises(ValidationError, match="cannot be its own member"):
        services.add_arrangement_member(by=TEST, arrangement=board, member=board)
    with pytest.raises(ValidationError, match="not an arrangement"):
        services.add_arrangement_member(by=TEST, arrangement=council, member=board)
    assert services.end_arrangement_member(by=TEST, row=row).ends_on == today()


def test_an_unconfirmed_body_is_confirmed_once():
    body = make.organisation("Nowhere Trust", is_confirmed=False, came_from="old.xlsx")

    done = services.confirm_organisation(
        by=TEST, organisation=body, row_version=1, kind="nhs_trust"
    )

    assert (done.is_confirmed, done.kind, done.row_version) == (True, "nhs_trust", 2)
    with pytest.raises(ValidationError, match="confirmed already"):
        services.confirm_organisation(by=TEST, organisation=body, row_version=2)


def test_suggestions_come_likeliest_first_and_know_other_names():
    make.organisation("Northmere Police")
    council = make.organisation("Barnsley Metropolitan Borough Council")
    names.add_name(by=TEST, organisation=council, name="Barnsley MBC", kind="variant")
    body = make.organisation("Barnsly Council", is_confirmed=False)

    found = merging.suggestions(body)

    assert found[0][0] == council
    assert body not in [row for row, _ in found]


def test_merging_rewrites_nothing_and_the_name_finds_the_survivor(told):
    place = make.partnership()
    survivor = make.member(place, "Barnsley Council").organisation
    duplicate = make.member(place, "Barnsley MBC (old)").organisation
    officer = make.officer("body_officer", duplicate.memberships.get())
    make.post(duplicate)
    assert "post" in [row.what for row in merging.what_refers_to(duplicate, TEST)]

    merging.merge_organisations(by=TEST, duplicate=duplicate, into=survivor, row_version=1)

    duplicate.refresh_from_db()
    assert duplicate.surviving == survivor
    assert duplicate.legal_name == "Barnsley MBC (old)"
    assert duplicate.posts.count() == 1
    assert survivor.names.get().name == "Barnsley MBC (old)"
    assert reach_of(make.fresh(officer)).maintains(survivor.pk)
    assert told[-1] == {duplicate.pk, survivor.pk}


def test_a_merger_goes_one_way_and_once():
    one, two, three = (make.organisation(name) for name in ("One", "Two", "Three"))
    with pytest.raises(ValidationError, match="another record than this one"):
        merging.merge_organisations(by=TEST, duplicate=one, into=one, row_version=1)
    merging.merge_organisations(by=TEST, duplicate=one, into=two, row_version=1)

    with pytest.raises(ValidationError, match="was merged into Two already"):
        merging.merge_organisations(by=TEST, duplicate=one, into=three, row_version=2)
    with pytest.raises(ValidationError, match="Choose that one"):
        merging.merge_organisations(by=TEST, duplicate=three, into=one, row_version=1)
    with pytest.raises(ValidationError, match="merged into Two"):
        make.member(make.partnership(), one)
    with pytest.raises(Conflict):
        merging.merge_organisations(by=TEST, duplicate=three, into=two, row_version=9)


def test_a_bodys_own_officer_keeps_addresses_and_numbers_and_no_more():
    member = make.member(make.partnership(), "Council")
    body, by = member.organisation, make.officer("body_officer", member)

    services.change_organisation(
        by=by, organisation=body, row_version=1, mailbox="ig@council.example", ico_number="Z1"
    )
    names.add_identifier(by=by, organisation=body, scheme="GSS", value="E08000016")

    other = make.organisation("Other")
    for act in (
        lambda: services.change_organisation(
            by=by, organisation=body, row_version=2, legal_name="Mine"
        ),
        lambda: services.add_organisation(by=by, legal_name="Another"),
        lambda: names.add_name(by=by, organisation=body, name="Alias"),
        lambda: services.end_organisation(by=by, organisation=body),
        lambda: merging.merge_organisations(by=by, duplicate=body, into=other, row_version=2),
    ):
        with pytest.raises(PermissionDenied, match="Only officers of the partnership office"):
            act()
    with pytest.raises(PermissionDenied, match="Only officers of Other or"):
        names.add_identifier(by=by, organisation=other, scheme="GSS", value="E1")


def test_an_office_keeps_no_body_of_another_partnership_only():
    body = make.member(make.partnership(), "Theirs").organisation
    by = make.officer("register_officer", make.partnership())

    with pytest.raises(PermissionDenied):
        services.change_organisation(by=by, organisation=body, row_version=1, short_name="X")
    assert services.change_organisation(
        by=by, organisation=make.organisation("Nobody's"), row_version=1, short_name="X"
    )
