"""A key of the register, and one version that was sealed with it, laid out once for all tests here."""

from __future__ import annotations

import shutil
from functools import cache

import pytest

from register.core.dates import now
from register.documents.lifecycle import State
from register.documents.models import Document
from register.evidence.demonstration import make_key
from register.evidence.models import Seal, Sealing
from register.evidence.services import sealing
from tests import make, make_documents, people


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Two keys: the register's own, and another register's."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        make_key(folder / name / "demonstration.p12", name=f"Seal of {name}")
    return folder


@pytest.fixture(autouse=True)
def data_dir(settings, keys, tmp_path):
    """Each test has a data folder of its own with the register's key in it."""
    settings.DATA_DIR = tmp_path / "data"
    shutil.copytree(keys / "ours", settings.DATA_DIR / "seal")
    return settings.DATA_DIR


@pytest.fixture
def cast(db):
    found = people.cast()
    for body in (found.council.organisation, found.police.organisation):
        make.appoint(make.post(body, "operational_manager"), f"Manager of {body}")
    return found


@pytest.fixture
def entry(cast):
    """An agreement of the council and the police in a state, with facts of its own."""

    def made(state=State.IN_FORCE, **facts) -> Document:
        bodies = [cast.council.organisation, cast.police.organisation]
        document = make_documents.agreement(cast.partnership, *bodies, state=state)
        for name, value in facts.items():
            Document.objects.filter(pk=document.pk)
            setattr(document, name, value)
        return document

    return made


@cache
def _print(content: bytes) -> bytes:
    return b""


@pytest.fixture
def plain_prints(monkeypatch):
    """PDFs of one page stand in for the layout, which has tests of its own and takes its time."""
    monkeypatch.setattr(sealing, "render_version", lambda content, frame: plain_pdf(content))


def sealed(version) -> Seal:
    """The seal of a version, made as the worker makes it."""
    work, _ = Sealing.objects.get_or_create(version=version, defaults={"due_at": now()})
    assert sealing.make(work), work.failure
    return Seal.objects.get(version=version)
