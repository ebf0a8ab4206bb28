"""Keys of this register and of another one, and an agreement in force that was sealed with ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import override_settings

from register.core.dates import now
from register.documents import files
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import facts
from register.evidence import signers
from register.evidence.demonstration import make_key
from register.evidence.models import Seal, Sealing
from register.evidence.pades import seal as seal_pdf
from register.evidence.services import sealing
from tests import make, make_documents, people, worlds

KEPT = []


@cache
def data_of(whose: str) -> Path:
    """A data folder with the key of a register in it: `ours`, or another's."""
    KEPT.append(TemporaryDirectory(prefix=f"seal-{whose}-"))
    folder = Path(KEPT[-1].name)
    make_key(folder / "seal" / "demonstration.p12", name=f"Seal of {whose}")
    return folder


@pytest.fixture(autouse=True)
def _our_key(settings):
    settings.DATA_DIR = data_of("ours")


@dataclass
class SealedWorld:
    """An agreement of the council and the police in force, its seal, and the sealed bytes."""

    cast: people.Cast
    version: Version
    seal: Seal
    pdf: bytes

    @property
    def document(self) -> Document:
        return self.version.document


def cast_with_managers() -> people.Cast:
    """The cast, with somebody in each body who signs agreements."""
    cast = people.cast()
    for body in (cast.council.organisation, cast.police.organisation):
        make.appoint(make.post(body, "operational_manager"), f"Manager of {body}")
    return cast


def agreement(cast: people.Cast, state=State.IN_FORCE) -> Version:
    """The newest version of an agreement of the council and the police in a state."""
    bodies = [cast.council.organisation, cast.police.organisation]
    return make_documents.agreement(cast.partnership, *bodies, state=state).newest


def make_seal(version: Version) -> Seal:
    """The seal of a version, made as the worker makes it."""
    work, _ = Sealing.objects.get_or_create(version=version, defaults={"due_at": now()})
    assert sealing.make(work), work.failure
    return Seal.objects.select_related("certificate").get(version=version)


def sealed_by(whose: str, pdf: bytes) -> bytes:
    """A PDF sealed with the key of a register, ours or another's."""
    with override_settings(DATA_DIR=data_of(whose)), signers.open_signer() as signer:
        return seal_pdf(
            pdf, about="Anything", where="https://register.example", signer=signer,
            timestamper=None,
        )  # fmt: skip


def make_public(document: Document, **more) -> None:
    """Let everybody know of an entry."""
    facts.change_facts(
        by="system:test", document=document, row_version=document.row_version,
        visibility="public", **more,
    )  # fmt: skip


@worlds.shared
def world() -> SealedWorld:
    """One version that was sealed, for all tests of a module."""
    with override_settings(DATA_DIR=data_of("ours")):
        cast = cast_with_managers()
        version = agreement(cast)
        seal = make_seal(version)
        return SealedWorld(cast, version, seal, files.read(seal.file))
