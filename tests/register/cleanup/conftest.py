"""What tests of the clean-up share: a small old register that came in, with what old registers lack."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from register.accounts.models import User
from register.dashboard.bulk.models import BulkTask
from register.documents.models import Document
from register.exchange.models import Import
from register.exchange.services import bring_in, receive, take_up
from tests import make, people, worlds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COUNCIL, POLICE = "Wyrefordshire County Council", "Wyrefordshire Police"
HEAD = "Reference,Title,Purpose,Partners,Start date,Review date,Status\n"
ROWS = (
    f"ISA-1,Hearth checks,Warm homes,{COUNCIL}; {POLICE},01/02/2020,31/03/2024,Active\n"
    f"ISA-2,Hearth check agreement,Warm homes,{POLICE},01/02/2020,31/03/2040,Active\n"
    "ISA-3,School moves,Care,Essex Academies Trust,Feb-2023,Review annually,Active\n"
    "ISA-4,Night shelters,Shelter,,14/02/2021,30/06/2025,Active\n"
    f"ISA-5,Old libraries,Books,{COUNCIL},14/02/2001,30/06/2005,Ended\n"
)
LATER = f"ISA-9,Flood wardens,Safety,{COUNCIL},14/02/2022,30/06/2041,Active\n"


@dataclass
class Came:
    """The cast, a second officer, two imports of the office, and the entries by the references of the old register."""

    cast: people.Cast
    colleague: User
    first: Import
    second: Import

    def entry(self, reference: str) -> Document:
        """An entry as it stands now."""
        return Document.objects.get(external_references__value=reference)

    def ours(self, *references: str) -> set[str]:
        """The register's own references of some entries."""
        return {self.entry(each).reference for each in references}


def load(cast, text: str, name: str) -> Import:
    """Bring a text in as a file of the office."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(HEAD + text)
        row = receive(by=cast.office, partnership=cast.partnership, path=path, name=name)
        return bring_in(take_up(row))


@worlds.shared
def came() -> Came:
    cast = people.cast()
    colleague = make.officer("register_officer", cast.partnership)
    return Came(cast, colleague, load(cast, ROWS, "first.csv"), load(cast, LATER, "second.csv"))


@pytest.fixture
def browse():
    """A browser in which somebody is signed in."""

    def enter(user) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def together():
    """Do an act with all entries of a narrowed list, or with some references, through the pages."""

    def do(client, act: str, query: str, refs=(), meanwhile=None, **values) -> BulkTask:
        data = {"act": act, "ref": list(refs), "back": f"/register/?{query}"}
        if not refs:
            page = client.get(f"/register/?{query}&size=25")
            data["ref"] = [row.reference for row in page.context["rows"]]
        answer = client.post("/register/together/", data)
        assert answer.status_code == 302, answer.content.decode()
        task = BulkTask.objects.get(pk=int(answer.url.rstrip("/").rpartition("/")[2]))
        if values:
            filled = client.post(task.get_absolute_url(), values)
            assert filled.status_code == 302, filled.content.decode()
        task.page = client.get(f"{task.get_absolute_url()}preview/").content.decode()
        if meanwhile:
            meanwhile()
        assert client.post(f"{task.get_absolute_url()}preview/").url == task.get_absolute_url()
        page = task.page
        task.refresh_from_db()
        task.page = page
        return task

    return do
