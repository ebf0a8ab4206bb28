"""A redaction reaches the signed body, the search and the prints, and still verifies."""

import json

import pytest
from django.db import connection

from register.documents.lifecycle import State
from register.documents.models import Clause, VersionBody
from register.ledger import triggers
from register.ledger.redaction import redact
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from register.printing import services as printing
from register.printing.models import PrintRequest
from register.search.models import Text
from tests import make, make_documents, people, worlds

pytestmark = pytest.mark.django_db
SECRET = "943 476 5919"


@worlds.shared
def signed():
    """An agreement in force with a patient's number in a clause, its cast, and a print of it."""
    cast = people.cast()
    bodies = [cast.council.organisation, cast.police.organisation]
    for body in bodies:
        make.appoint(make.post(body, "operational_manager"))
    document = make_documents.agreement(cast.partnership, *bodies)
    version = document.in_preparation
    clause = Clause.objects.filter(version=version).first()
    make_documents.content.change_item(
        by=cast.office, row=clause, row_version=clause.row_version,
        text=f"<p>As with the patient {SECRET} last year.</p>",
    )  # fmt: skip
    make_documents.walk(version, State.IN_FORCE)
    printing.ask(user=cast.office, versions=[document.governing])
    return cast, clause


def take_out(cast, clause, callbacks):
    with callbacks(execute=True):
        return redact(
            by=cast.admin, second=cast.auditor, model=Clause, pk=clause.pk, field="text",
            find=SECRET, reason="A patient's number had been pasted in.",
        )  # fmt: skip


def test_a_redaction_takes_a_text_out_everywhere_and_verifies(
    signed, django_capture_on_commit_callbacks, owner
):
    cast, clause = signed
    take_out(cast, clause, django_capture_on_commit_callbacks)
    body = VersionBody.objects.get(version=clause.version)
    assert SECRET not in bytes(body.content).decode()
    assert "[redacted]" in json.dumps(json.loads(bytes(body.content)))
    assert body.sha256 == clause.version.__class__.objects.get(pk=clause.version_id).body_sha256
    assert not Text.objects.filter(words__contains="5919").exists()
    assert not PrintRequest.objects.exists()
    assert "redacted on" in " ".join(verify().notes)


def test_a_body_that_was_altered_is_found(signed, owner):
    _, clause = signed
    with triggers.suspended(connection, [VersionBody]):
        VersionBody.objects.filter(version=clause.version).update(content=b"{}")
    with pytest.raises(Tampered, match=r"stored body of .* was altered"):
        verify()


def test_an_alteration_that_poses_as_a_redaction_is_found(signed, owner):
    _, clause = signed
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of {}
    with triggers.suspended(connection, [VersionBody]):
        VersionBody.objects.filter(version=clause.version).update(
            content=b"{}", redacted_sha256=digest
        )
    with pytest.raises(Tampered, match="by no redaction"):
        verify()
