"""A partnership's settings, words and expected posts."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.directory.reach import reach_of
from register.directory.services import partnerships as services
from register.directory.services.partnerships import Expected, initials
from register.ledger.models import Entry
from tests import make, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def place():
    return make.partnership("Wyrefordshire Partnership", prefix="WY")


def test_a_partnership_begins_with_the_posts_that_usually_sign(place):
    rows = place.tier_posts.order_by("tier", "position").values_list("tier", "post_kind")

    assert next(iter(rows)) == (1, "chief_executive")
    assert {tier for tier, _ in rows} == {1, 2, 3}


def test_whoever_adds_a_partnership_administers_it(place):
    admin = make.officer("administrator", place)

    added = services.add_partnership(by=admin, name="Northmere Together")

    assert (added.prefix, added.slug) == ("NT", "northmere-together")
    assert reach_of(make.fresh(admin)).may_administer(added.pk)


def test_only_administrators_add_partnerships(place):
    by = make.officer("register_officer", place)
    with pytest.raises(PermissionDenied, match="Only administrators"):
        services.add_partnership(by=by, name="Another")


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("Wyrefordshire Partners", "WP"), ("Essex", "ES"), ("City of York and Selby", "CYS")],
)
def test_a_prefix_is_made_from_initials(name, prefix):
    assert initials(name) == prefix


@pytest.mark.parametrize("prefix", ["W", "wy", "WYREFORD", "W1"])
def test_a_prefix_has_two_to_six_capital_letters(prefix):
    with pytest.raises(ValidationError, match="two to six capital letters"):
        services.add_partnership(by="system:test", name="X", prefix=prefix, slug="x")


def test_a_partnership_has_its_own_words_for_the_tiers(place):
    admin = make.officer("administrator", place)

    changed = services.change_partnership(
        by=admin, partnership=place, row_version=1, charter_word="Accord", reason="As signed"
    )

    assert [changed.word(tier) for tier in (1, 2, 3)] == ["Accord", "Protocol", "Agreement"]
    assert Entry.objects.get(verb="partnership.changed").reason == "As signed"
    with pytest.raises(Conflict):
        services.change_partnership(by=admin, partnership=place, row_version=1, area="Elsewhere")


def test_the_prefix_is_not_a_setting(place):
    with pytest.raises(TypeError, match="prefix"):
        services.change_partnership(by="system:test", partnership=place, row_version=1, prefix="XX")


def test_expected_posts_are_replaced_as_a_whole(place):
    admin = make.officer("administrator", place)
    wanted = [Expected("siro"), Expected("senior_officer", False)]

    rows = services.set_tier_posts(by=admin, partnership=place, tier=3, posts=wanted)

    assert [(row.post_kind, row.is_required) for row in rows] == wanted
    before = Entry.objects.count()
    services.set_tier_posts(by=admin, partnership=place, tier=3, posts=wanted)
    assert Entry.objects.count() == before


def test_an_expected_post_is_of_the_list(place):
    with pytest.raises(ValidationError, match="not in the list of kinds of post"):
        services.set_tier_posts(
            by="system:test", partnership=place, tier=1, posts=[Expected("wizard")]
        )


@pytest.mark.parametrize("role", ["register_officer", "auditor"])
def test_settings_are_for_administrators(place, role):
    by = make.officer(role, place)
    for act in (
        lambda: services.change_partnership(by=by, partnership=place, row_version=1, area="X"),
        lambda: services.set_tier_posts(by=by, partnership=place, tier=1, posts=[]),
    ):
        with pytest.raises(PermissionDenied, match="Only administrators of Wyrefordshire"):
            act()
