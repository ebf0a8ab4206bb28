"""What somebody may not know of leaves no trace in anything that they can ask for.

Every address of the register is asked for, with all the keys there are, as well as every link and every
choice of a search form that the answers lead to; new pages are covered by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import resolve, reverse

from register.api.services import make_token
from register.core.dates import today
from register.lists.models import Item
from tests import worlds
from tests.access.crawl import Reader
from tests.access.secrets import Secret, Secrets
from tests.access.test_access import pages

# Who asks for all that their answers lead to; the others ask for every address.
WALKERS = ("off_b", "outsider", "office")
OTHERS = ("nobody", "sig_b", "auditor", "admin")
# What follows the word in a title or name of a secret thing.
TOLD = ("title", "flow", "item", "group", "risk", "assessment", "contract", "purpose", "data")
# The law on which the secret flows rest.
CITED = {"legal_gateway": "cda_1998_s115", "lawful_basis": "6_1_e", "article9_condition": "9_2_g"}


@worlds.shared
def world():
    """The world with its secrets."""
    return Secrets()


def addresses(world: Secrets) -> list[str]:
    """Every address, as the access table asks for it, and the law that secret flows rest on."""
    law = [
        reverse("lists:item", args=[code, Item.objects.of(code).get(code=row).pk])
        for code, row in CITED.items()
    ]
    every = pages().items()
    return law + [reverse(name, kwargs=world.arguments(name, made)) for name, made in every]


def addresses_of(secret: Secret, world: Secrets) -> Iterator[str]:
    """Every address that leads to a secret thing: with its references, keys and lineages."""
    for name, parameters in pages().items():
        usual = world.arguments(name, parameters)
        refs = secret.refs if "ref" in parameters else [""]
        # Where a reference stands in the address as well, one key of the thing is as good as another.
        keys = sorted(secret.keys)[: 1 if "ref" in parameters else None]
        keys = keys if "pk" in parameters else [0]
        uuids = secret.uuids if {"lineage", "group"} & set(parameters) else [""]
        for ref, key, uuid in product(refs, keys, uuids):
            put = {"ref": ref, "pk": key, "lineage": uuid, "group": uuid}
            if ref or key or uuid:
                mine = {each: put.get(each) or usual[each] for each in parameters}
                yield reverse(name, kwargs=mine)


@pytest.mark.parametrize("who", WALKERS)
def test_nothing_that_somebody_can_reach_or_search_for_tells_of_what_is_kept_from_them(world, who):
    reader, secrets = Reader(getattr(world.cast, who)), world.kept_from(who)
    reader.walk(addresses(world))
    found = _traces(reader.answers, secrets)
    for path, held, name in reader.searches:
        for secret in secrets:
            word = secret.words[0]
            said = reader.ask(f"{path}?{urlencode({**held, name: word})}")
            # The answer repeats what was typed; whatever it found says more than that.
            more = [f"{word} {each}" for each in TOLD] + secret.words[1:]
            found += [f"{each} at {path} by {name}={word}" for each in more if each in said]
    assert not found, "\n".join(found)


def test_the_others_read_no_word_of_it_at_any_address(world):
    found = []
    for who in OTHERS:
        reader = Reader(getattr(world.cast, who))
        answers = {address: reader.ask(address) for address in addresses(world)}
        found += [f"{who}: {trace}" for trace in _traces(answers, world.kept_from(who))]
    assert not found, "\n".join(found)


def test_who_may_know_of_it_reads_every_word(world):
    """Without this the words might be kept from everybody, and the other tests would show nothing."""
    reader, told = Reader(world.cast.off_a), Counter()
    for name, secret in world.secrets.items():
        if name not in {"elsewhere", "revision", "named"}:  # not the council's
            unread = set(secret.words)
            addresses = dict.fromkeys(addresses_of(secret, world))
            # Pages that told of another secret are asked first.
            for address in sorted(addresses, key=lambda each: -told[resolve(each).view_name]):
                said = reader.ask(address)
                if read := {word for word in unread if word in said}:
                    told[resolve(address).view_name] += 1
                unread -= read
                if not unread:
                    break
            assert not unread, name


@pytest.mark.parametrize("what", ["restricted", "requests"])
def test_no_address_of_a_secret_thing_answers_with_a_word_of_it(world, what):
    reader, secret = Reader(world.cast.off_b), world.secrets[what]
    found = []
    for address in set(addresses_of(secret, world)):
        for data in (None, {}):
            said = reader.ask(address, data).replace(address, "")
            found += [f"{word} at {address}" for word in secret.words if word in said]
    assert not found, "\n".join(found)


def test_a_program_learns_no_more_than_its_login(world):
    _, secret = make_token(user=world.cast.off_b, name="Test", ends_on=today())
    head = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    asked = {"from": world.council.legal_name, "to": world.trust.legal_name}
    said = Client().get("/api/may-share", asked, **head)
    assert said.status_code == 200
    assert said.json()["answer"] == "not_covered"
    assert not _traces({"may-share": said.content.decode()}, world.kept_from("off_b"))
    unknown = Client().get("/api/may-share", {**asked, "to": "Northmere Coun"}, **head)
    assert unknown.status_code == 422
    assert "Northmere Council" not in unknown.content.decode()
    world.cast.off_b.is_active = False
    world.cast.off_b.save()
    assert Client().get("/api/may-share", asked, **head).status_code == 401


def test_a_token_of_somebody_without_a_role_learns_of_no_body(world):
    _, secret = make_token(user=world.cast.nobody, name="Test", ends_on=today())
    asked = {"from": world.council.legal_name, "to": world.trust.legal_name}
    said = Client().get("/api/may-share", asked, HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert said.status_code == 422
    assert "Did you mean" not in said.content.decode()


def _traces(answers: dict[str, str], secrets: list[Secret]) -> list[str]:
    """The words that somebody may not know of, each with the address whose answer holds it."""
    return [
        f"{word} at {address}"
        for address, said in answers.items()
        for secret in secrets
        for word in secret.words
        if word.casefold() in said.casefold()
    ]
