"""Preparing, choosing, confirming and undoing a succession: each refusal by its words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.conflicts import Conflict
from register.core.dates import today
from register.directory.services import logins, merging
from register.succession import services
from register.succession.models import Succession, Takeover
from register.succession.services import apply_due
from tests import make, people, worlds
from tests.register.succession.on_the_day import ORDER, again, before, day

pytestmark = pytest.mark.django_db
AHEAD = 90


@worlds.shared
def cast():
    made = people.cast()
    made.new = make.member(made.partnership, "Greater Wyre Council").organisation
    made.third = make.member(made.partnership, "Third Council").organisation
    return made


def prepare(cast, **facts):
    facts = {"kind": "merge", "bodies_from": [cast.council.organisation], "bodies_to": [cast.new],
             "instrument": ORDER, "on": today() + timedelta(days=AHEAD), **facts}  # fmt: skip
    return services.prepare_succession(by=facts.pop("by", cast.office), **facts)


def confirm(cast, made):
    return services.confirm_succession(
        by=cast.office, succession=made, row_version=made.row_version
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"bodies_from": []}, "Enter the body that it is about"),
        ({"bodies_to": []}, "Enter the one other body that takes their place"),
        ({"instrument": ""}, "Enter the name of the order, act or decision"),
        ({"kind": "split"}, "Enter the two or more bodies that share the place"),
        ({"kind": "rename", "bodies_to": []}, "Enter the name that the body takes"),
        ({"kind": "close"}, "no other body takes the place"),
    ],
)
def test_what_is_missing_is_said(cast, facts, says):
    with pytest.raises(ValidationError, match=says):
        prepare(cast, **facts)
    assert not Succession.objects.exists()


def test_bodies_that_cannot_be_meant_are_refused(cast):
    lost = make.organisation("Wyre CC", is_confirmed=False)
    with pytest.raises(ValidationError, match="is unconfirmed"):
        prepare(cast, bodies_to=[lost])
    board = make.organisation("Board", legal_status="arrangement")
    with pytest.raises(ValidationError, match="cannot be bound"):
        prepare(cast, bodies_to=[board])
    merging.merge_organisations(
        by="system:test", duplicate=cast.third, into=cast.new, row_version=1
    )
    with pytest.raises(ValidationError, match="was merged into Greater Wyre Council"):
        prepare(cast, bodies_from=[again(cast.third)], bodies_to=[cast.council.organisation])


def test_only_the_office_of_the_bodies_records_a_succession(cast):
    for user in (cast.off_a, cast.sig_a, cast.auditor, cast.outsider):
        with pytest.raises(PermissionDenied, match="Only officers of the partnership office"):
            prepare(cast, by=user)
    elsewhere = make.officer("register_officer", make.partnership("Elsewhere Partnership"))
    with pytest.raises(PermissionDenied, match="Only the partnership office of Wyrefordshire"):
        prepare(cast, by=elsewhere)
    made = prepare(cast)
    with pytest.raises(PermissionDenied, match="Only the partnership office of Wyrefordshire"):
        services.confirm_succession(by=elsewhere, succession=made, row_version=1)


@pytest.mark.parametrize(
    "facts",
    [{"kind": "observer"}, {"starts_on": date(2018, 4, 1), "ends_on": date(2019, 3, 31)}],
    ids=["observer", "ended"],
)
def test_an_office_of_which_the_body_is_no_full_member_today_records_nothing(cast, facts):
    place = make.partnership("Moorland Partnership")
    make.member(place, cast.council.organisation, **facts)
    with pytest.raises(PermissionDenied, match="Only the partnership office of Wyrefordshire"):
        prepare(cast, by=make.officer("register_officer", place))


def test_the_only_office_that_a_body_had_records_its_succession(cast):
    place = make.partnership("Moorland Partnership")
    for facts in (
        {"kind": "single"},
        {"starts_on": date(2018, 4, 1), "ends_on": date(2019, 3, 31)},
    ):
        body = make.member(place, **facts).organisation
        office = make.officer("register_officer", place)
        made = prepare(cast, by=office, bodies_from=[body])
        assert services.confirm_succession(by=office, succession=made, row_version=1).confirmed_at


@pytest.mark.parametrize("kind", ["full", "observer"])
def test_every_partnership_of_the_body_has_a_say_before_it_is_confirmed(cast, kind):
    place = make.partnership("Moorland Partnership")
    make.member(place, cast.council.organisation, kind=kind)
    made = prepare(cast)
    with pytest.raises(PermissionDenied, match="what holds in Moorland Partnership"):
        confirm(cast, made)
    assert again(made).confirmed_at is None

    both = make.officer("register_officer", place)
    logins.invite(
        by="system:test", person=both.person, email=both.email, role="register_officer",
        partnership=cast.partnership,
    )  # fmt: skip
    both = again(both)
    assert services.confirm_succession(by=both, succession=made, row_version=1).confirmed_at


def test_a_succession_is_locked_before_its_bodies_by_whoever_confirms_and_by_the_worker(cast):
    made = prepare(cast, on=today())
    with CaptureQueriesContext(connection) as confirming:
        confirm(cast, made)
    with CaptureQueriesContext(connection) as beginning:
        apply_due()
    for queries in (confirming, beginning):
        first = [row["sql"].split(".")[0] for row in queries if row["sql"].startswith("SELECT")]
        locks = ['SELECT "succession_succession"', 'SELECT "directory_organisation"']
        assert [sql for sql in dict.fromkeys(first) if sql in locks] == locks


def test_a_body_is_in_one_succession_at_a_time(cast):
    confirm(cast, prepare(cast))
    other = prepare(cast, bodies_to=[cast.third])
    with pytest.raises(ValidationError, match="is in another succession already"):
        confirm(cast, other)


def test_it_is_undone_before_its_day_and_not_after(cast):
    made = confirm(cast, prepare(cast))
    with pytest.raises(ValidationError, match="Say why it is undone"):
        services.undo_succession(by=cast.office, succession=made, row_version=2, reason=" ")
    with day(before(made.on)):
        services.undo_succession(by=cast.office, succession=made, row_version=2, reason="Not made.")
    with day(made.on):
        assert apply_due() == 0
    late = confirm(cast, prepare(cast))
    with day(late.on):
        apply_due()
        with pytest.raises(PermissionDenied, match="before its day only"):
            services.undo_succession(
                by=cast.office, succession=late, row_version=again(late).row_version, reason="Late."
            )
    with pytest.raises(PermissionDenied, match="confirmed already"):
        services.confirm_succession(
            by=cast.office, succession=late, row_version=again(late).row_version
        )


def test_two_who_confirm_at_once_do_not_overwrite_each_other(cast):
    made = prepare(cast)
    confirm(cast, made)
    with pytest.raises(Conflict):
        services.confirm_succession(by=cast.office, succession=made, row_version=1)


def test_whoever_takes_all_that_are_left_is_one_of_the_bodies_that_share_the_place(cast):
    made = prepare(cast, kind="split", bodies_to=[cast.new, cast.third])
    choose = {"by": cast.office, "succession": made, "row_version": 1, "choices": {}}
    with pytest.raises(ValidationError, match="Choose among the bodies"):
        services.choose_successors(**choose, others=cast.police.organisation)
    assert services.choose_successors(**choose, others=cast.third).row_version == 2
    assert again(made).default_to == cast.third


def test_a_choice_for_an_entry_that_the_officer_may_not_see_is_left_out(cast):
    made = prepare(cast, kind="split", bodies_to=[cast.new, cast.third])
    theirs = make.agreement(make.partnership("Elsewhere Partnership"))
    services.choose_successors(
        by=cast.office, succession=made, row_version=1, choices={theirs.pk: cast.third}
    )
    assert not Takeover.objects.exists()
    with pytest.raises(ValidationError, match="Choose among the bodies"):
        services.choose_successors(
            by=cast.office, succession=made, row_version=1,
            choices={theirs.pk: cast.police.organisation},
        )  # fmt: skip
