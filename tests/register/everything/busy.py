"""What runs inside the installations of the drill, by `manage.py shell`: fills, writes on, does, tells.

Several steps go into one process where they can: starting one takes longer than what most of them do.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from typing import Any

from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections

from register.accounts.models import User
from register.documents.lifecycle import State
from register.documents.models import Document, Note
from register.documents.services import attachments, notes
from register.everything.emptiness import is_prepared
from register.everything.selection import every_model
from register.everything.stored_files import paths
from register.jobs.held import held_since
from register.ledger.models import Head
from register.notices.services import write
from tests import make_documents, people
from tests.access.pdf import PDF

PASSWORD = "a long word for the drill"


def fill() -> None:
    """An office, an agreement in force with a file, and a message that waits."""
    cast = people.cast()
    bodies = (cast.council.organisation, cast.police.organisation)
    document = make_documents.agreement(
        cast.partnership, *bodies, state=State.IN_FORCE, by=cast.office, lead=bodies[0]
    )
    attachments.attach(
        by=cast.office, document=document, content=PDF, name="a.pdf", kind="signed_copy"
    )
    cast.office.set_password(PASSWORD)
    cast.office.save()
    write(to="ola@example.org", subject="Old", text="Old words", key="old:1")


def keep_writing(*logs: str) -> None:
    """A process for each log, until they are killed; what was acknowledged stands in the log."""
    connections.close_all()
    for log in logs:
        if not os.fork():
            _write(log)
    for _ in logs:
        os.wait()


def do(*commands: tuple[str, ...]) -> None:
    """Print what commands said, or why they refused, and what the installation holds after each: JSON."""
    print(json.dumps([_done(*command) for command in commands]))


def tell() -> None:
    """Print what the installation holds, as JSON on one line."""
    print(json.dumps(_holdings()))


def _write(log: str) -> None:
    """Notes and files, act by act, for ever."""
    office = User.objects.get(email=_office())
    document = Document.objects.order_by("pk").first()
    for number in range(1_000_000):
        text = f"Note {number} of writer {os.getpid()}"
        notes.write_note(by=office, document=document, text=text)
        content = PDF + f"\n% {text}\n".encode()
        attachments.attach(
            by=office, document=document, content=content, name="n.pdf", kind="signed_copy"
        )
        with open(log, "a") as file:
            file.write(f"{text}\n")


def _done(*command: str) -> dict[str, Any]:
    said = io.StringIO()
    try:
        call_command(*command, stdout=said)
    except CommandError as refused:
        return {"refused": str(refused), **_holdings()}
    return {"said": said.getvalue(), **_holdings()}


def _holdings() -> dict[str, Any]:
    if not is_prepared(connection.alias):
        return {"counts": {}, "files": {}}
    office = User.objects.filter(email=_office()).first()
    return {
        "head": Head.objects.values_list("sha256", flat=True).first(),
        "notes": list(Note.objects.order_by("pk").values_list("text", flat=True)),
        "counts": {model._meta.db_table: _count(model._meta.db_table) for model in every_model()},
        "files": {path: _sha256_of(path) for path in paths()},
        "signs_in": bool(office and office.check_password(PASSWORD)),
        "is_held": held_since() is not None,
    }


def _office() -> str | None:
    rows = User.objects.filter(person__appointments__role="register_officer")
    return rows.values_list("email", flat=True).first()


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def _sha256_of(path: str) -> str:
    with default_storage.open(path) as file:
        return hashlib.sha256(file.read()).hexdigest()
