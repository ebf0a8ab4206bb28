"""Prints that people ask for: made once, by a worker, for the one who asked and may read them."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.core.codes import hashes_of, same_code, short_code
from register.core.dates import now
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import facts
from register.ledger.models import Head
from register.printing import framing, services
from register.printing.jobs import make_prints
from register.printing.models import PrintRequest, PrintState
from register.signing import services as signing
from register.signing.models import Signature
from tests import make, make_documents, people, signing_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.cast()


@pytest.fixture
def agreement(cast):
    bodies = [cast.council.organisation, cast.police.organisation]
    for body in bodies:
        make.appoint(make.post(body, "operational_manager"), f"Manager of {body}")
    return lambda state: make_documents.agreement(cast.partnership, *bodies, state=state)


def shown(document: Document):
    return Document.objects.get(pk=document.pk).shown


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (State.DRAFT, "DRAFT"),
        (State.CONSULTATION, "DRAFT"),
        (State.SIGNING, "OUT FOR SIGNATURE"),
        (State.IN_FORCE, ""),
        (State.ENDED, "ENDED"),
    ],
)
def test_each_state_has_its_mark(agreement, state, mark):
    assert framing.mark_of(shown(agreement(state))) == mark


def test_an_unconfirmed_entry_says_so_on_paper(agreement):
    version = shown(agreement(State.IN_FORCE))
    version.document.is_confirmed = False
    assert framing.mark_of(version) == "AS RECORDED, UNCONFIRMED"


def test_the_signature_page_names_who_signed_when_and_how(agreement):
    frame = framing.frame_of(shown(agreement(State.IN_FORCE)), printed_by="Ann Lee")
    assert {row["how"] for row in frame["signatures"]} == {"Signed on paper"}
    named = [row["person"] for row in frame["signatures"]]
    assert all(named)
    assert "Manager of Wyrefordshire Police" in named


def test_a_draft_of_the_next_version_is_not_told_on_paper(agreement):
    document = agreement(State.IN_FORCE)
    make_documents.drafting.revise(by="system:test", document=document, changes="Secret plans.")
    frame = framing.frame_of(shown(document), printed_by="Ann Lee")
    assert "Secret plans." not in json.dumps(frame)


def test_a_print_is_made_by_the_worker_and_taken_by_who_asked(client, cast, agreement):
    document = agreement(State.IN_FORCE)
    client.force_login(cast.office)
    answer = client.post(reverse("printing:ask", args=[document.reference, 1]))
    page = client.get(answer.url)
    assert b"being made" in page.content
    assert make_prints() == 1
    assert b"ready" in client.get(answer.url).content
    pdf = client.get(f"{answer.url}pdf/")
    assert f"{document.reference}-v1-in-force-" in pdf["Content-Disposition"]
    assert pdf["Cache-Control"].startswith("private, no-store")
    with pikepdf.open(io.BytesIO(b"".join(pdf.streaming_content))) as opened:
        assert len(opened.pages) >= 2
    client.force_login(cast.off_a)
    assert client.get(answer.url).status_code == 404


def test_a_print_is_refused_to_somebody_who_may_no_longer_read_it(client, cast, agreement):
    document = agreement(State.IN_FORCE)
    wanted = services.ask(user=cast.off_b, versions=[shown(document)])
    make_prints()
    client.force_login(cast.off_b)
    facts.change_facts(
        by=cast.office, document=document, row_version=shown(document).document.row_version,
        visibility="named", is_restricted=True,
    )  # fmt: skip
    assert client.get(f"{wanted.get_absolute_url()}pdf/").status_code == 404
    page = client.get(wanted.get_absolute_url()).content.decode()
    assert document.reference not in page
    assert "may not read any more" in page


def test_a_pack_of_many_is_asked_for_and_fetched_in_as_many_statements_as_one_of_two(
    client, cast, agreement
):
    client.force_login(cast.off_a)
    references = [agreement(State.IN_FORCE).reference for _ in range(5)]
    counts = []
    for refs in (references[:2], references[:2], references):
        with CaptureQueriesContext(connection) as asking:
            answer = client.post(reverse("printing:pack"), {"ref": refs})
        wanted = PrintRequest.objects.latest("pk")
        PrintRequest.objects.update(state=PrintState.DONE)
        default_storage.save(wanted.path, ContentFile(b"%PDF"))
        with CaptureQueriesContext(connection) as showing:
            assert client.get(answer.url).status_code == 200
        with CaptureQueriesContext(connection) as fetching:
            assert client.get(f"{answer.url}pdf/").status_code == 200
        counts.append((len(asking), len(showing), len(fetching)))
    # The first round also reads what is then kept in memory.
    assert counts[1] == counts[2]


def test_a_print_that_two_workers_find_is_made_once(cast, agreement):
    services.ask(user=cast.office, versions=[shown(agreement(State.DRAFT))])
    assert make_prints() == 1
    assert make_prints() == 0


def test_a_print_whose_worker_died_is_taken_up_again_and_given_up_after_three_tries(
    cast, agreement
):
    wanted = services.ask(user=cast.office, versions=[shown(agreement(State.DRAFT))])
    PrintRequest.objects.filter(pk=wanted.pk).update(
        state=PrintState.WORKING, claimed_at=now() - timedelta(minutes=10), tries=3
    )
    assert make_prints() == 0
    wanted.refresh_from_db()
    assert wanted.state == PrintState.FAILED
    assert "three times" in wanted.failure


def test_several_entries_are_bound_as_one_pack(client, cast, agreement):
    references = [agreement(State.IN_FORCE).reference for _ in range(2)]
    client.force_login(cast.office)
    answer = client.post(reverse("printing:pack"), {"ref": references, "title": "For the board"})
    assert make_prints() == 1
    pdf = b"".join(client.get(f"{answer.url}pdf/").streaming_content)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert set(opened.attachments) == {f"{ref}-v1.json" for ref in references}


def test_a_pack_of_nothing_is_refused_with_a_sentence(client, cast):
    client.force_login(cast.office)
    answer = client.post(reverse("printing:pack"))
    assert answer.status_code == 422
    assert b"Select an entry to print." in answer.content


def test_a_pack_has_its_limit(cast, agreement):
    version = shown(agreement(State.DRAFT))
    with pytest.raises(ValidationError, match="up to 50 entries"):
        services.ask(user=cast.office, versions=[version] * 51, title="All")


def test_old_prints_are_thrown_away(cast, agreement):
    wanted = services.ask(user=cast.office, versions=[shown(agreement(State.DRAFT))])
    PrintRequest.objects.filter(pk=wanted.pk).update(asked_at=now() - timedelta(days=8))
    assert services.clear_old() == 1


def test_the_command_prints_a_version(agreement, tmp_path, capsys):
    document = agreement(State.SIGNING)
    call_command(
        "print_document", document.reference, output=str(tmp_path / "a.pdf"), headings=True
    )
    with pikepdf.open(tmp_path / "a.pdf") as opened:
        assert document.reference in str(opened.docinfo.get("/Title", "")) or opened.pages


def test_the_command_refuses_what_is_not_there_and_leaves_no_file(agreement, tmp_path):
    with pytest.raises(CommandError, match="There is no document WY-Z-9"):
        call_command("print_document", "WY-Z-9", output=str(tmp_path / "a.pdf"))
    with pytest.raises(CommandError, match="has no version 9"):
        call_command(
            "print_document",
            agreement(State.DRAFT).reference,
            number=9,
            output=str(tmp_path / "a.pdf"),
        )
    assert not list(tmp_path.glob("a.pdf"))


def test_a_version_is_found_by_its_code_through_an_index(agreement):
    version = shown(agreement(State.SIGNING))
    bounds = hashes_of(short_code(version.body_sha256).lower())
    found = Version.objects.filter(body_sha256__range=bounds)
    assert list(found) == [version]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A table of one row is read faster without any index.
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "documents_version_hash" in found.explain()


def test_the_frame_of_a_frozen_version_has_a_code_and_that_of_a_draft_none(agreement):
    draft = framing.frame_of(shown(agreement(State.DRAFT)), printed_by="Ann Lee")
    assert (draft["code"], draft["verify_url"], draft["certificate"]) == ("", "", None)
    version = shown(agreement(State.IN_FORCE))
    frame = framing.frame_of(version, printed_by="Ann Lee")
    assert same_code(frame["code"], version.body_sha256)
    assert frame["verify_url"] == f"{settings.BASE_URL}/verify/{frame['code']}/"
    assert frame["certificate"] is None


@pytest.fixture
def online():
    """A version that the council signed online, withdrew and signed again; the police refused it."""
    out = signing_world.out()
    council, police = (out.county.bodies[short] for short in ("council", "police"))
    signing_world.sign(out, council)
    person = out.county.people["council_senior_officer"]
    signing.withdraw(
        by=signing_world.signer(person), slot=out.slot(council), reason="Too early for us."
    )
    request = out.request(police)
    signing.refuse(
        by=signing_world.signer(request.person), request=request, reason_class="legal",
        reason="Not our power.",
    )  # fmt: skip
    return out.again()


def test_the_signature_page_tells_what_happened_in_each_place(online):
    frame = framing.frame_of(online, printed_by="Ann Lee")
    withdrawn, refused = frame["signatures"]
    assert (withdrawn["state"], withdrawn["how"]) == ("withdrawn", "Signature withdrawn")
    [before] = withdrawn["earlier"]
    assert (before["state"], before["how"]) == ("signed", "Signed online")
    assert before["at"].endswith("+00:00")
    assert before["capacity"] == "Holds the post"
    assert (refused["state"], refused["how"]) == ("refused", "Refused to sign")


def test_the_certificate_tells_the_record_and_never_where_it_came_from(online):
    frame = framing.frame_of(online, printed_by="", is_sealed=True)
    certificate = frame["certificate"]
    head = Head.objects.get(pk=1)
    assert (certificate["ledger_number"], certificate["ledger_sha256"]) == (
        head.number,
        head.sha256,
    )
    assert certificate["text_sha256"] == online.body_sha256
    signed = certificate["rows"][0]
    row = Signature.objects.get(pk=signed["number"])
    assert signed["statement"] == row.statement != ""
    assert signed["statement_sha256"] == row.statement_sha256
    assert signed["strength"] == "control of mailbox"
    assert signed["utc"].endswith(" UTC")
    assert "(Europe/London)" in signed["local"]
    assert signed["other_text_sha256"] == ""
    for unsaid in ("192.0.2.7", "Test browser", "@signer.example"):
        assert unsaid not in json.dumps(frame)
