"""Who gets which answer from every page: the table `access.txt`, page × person.

Each cell is the status of GET and of an empty POST. A page without a row fails, and so does a row
without a page. After a change that is meant, `WRITE_ACCESS=1 pytest tests/access` writes the table
anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests import worlds
from tests.access.world import World

TABLE = Path(__file__).with_name("access.txt")
PEOPLE = ("anonymous", "nobody", "outsider", "off_b", "off_a", "sig_b", "mgr_a", "office", "admin",
          "auditor")  # fmt: skip
# The library's own pages: its tests are its own, and `test_sign_in` covers how we set it up.
LIBRARIES = ("account_", "mfa_", "usersessions_")


def pages() -> dict[str, list[str]]:
    """Every named address of ours, with the names of its parameters."""
    return dict(sorted(_walk(get_resolver(), "")))


def _walk(resolver, space: str):
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _walk(each, each.namespace or space)
        elif not str(each.name).startswith(LIBRARIES):
            name = f"{space}:{each.name}" if space else str(each.name)
            yield name, list(each.pattern.converters)


def table() -> dict[str, dict[str, str]]:
    """The table as it is written."""
    rows = {}
    for line in TABLE.read_text().splitlines()[1:]:
        name, *cells = line.split()
        rows[name] = dict(zip(PEOPLE, cells, strict=True))
    return rows


def answers_for(who: str, world: World) -> dict[str, str]:
    """The statuses that somebody gets from every page, each asked as if the others were not."""
    client = Client(raise_request_exception=False)
    found = {}
    for name, parameters in pages().items():
        if who != "anonymous":
            client.force_login(
                getattr(world.cast, who),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        address = reverse(name, kwargs=world.arguments(name, parameters))
        found[name] = "/".join(str(_status(client, method, address)) for method in ("get", "post"))
    return found


def _status(client: Client, method: str, address: str) -> int:
    with transaction.atomic():
        status = getattr(client, method)(address).status_code
        transaction.set_rollback(True)
    return status


@worlds.shared
def world():
    """The world, with one thing of every kind."""
    return World()


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_answers_as_the_table_says(world, who):
    found = answers_for(who, world)
    if os.environ.get("WRITE_ACCESS"):
        _write(who, found)
    said = {name: cells[who] for name, cells in table().items()}
    assert found == said


def test_every_page_has_a_row():
    assert set(pages()) == set(table())


def test_no_page_breaks():
    assert not [
        f"{name} {who}"
        for name, cells in table().items()
        for who, cell in cells.items()
        if "500" in cell
    ]


def test_a_stranger_is_sent_to_sign_in_but_for_the_public_pages():
    public = {name for name, cells in table().items() if cells["anonymous"].startswith("200")}
    assert public <= {
        "dashboard:healthz", "dashboard:accessibility", "dashboard:security_txt",
        "evidence:verify", "evidence:code", "evidence:ledger",
        # Whoever lost the link to sign learns how to get another, and nothing else.
        "approval:tray", "approval:lost",
        # Who signed the charters, and nothing else.
        "public:signatories", "public:signatories_csv",
        # What the register does with the data of those who use it.
        "records:privacy",
    }  # fmt: skip


def test_an_outsider_learns_of_no_entry_and_no_body():
    for name, cells in table().items():
        if name.startswith(("documents:", "signing:")) and "ref" in pages()[name]:
            assert set(cells["outsider"].split("/")) <= {"404", "405"}, name


def _write(who: str, found: dict[str, str]) -> None:
    rows = table() if TABLE.exists() else {}
    for name, cell in found.items():
        rows.setdefault(name, dict.fromkeys(PEOPLE, "-"))[who] = cell
    rows = {name: rows[name] for name in sorted(rows) if name in found}
    wide = max(map(len, rows)) + 2
    lines = ["page".ljust(wide) + "".join(who.ljust(11) for who in PEOPLE)]
    lines += [
        name.ljust(wide) + "".join(cells[person].ljust(11) for person in PEOPLE)
        for name, cells in rows.items()
    ]
    TABLE.write_text("\n".join(line.rstrip() for line in lines) + "\n")
