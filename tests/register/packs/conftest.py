"""A charter and an agreement with flows in force, a second agreement in draft, and who prints them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from register.core.dates import now
from register.documents import files
from register.documents.lifecycle import State
from register.documents.models import Document
from register.evidence.models import CertificateRole, Seal, SealCertificate
from register.ledger.acts import act
from register.printing.jobs import make_prints
from register.printing.models import PrintRequest, PrintState
from tests import make, make_documents, make_flows, people, worlds

TEST = "system:test"
JUNIOR = "Bethan Pryce-Jones"
SENIOR = "Sir Rowland Gascoigne"


@dataclass
class Papers:
    """What there is to print, and for whom."""

    cast: people.Cast
    agreement: Document
    charter: Document
    draft: Document


@worlds.shared
def papers():
    cast = people.cast()
    council, police = cast.council.organisation, cast.police.organisation
    for body in (council, police):
        post = make.post(body, "operational_manager", mailbox=f"ops{body.pk}@county.example")
        make.appoint(post, JUNIOR if body == council else "Manager of the police")
    make.appoint(make.post(council, "chief_executive", title="Chief executive"), SENIOR)
    make.appoint(make.post(police, "chief_executive", title="Chief constable"), "Chief Okonedo")
    told = {"transfer_modes": ("secure_email",), "refusals": "Ask the manager, Bethan Pryce-Jones."}
    agreement = make_flows.agreement_with(
        cast.partnership, council, police,
        flows=[{"providers": council, "recipients": police, "title": "Referrals"} | told],
        lead=council,
    )  # fmt: skip
    charter = make_documents.charter(cast.partnership, council, police, state=State.IN_FORCE)
    draft = make_documents.agreement(cast.partnership, council, police, title="Not yet agreed")
    return Papers(cast, agreement, charter, draft)


@pytest.fixture
def as_(papers):
    """A client of somebody of the cast."""

    def client(who: str) -> Client:
        made = Client()
        made.force_login(getattr(papers.cast, who))
        return made

    return client


def printed(client: Client, answer) -> tuple[PrintRequest, bytes]:
    """The print that an answer leads to, made by the worker, with its bytes."""
    made = PrintRequest.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[-1]))
    make_prints()
    made.refresh_from_db()
    assert made.state == PrintState.DONE, made.failure
    return made, b"".join(client.get(f"{answer.url}pdf/").streaming_content)


def seal_of(document: Document, content: bytes = b"%PDF-1.7 sealed %%EOF") -> Seal:
    """A seal row with stored bytes, without the making of keys: tests of sealing are elsewhere."""
    certificate, _ = SealCertificate.objects.get_or_create(
        sha256="ab" * 32,
        defaults={"role": CertificateRole.SEAL, "subject": "The register", "issuer": "Ours",
                  "der": b"x", "runs_out_at": now(), "added_at": now()},
    )  # fmt: skip
    version = document.versions.governing().get()
    with act(by=TEST, verb="version.sealed", subject=version):
        seal = Seal(
            version=version, file=files.keep(content, files.PDF), name="x.pdf", kind="PAdES B-B",
            certificate=certificate, body_sha256=version.body_sha256, sealed_at=now(),
        )  # fmt: skip
        seal.save()
    return seal
