"""Who may what in the directory: the whole truth in one table, and what may be known of."""

import pytest

from register.directory import permissions as may
from register.directory.reach import reach_of
from tests import make, people, worlds

pytestmark = pytest.mark.django_db

OFFICE = {"admin", "office"}
COUNCIL = {"off_a"}
COLLEAGUES = {
    "admin", "office", "auditor", "off_a", "off_b", "sig_a", "sig_b", "mgr_a", "adv_a",
}  # fmt: skip
TABLE = {
    "administer": (lambda by, c: may.may_administer(by, c.partnership), {"admin"}),
    "keep members": (lambda by, c: may.may_keep_members(by, c.partnership), OFFICE),
    "add a body": (lambda by, c: may.may_add_body(by), OFFICE),
    "keep the council": (lambda by, c: may.may_keep_body(by, c.council.organisation), OFFICE),
    "maintain the council": (
        lambda by, c: may.may_maintain(by, c.council.organisation),
        OFFICE | COUNCIL,
    ),
    "add a person": (lambda by, c: may.may_add_person(by), OFFICE | {"off_a", "off_b", "outsider"}),
    "keep a person of the council": (
        lambda by, c: may.may_keep_person(by, c.sig_a.person),
        OFFICE | COUNCIL,
    ),
    "change that person's contact": (
        lambda by, c: may.may_change_contact(by, c.sig_a.person),
        OFFICE | COUNCIL | {"sig_a"},
    ),
    "read that person's contact": (
        lambda by, c: may.may_read_contact(by, c.sig_a.person),
        COLLEAGUES,
    ),
    "close that person's login": (
        lambda by, c: may.may_close_login(by, c.sig_a.person),
        {"admin"},
    ),
    "read that person's history": (
        lambda by, c: may.may_read_person_history(by, c.sig_a.person),
        {"admin", "auditor", "sig_a"},
    ),
}


@worlds.shared
def cast():
    return people.cast()


@pytest.mark.parametrize("what", TABLE)
def test_who_may(cast, what):
    ask, allowed = TABLE[what]

    said = {name for name, user in cast.everybody.items() if ask(make.fresh(user), cast)}

    assert said == allowed
    assert all(ask(user, cast).reason for name, user in cast.everybody.items() if name not in said)
    assert ask("system:test", cast)


def test_what_may_be_known_of(cast):
    community = make.community(cast.partnership)
    theirs = make.organisation("In no partnership")
    for name, user in cast.everybody.items():
        belongs = name in COLLEAGUES
        seen = {
            "partnership": may.visible_partnerships(user).filter(pk=cast.partnership.pk),
            "community": may.visible_communities(user).filter(pk=community.pk),
            "body": may.visible_bodies(user).filter(pk=cast.council.organisation_id),
            "person": may.visible_people(user).filter(pk=cast.sig_a.person.pk),
        }
        assert {what: rows.exists() for what, rows in seen.items()} == dict.fromkeys(seen, belongs)
        assert may.visible_bodies(user).filter(pk=theirs.pk).exists() == (name != "nobody")


def test_a_login_without_a_role_knows_of_nothing(cast):
    assert not may.visible_bodies(cast.nobody).exists()
    assert not may.visible_people(cast.nobody).exists()
    assert not may.partnerships_of(cast.nobody)


def test_a_closed_login_reaches_nothing_even_before_its_grants_are_recomputed(cast):
    cast.admin.is_active = False
    assert not reach_of(cast.admin).whole


def test_a_colleague_who_left_is_named_and_no_longer_reached(cast):
    person = make.person("Ada", email="ada@x.example")
    row = make.appoint(make.post(cast.council.organisation, "siro"), person)
    assert may.may_read_contact(cast.off_b, person)
    with make.persons.act(by="system:test", verb="test.moved"):
        row.ends_on = make.since()
        row.save()

    assert not may.may_read_contact(cast.off_b, person)
    assert may.visible_people(cast.off_b).filter(pk=person.pk).exists()
