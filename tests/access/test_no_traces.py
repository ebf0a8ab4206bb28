"""What somebody may not know of leaves no trace in anything that they can ask for.

Every address of the register is asked for, with all the keys there are, as well as every link and every
choice of a search form that the answers lead to; new pages are covered by themselves.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from register.api.services import make_token
from register.core.dates import today
from tests.access.crawl import Reader, without_marks
from tests.access.secrets import Secrets
from tests.access.test_access import pages

WHO = ("off_b", "outsider", "office", "sig_b", "nobody", "auditor", "admin")
NONSENSE = "Zyzzyva"


@pytest.fixture
def world(db):
    """The world with its secrets."""
    return Secrets()


def addresses(world: Secrets) -> list[str]:
    """Every address, as the access table asks for it."""
    return [reverse(name, kwargs=world.arguments(name, made)) for name, made in pages().items()]


def addresses_of(secret, world: Secrets):
    """Every address that leads to a secret thing: with its references, keys and lineages."""
    for name, parameters in pages().items():
        usual = world.arguments(name, parameters)
        for ref in secret.refs if "ref" in parameters else [None]:
            for key in sorted(secret.keys) if "pk" in parameters else [None]:
                for uuid in secret.uuids if {"lineage", "group"} & set(parameters) else [None]:
                    put = {"ref": ref, "pk": key, "lineage": uuid, "group": uuid}
                    if not any(put[each] for each in parameters if each in put):
                        continue
                    mine = {each: put.get(each) or usual[each] for each in parameters}
                    yield reverse(name, kwargs=mine)


def test_nothing_that_somebody_can_reach_holds_a_word_of_what_is_kept_from_them(world):
    found = []
    for who in WHO:
        reader = Reader(getattr(world.cast, who))
        reader.walk(addresses(world))
        print(who, len(reader.answers), Counter(a.partition("?")[0] for a in reader.answers).most_common(3), *_traces(reader.answers, world.kept_from(who)), sep="\n")
        found += [f"{who}: {trace}" for trace in _traces(reader.answers, world.kept_from(who))]
    assert not found


def _traces(answers: dict[str, str], secrets) -> list[str]:
    """The words that somebody may not know of, each with the address whose answer holds it."""
    return [
        f"{word} at {address}"
        for address, said in answers.items()
        for secret in secrets
        for word in secret.words
        if word.casefold() in said.casefold()
    ]
