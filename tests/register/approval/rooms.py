"""Somebody at a browser who came by a mailed link, for tests of the pages on which people sign."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from register.accounts.models import User
from register.directory.models import Person
from register.ledger.acts import act
from register.notices.jobs import send as send_mail
from tests import make
from tests import signing_world as world


def mailed(to: str = "") -> list:
    """The messages that left since the test began, to one address where it is given."""
    send_mail()
    return [message for message in mail.outbox if not to or message.to == [to]]


def link_to(address: str) -> str:
    """The path of the newest link that was mailed to an address."""
    found = [
        match[0]
        for message in mailed(address)
        if (match := re.search(r"/sign/l/[\w-]+/", message.body))
    ]
    return found[-1]


def code_to(address: str) -> str:
    """The newest code that was mailed to an address."""
    found = [
        match[1]
        for message in mailed(address)
        if (match := re.search(r"Your code is (\d{6})", message.body))
    ]
    return found[-1]


def come_in(out: world.Signing, body, **ticks) -> Client:
    """A browser in which the person who is asked for a body has typed a code."""
    address = out.request(body).person.contact.email
    path, client = link_to(address), Client()
    client.post(path)
    answer = client.post(f"{path}code/", {"code": code_to(address), **ticks})
    assert answer.status_code == 302, answer.content.decode()
    return client


def words(answer) -> str:
    """The words of a page, without markup and with single blanks."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("&#x27;", "'").replace("&quot;", '"').split())


def tick(out: world.Signing, **facts) -> dict:
    """What the page of the tick sends."""
    return {"text_sha256": out.hash, "confirmed": "on", **facts}


def give_login(person: Person) -> Person:
    """Give a person a login with the password of all tests."""
    user = User.objects.create_user(f"person{person.pk}@login.example", make.PASSWORD)
    with act(by=world.TEST, verb="person.joined", subject=person):
        person.user = user
        person.save()
    return Person.objects.get(pk=person.pk)


def signed_in(person: Person, records: list[dict] | None = None) -> Client:
    """A browser in which a person signed in, with what the sign-in library keeps of how."""
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = records or []
    session["account_authentication_methods_user"] = str(person.user.pk)
    session.save()
    return client
