"""kill -9 at the steps of signing, sending and importing: all of an act is there, or nothing of it."""

import pytest
from django.core.files.storage import default_storage

from register.core.dates import now
from register.documents.lifecycle import State
from register.documents.models import Document
from register.exchange import groups
from register.exchange.jobs import bring_in_imports
from register.exchange.models import Import, ImportState
from register.exchange.services import TAKEN_FOR_DEAD_AFTER, confirm, receive
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.signing import services as signing
from register.signing.models import Signature
from tests import make
from tests import signing_world as world
from tests.faults.killing import ANSWER, BETWEEN, COMMIT, STEPS_BEFORE, killed, picture

pytestmark = pytest.mark.django_db(transaction=True)
TEST = "system:test"
HEAD = "Reference,Title,Partners,Start date,Review date,Status\n"
ROWS = 12


def assert_all_or_nothing(act, steps=STEPS_BEFORE) -> None:
    """The act is killed at steps before its commit, and nothing of it is there; then after it."""
    before = picture()
    for step in steps:
        killed(act, step)
        assert picture() == before, step
    assert verify().head == before["head"]
    killed(act, ANSWER)
    assert picture() != before
    verify()


def test_signing(on_disk):
    out = world.out()
    world.sign(out, out.county.council)
    request = out.request(out.county.police)

    assert_all_or_nothing(lambda: world.sign(out, out.county.police))

    assert Signature.objects.count() == 2
    assert out.again().state == State.IN_FORCE
    # Whoever got no answer sends it again: the signature that stands is told, and none is added.
    request.refresh_from_db()
    again = signing.sign(
        by=world.signer(request.person), request=request, text_sha256=out.hash, confirmed=True
    )
    assert again.pk == Signature.objects.order_by("pk").last().pk
    assert Signature.objects.count() == 2


def test_sending_for_signature(on_disk):
    county = world.out().county
    office = county.users["office"]
    document = make.agreement(county.partnership, county.council, county.police)
    version = document.newest
    for short in ("council", "police"):
        make.slot(version, county.bodies[short], county.posts[short, "senior_officer"])

    def send():
        signing.send(by=office, version=version, round_=signing.Round(), despite="For a test.")

    assert_all_or_nothing(send, (BETWEEN, COMMIT))

    version.refresh_from_db()
    assert version.state == State.SIGNING
    assert version.frozen_at
    assert Entry.objects.filter(verb="version.sent", subject_pk=str(version.pk)).count() <= 1


def test_importing_and_another_worker_takes_over(on_disk, tmp_path, monkeypatch):
    monkeypatch.setattr(groups, "CHUNK_ROWS", ROWS // 3)
    place = make.partnership("Wyrefordshire Partnership")
    path = tmp_path / "old.csv"
    lines = [f"ISA-{n},Hearth {n},Body {n % 4} Council,01/02/2024,,Active\n" for n in range(ROWS)]
    path.write_text(HEAD + "".join(lines))
    row = receive(by=TEST, partnership=place, path=path, name="old.csv")
    confirm(by=TEST, row=row)

    for step in (BETWEEN, COMMIT, ANSWER):
        before = Document.objects.count()
        killed(bring_in_imports, step)
        came = Document.objects.count() - before
        assert came == (ROWS // 3 if step == ANSWER else 0), step
        row.refresh_from_db()
        assert row.state == ImportState.WORKING
        assert row.new == Document.objects.count()
        assert bring_in_imports() == 0, "it is in the hands of a worker that may live"
        Import.objects.update(claimed_at=now() - TAKEN_FOR_DEAD_AFTER - TAKEN_FOR_DEAD_AFTER)

    assert bring_in_imports() == 1
    row.refresh_from_db()
    assert (row.state, row.new, row.rejected) == (ImportState.DONE, ROWS, 0)
    assert Document.objects.count() == ROWS
    assert default_storage.exists(row.path)
    verify()
