"""Records to try the ledger on: real ones, made inside acts."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction

from register.core.dates import now
from register.directory.models import Organisation, Partnership
from register.documents.models import Clause, Document, Version, VersionBody
from register.ledger import triggers
from register.ledger.actors import Actor
from register.ledger.acts import act
from register.ledger.canonical import sha256
from tests.roles import as_owner

ADA = Actor("person", "1", "Ada Moss")
BO = Actor("person", "2", "Bo Reed")


def body(name: str = "Ambry Council") -> Organisation:
    """A body, made in an act of Ada's."""
    row = Organisation(legal_name=name)
    with act(by=ADA, verb="organisation.added", subject=row):
        row.save()
    return row


def clause(text: str = "<p>We share what is needed.</p>") -> Clause:
    """A clause of version 1 of a new agreement, all made in one act."""
    with act(by=ADA, verb="document.drafted") as this:
        number = Partnership.objects.count() + 1
        letters = "ABCDEFGHIJ"[number]
        partnership = Partnership(
            name=f"Ambry {number}", slug=f"ambry-{number}", prefix=f"A{letters}"
        )
        partnership.save()
        document = this.subject = Document(
            reference=f"A{letters}-A-0001", partnership=partnership, tier=3
        )
        document.save()
        version = Version(document=document, number=1, title="Safeguarding children")
        version.save()
        row = Clause(version=version, heading="Purpose", text=text)
        row.save()
    return row


def freeze(version: Version) -> None:
    """Freeze a version, as issuing it for signature does."""
    with act(by=ADA, verb="version.issued", subject=version):
        version.frozen_at = now()
        version.body_sha256 = sha256(b"{}")
        version.save()
        VersionBody(version=version, content=b"{}", sha256=sha256(b"{}")).save()


def edit(record, **values) -> None:
    """Change a record in an act of Ada's."""
    with act(by=ADA, verb="record.edited", subject=record):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


@contextmanager
def refused_by_database(error):
    """What is inside is refused by the database; the transaction goes on."""
    with pytest.raises(error, match=r"append-only|frozen"), transaction.atomic():
        yield


def tamper(sql: str, *values) -> int:
    """Change the tables behind the register's back, triggers off, as their owner could."""
    meant = [model for model in apps.get_models() if model._meta.db_table in sql]
    guards = triggers.suspended(connection, meant)
    with transaction.atomic(), as_owner(connection), guards, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
