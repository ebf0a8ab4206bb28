"""Who acts."""

import pytest

from register.ledger.actors import Actor, ActorRequired, actor_of


class Login:
    actor = Actor("person", 7, "Cy Hall")


def test_a_login_acts_as_its_person():
    assert actor_of(Login()) == Actor("person", "7", "Cy Hall")


def test_an_actor_acts_as_itself():
    actor = Actor("link", "x9", "Holder of a link")
    assert actor_of(actor) is actor


def test_a_job_of_the_system_is_named():
    actor = actor_of("system:remind")
    assert (actor.kind, actor.id, actor.key) == ("system", "remind", "system:remind")
    assert "remind" in str(actor)


@pytest.mark.parametrize("nobody", [None, "", "system:", "system: ", "ada", 7, object()])
def test_nobody_cannot_act(nobody):
    with pytest.raises(ActorRequired, match="cannot act"):
        actor_of(nobody)


def test_an_actor_has_a_known_kind_an_id_and_a_name():
    with pytest.raises(ActorRequired, match="a person, the system or a link"):
        Actor("robot", "1", "R")
    with pytest.raises(ActorRequired, match="needs an id and a name"):
        Actor("person", "1", " ")
