"""Sheets, the signed copy at its fixed address, and ZIPs: asked for by people, made by the worker."""

import csv
import io
import subprocess
import zipfile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from register.core.dates import today
from register.documents.lifecycle import State
from register.documents.services import facts
from register.ledger.acts import act
from register.packs.archive import unused
from register.packs.reading_body import ends_of
from register.printing import services as printing
from tests import make_documents
from tests.register.packs.conftest import TEST, printed, seal_of

pytestmark = pytest.mark.django_db
SEALED = b"%PDF-1.7 sealed %%EOF"
NEXT = b"%PDF-1.7 the next version %%EOF"


def words_of(pdf):
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(run.stdout.decode().split())


def sheet(client, document, form, number=1):
    return client.post(reverse("packs:paper", args=[document.reference, number, form]))


def signed(client, document, **headers):
    return client.get(reverse("packs:signed", args=[document.reference]), headers=headers)


def test_the_summary_is_one_page_in_plain_words(papers, as_):
    client = as_("off_b")
    made, pdf = printed(client, sheet(client, papers.agreement, "summary"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
    said = words_of(pdf)
    for words in ("One-page summary", "To keep children safe.", "Referrals", "have signed.",
                  "office@test.example", "In force"):  # fmt: skip
        assert words in said, (words, said)
    day = today().isoformat()
    assert made.name == f"{papers.agreement.reference}-v1-in-force-summary-{day}.pdf"


def test_the_summary_is_there_as_text_to_copy_and_a_draft_only_for_who_reads_it(papers, as_):
    def page(who, document):
        address = reverse("packs:as_text", args=[document.reference, 1])
        return as_(who).get(address)

    answer = page("mgr_a", papers.agreement)
    text = answer.context["text"]
    assert answer.status_code == 200
    for words in ("Status: In force", "To keep children safe.", "WHAT MOVES (1)\n- Referrals",
                  f"/register/{papers.agreement.reference}/\n"):  # fmt: skip
        assert words in text
    assert "<" not in text
    assert "\n\n\n" not in text
    address = reverse("packs:as_text", args=[papers.agreement.reference, 1])
    entry = as_("mgr_a").get(papers.agreement.get_absolute_url()).content.decode()
    assert f'href="{address}"' in entry
    assert page("office", papers.draft).status_code == 200
    assert page("outsider", papers.draft).status_code == 404


def test_the_staff_sheet_says_who_may_share_what_how_and_whom_to_ring(papers, as_):
    client = as_("mgr_a")
    _, pdf = printed(client, sheet(client, papers.agreement, "staff"))
    said = words_of(pdf)
    for words in ("You may share: Referrals", "Secure e-mail", "Wyrefordshire Police", "Who to ring",
                  "@county.example", "if they refuse: Ask the manager", "If someone is at risk",
                  "may be passed to Wyrefordshire Police"):  # fmt: skip
        assert words in said, (words, said)
    assert "Wyrefordshire County Council to Wyrefordshire Police" in said


def test_a_flow_that_goes_both_ways_is_told_so():
    flow = {"from": ["Police"], "to": ["Council"],
            "parts": [{"answers": [["Direction", "Two-way"]]}]}  # fmt: skip
    assert ends_of(flow) == "Police to Council, and back"
    assert ends_of(flow | {"parts": []}) == "Police to Council"


def test_the_poster_holds_the_principles_and_the_same_on_a3(papers, as_):
    client = as_("off_b")
    for form, width in (("poster-a4", 595), ("poster-a3", 842)):
        _, pdf = printed(client, sheet(client, papers.charter, form))
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert len(opened.pages) == 1
            assert round(float(opened.pages[0].mediabox[2])) == width
        assert "Share unless there is a reason not to." in words_of(pdf)


def test_a_draft_carries_its_mark_and_nobody_else_gets_its_sheet(papers, as_):
    client = as_("office")
    made, pdf = printed(client, sheet(client, papers.draft, "summary"))
    assert "DRAFT" in words_of(pdf)
    assert "-draft-summary-" in made.name
    assert sheet(as_("off_b"), papers.agreement, "summary", number=9).status_code == 404
    assert sheet(as_("outsider"), papers.agreement, "summary").status_code == 404


def test_a_sheet_that_an_entry_does_not_have_is_refused_with_the_reason(papers, as_):
    client = as_("office")
    answer = sheet(client, papers.charter, "staff")
    assert answer.status_code == 403
    assert b"Only an operational agreement has a staff sheet" in answer.content
    assert b"Only a charter has a poster" in sheet(client, papers.agreement, "poster-a4").content
    assert sheet(client, papers.agreement, "zip").status_code == 404


def test_the_fixed_address_serves_the_governing_signed_copy(papers, as_):
    client = as_("mgr_a")
    seal = seal_of(papers.agreement, SEALED)
    answer = signed(client, papers.agreement)
    assert (answer.status_code, answer.content) == (200, SEALED)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Location"] == seal.get_absolute_url()
    name = f"{papers.agreement.reference}-v1-in-force-signed-{today().isoformat()}.pdf"
    assert name in answer["Content-Disposition"]
    again = signed(client, papers.agreement, if_none_match=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "no-store" in again["Cache-Control"]
    assert signed(client, papers.agreement, if_none_match='"other"').status_code == 200


def test_a_copy_in_the_browsers_store_is_no_way_round_who_may_read_it(papers, as_):
    seal = seal_of(papers.agreement, SEALED)
    tag = f'"{seal.sha256}"'
    assert signed(as_("outsider"), papers.agreement, if_none_match=tag).status_code == 404
    facts.change_facts(
        by=papers.cast.office, document=papers.agreement,
        row_version=papers.agreement.row_version, visibility="named", is_restricted=True,
    )  # fmt: skip
    assert signed(as_("off_b"), papers.agreement, if_none_match=tag).status_code == 404


def test_the_fixed_address_moves_to_the_version_that_comes_into_force(papers, as_):
    client, old = as_("mgr_a"), papers.agreement
    seal_of(old, SEALED)
    first = signed(client, old)
    make_documents.drafting.revise(by=TEST, document=old, changes="Shorter.")
    assert signed(client, old).content == SEALED, "a draft changes nothing"
    make_documents.walk(old.versions.get(number=2), State.IN_FORCE)
    assert b"is not made yet" in signed(client, old).content
    seal_of(old, NEXT)
    answer = signed(client, old, if_none_match=first["ETag"])
    assert (answer.status_code, answer.content) == (200, NEXT)
    assert f"{old.reference}-v2-in-force-signed-" in answer["Content-Disposition"]
    assert answer["Content-Location"] != first["Content-Location"]


def test_a_stored_file_that_is_gone_is_not_told_as_a_redaction(papers, as_):
    default_storage.delete(seal_of(papers.agreement, b"%PDF-1.7 lost %%EOF").file.path)
    answer = signed(as_("office"), papers.agreement)
    assert answer.status_code == 404
    assert b"was not found. Tell the administrator" in answer.content


@pytest.mark.parametrize("which", ["draft", "agreement"])
def test_without_a_signed_copy_the_address_says_why(papers, as_, which):
    document = getattr(papers, which)
    answer = signed(as_("office"), document)
    assert answer.status_code == 404
    sentence = {"draft": "has no version in force yet", "agreement": "is not made yet"}[which]
    assert sentence in answer.content.decode()


def test_a_signed_copy_that_was_taken_away_is_said_and_not_served(papers, as_):
    seal = seal_of(papers.agreement)
    with act(by=TEST, verb="seal.taken_away", subject=seal.version):
        seal.taken_away_at = seal.sealed_at
        seal.save()
    answer = signed(as_("office"), papers.agreement)
    assert answer.status_code == 404
    assert "was taken away" in answer.content.decode()


def test_a_zip_holds_signed_copies_prints_and_both_indexes(papers, as_):
    seal_of(papers.agreement, SEALED)
    client = as_("office")
    refs = [papers.agreement.reference, papers.charter.reference, papers.draft.reference]
    answer = client.post(reverse("printing:pack"), {"ref": refs, "paper": "zip", "title": "Ours"})
    made, content = printed(client, answer)
    assert made.name == f"entries-{today().isoformat()}.zip"
    assert b"Download the ZIP" in client.get(answer.url).content
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    day = today().isoformat()
    assert archive.read(f"{refs[0]}-v1-in-force-signed-{day}.pdf") == SEALED
    assert "DRAFT" in words_of(archive.read(f"{refs[2]}-v1-draft-{day}.pdf"))
    rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    told = {row["Reference"]: row["What the file is"] for row in rows}
    assert told[refs[0]].startswith("Signed copy")
    assert told[refs[1]] == "Printed from the register"
    assert {row["File"] for row in rows} | {"index.csv", "index.pdf"} == set(archive.namelist())
    assert refs[0] in words_of(archive.read("index.pdf"))


def test_a_zip_leaves_out_what_somebody_may_not_know_of(papers, as_):
    secret = make_documents.agreement(papers.cast.partnership, title="Operation Heron")
    facts.change_facts(
        by=papers.cast.office,
        document=secret,
        row_version=1,
        visibility="named",
        is_restricted=True,
    )
    client = as_("off_b")
    refs = [papers.charter.reference, secret.reference, "WY-A-9999"]
    _, content = printed(
        client, client.post(reverse("printing:pack"), {"ref": refs, "paper": "zip"})
    )
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert len(archive.namelist()) == 3
    assert secret.reference not in str(archive.namelist())
    assert b"Heron" not in b"".join(archive.read(name) for name in archive.namelist())


def test_a_name_in_a_zip_leads_nowhere_and_is_never_used_twice():
    taken = {"index.pdf"}
    assert unused("../../etc/passwd.pdf", taken) == "passwd.pdf"
    assert unused("..\\PASSWD.pdf", taken) == "PASSWD-2.pdf"
    assert unused("Index.pdf", taken) == "Index-2.pdf"
    assert unused("a/b/../passwd.pdf", taken) == "passwd-3.pdf"


def test_a_zip_over_its_bounds_fails_with_a_sentence(papers, monkeypatch):
    monkeypatch.setattr("register.packs.archive.MOST_BYTES", 10)
    seal_of(papers.agreement, SEALED)
    asked = printing.ask(
        user=papers.cast.office, versions=[papers.agreement.shown], title="Ours", paper="zip"
    )
    assert not printing.make(asked)
    assert "larger than 100 MB" in asked.failure
    assert not default_storage.exists(asked.path)


def test_three_clicks_lead_from_the_sign_in_to_a_printed_pack(papers, as_):
    """Register, print what is ticked, download: what the list offers is what the pack holds."""
    client = as_("mgr_a")
    page = client.get("/register/").content.decode()
    assert page.count('name="ref"') == 3 - 1
    answer = client.post(
        "/register/together/",
        {"only": "pack", "ref": [papers.agreement.reference, papers.charter.reference]},
    )
    _, pdf = printed(client, answer)
    said = words_of(pdf)
    assert "The documents in this pack" in said
    assert papers.agreement.reference in said
    assert papers.charter.reference in said


def test_the_page_of_an_entry_offers_its_papers(papers, as_):
    page = as_("office").get(papers.agreement.get_absolute_url()).content.decode()
    for words in ("Signed copy", "One-page summary", "Staff sheet", "Release copy"):
        assert words in page
    assert "Poster" not in page
    page = as_("off_b").get(papers.charter.get_absolute_url()).content.decode()
    assert "Poster A3" in page
    assert "Release copy" not in page
