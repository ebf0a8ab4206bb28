"""Facts of rows: stored in one way, read typed, filled once, and shown in words."""

from datetime import date

import pytest

from register.core.dates import today
from register.ledger.acts import act
from register.lists import services
from register.lists.catalogue import LISTS, reviewed_rows
from register.lists.facts import packed, unpacked
from register.lists.facts_in_words import facts_in_words
from register.lists.labels import forget, item, items
from register.lists.models import Item
from register.lists.shapes import Fact
from tests import make, worlds

pytestmark = pytest.mark.django_db
GATEWAY = LISTS["legal_gateway"]


@worlds.shared
def admin():
    return make.officer("administrator", make.partnership())


def row(code: str, list_code: str = "legal_gateway") -> Item:
    return Item.objects.get(list_code=list_code, code=code)


def test_facts_are_stored_in_one_way_whatever_the_order_they_come_in():
    one = packed(GATEWAY, {"power": "P", "acts_on_behalf": "yes", "instead": "a b"})
    other = packed(GATEWAY, {"instead": ("a", "b"), "acts_on_behalf": True, "power": "P"})

    assert one == other == '{"acts_on_behalf":true,"instead":["a","b"],"power":"P"}'


def test_facts_are_read_typed_and_empty_where_nothing_was_given():
    read = unpacked(GATEWAY, '{"acts_on_behalf":true,"instead":["a","b"],"power":"P"}')

    assert read["acts_on_behalf"] is True
    assert read["instead"] == ("a", "b")
    assert read["power"] == "P"
    assert (read["needs"], read["recipient_kinds"], read["only_deidentified"]) == ("", (), False)


def test_a_day_among_facts_is_a_date():
    fact = Fact("since", "Since", "day")

    assert fact.read("2026-02-05") == date(2026, 2, 5)
    assert fact.read("") is None


def test_a_name_that_the_list_does_not_know_is_a_mistake():
    with pytest.raises(KeyError, match="legal_gateway has no fact colour"):
        row("cda_1998_s115").fact("colour")
    with pytest.raises(KeyError):
        packed(GATEWAY, {"colour": "blue"})


def test_a_row_answers_by_the_name_of_the_fact():
    gateway = row("cda_1998_s115")

    assert gateway.fact("power") == "P"
    assert gateway.fact("acts_on_behalf") is True
    assert "police_force" in gateway.fact("recipient_kinds")


def test_rows_are_kept_for_a_minute_and_found_by_code(django_assert_num_queries):
    forget()
    with django_assert_num_queries(1):
        assert item("lawful_basis", "6_1_ea").fact("needs_annex1")
        assert not items("lawful_basis")["6_1_e"].fact("needs_annex1")
        assert item("lawful_basis", "6_1_z") is None


def test_rules_rely_on_a_gateway_only_once_its_day_and_instrument_are_known(admin):
    duty = row("ca_2004_s16la")
    assert duty.holds_on(today())
    assert not duty.is_known_in_force(today())

    duty = services.change_item(by=admin, item=duty, row_version=1, in_force_from=date(2026, 9, 1))
    assert not duty.is_known_in_force(today())

    duty = services.change_item(
        by=admin, item=duty, row_version=2, facts={"commencement_instrument": "SI 2026/700"}
    )
    assert duty.is_known_in_force(date(2026, 9, 1))
    assert not duty.is_known_in_force(date(2026, 8, 31))
    assert duty.fact("power") == "D"


def test_a_list_without_doubts_about_commencement_is_known_while_it_holds():
    basis = row("6_1_ea", "lawful_basis")

    assert basis.is_known_in_force(date(2026, 2, 5))
    assert not basis.is_known_in_force(date(2026, 2, 4))


def test_loading_gives_facts_to_rows_that_never_had_any_and_leaves_an_administrators_own(admin):
    bare, own = row("cda_1998_s115"), row("cda_1998_s17")
    with act(by="system:test", verb="test.emptied"):
        bare.facts = "{}"
        bare.save()
    changed = services.change_item(
        by=admin, item=own, row_version=1, facts={"power": "P", "instead": ()}
    )

    assert services.load_lists() == 0

    reviewed = {each["code"]: each["facts"] for each in reviewed_rows("legal_gateway")}
    assert row("cda_1998_s115").facts == reviewed["cda_1998_s115"]
    assert row("cda_1998_s17").facts == changed.facts
    assert row("cda_1998_s17").fact("instead") == ()


def test_a_fact_that_a_list_learns_later_is_filled_beside_those_that_were_answered(admin):
    gateway = row("cda_1998_s115")
    with act(by="system:test", verb="test.emptied"):
        gateway.facts = packed(GATEWAY, {"power": "D"})
        gateway.save()

    services.load_lists()

    assert row("cda_1998_s115").fact("power") == "D"
    assert row("cda_1998_s115").fact("area") == "crime"


def test_facts_are_told_in_words():
    said = facts_in_words(packed(GATEWAY, {"power": "D", "recipient_kinds": ("police_force",)}))

    assert "Power or duty: Duty to disclose" in said
    assert "Kinds of body that may receive: Police force" in said


def test_facts_that_are_no_facts_of_the_list_are_refused(admin):
    with pytest.raises(TypeError, match="colour"):
        services.change_item(by=admin, item=row("cda_1998_s17"), row_version=1, colour="red")
