"""A small register with something of most kinds, and an installation that is empty again."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection

from register.api.models import Token
from register.core.dates import now, today
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services import attachments
from register.everything import tables
from register.everything.selection import every_model, in_order
from register.ledger import triggers
from register.lists.labels import forget
from register.lists.services import load_lists
from register.notices.services import write
from tests import make_documents, people, worlds
from tests.access.pdf import PDF
from tests.roles import as_owner

KEPT = {"auth.Permission", "contenttypes.ContentType"}
SECRET = "3c5f" * 16


@dataclass
class Office:
    """Who is there, an agreement in force, and a draft whose words are awkward."""

    cast: people.Cast
    agreement: Document
    draft: Document


@worlds.shared
def office():
    cast = people.cast()
    bodies = (cast.council.organisation, cast.police.organisation)
    agreement = make_documents.agreement(
        cast.partnership, *bodies, state=State.IN_FORCE, by=cast.office, lead=bodies[0],
        owner=cast.office.person,
    )  # fmt: skip
    draft = make_documents.agreement(
        cast.partnership,
        *bodies,
        by=cast.office,
        title="=1+1 “Ärger” – naïve 😀\u202e",
        lead=bodies[0],
    )
    attachments.attach(
        by=cast.office, document=agreement, content=PDF, name="signed.pdf", kind="signed_copy"
    )
    cast.admin.set_password("a long word that nobody exports")
    cast.admin.save()
    Token.objects.create(
        user=cast.admin,
        name="a program",
        beginning="abcd",
        digest=SECRET,
        made_at=now(),
        ends_on=today(),
    )
    write(to="ola@example.org", subject="Old", text="Old words", key="old:1")
    return Office(cast, agreement, draft)


@contextmanager
def emptied(settings, folder):
    """The same database with nothing in it but what `prepare` makes, and no files, for a block."""
    settings.MEDIA_ROOT = folder / "elsewhere"
    with as_owner(connection):
        with triggers.suspended(connection):
            tables.clear(
                in_order([model for model in every_model() if model._meta.label not in KEPT]),
                "default",
            )
        forget()
        load_lists()
        yield


@pytest.fixture
def empty(settings, tmp_path):
    """Empties the installation, for the block that it is used in."""
    return lambda: emptied(settings, tmp_path)
