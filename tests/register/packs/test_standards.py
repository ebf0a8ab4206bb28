"""Every kind of paper a manager prints, of one entry with the longest names, keeps both standards.

The papers are laid out in this process, which is quicker, and judged by veraPDF in one run.
"""

import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse

from register.core.dates import today
from register.documents.lifecycle import State
from register.packs import services
from register.printing import child
from register.printing import services as printing
from tests import make, make_flows
from tests.register.printing import bodies
from tools.verapdf import validate

pytestmark = pytest.mark.django_db
TITLE = (f"{bodies.LONG} with {bodies.WELSH}: " * 3)[:300].strip()
ONE_PAGE = ("summary", "poster-a4", "poster-a3")


@pytest.fixture
def here(monkeypatch):
    """The layout in this process instead of a child of its own; the bounds have tests elsewhere."""

    def run(task, place, seconds):
        job = json.loads(task)
        child._place(child._made(job), Path(job["output"]))

    monkeypatch.setattr("register.printing.bounded._run", run)


@pytest.fixture
def longest(papers):
    """An agreement of many bodies, each with a name as long as the register takes."""
    cast = papers.cast
    names = [f"{n} {(bodies.LONG + ', ' + bodies.NHS + ', ') * 2}"[:290] for n in range(9)]
    many = [make.organisation(name) for name in names]
    for body in many:
        make.member(cast.partnership, body)
        make.appoint(make.post(body, "senior_officer", title=bodies.WELSH), f"Senior {body.pk}")
    ringing = make.post(many[0], "operational_manager", mailbox="ops@county.example")
    make.appoint(ringing, "Manager of referrals")
    flows = [
        {"providers": many[n], "recipients": many[n + 1], "title": f"{n} {bodies.NHS}"}
        for n in range(6)
    ]
    return make_flows.agreement_with(
        cast.partnership, *many, flows=flows, lead=many[0], title=TITLE, state=State.IN_FORCE
    )


def made(user, document, paper="", **facts) -> tuple[str, bytes]:
    """The name and the bytes of a paper, made as the worker makes it."""
    asked = printing.ask(user=user, versions=[document.shown], paper=paper, **facts)
    content, name = printing.file_of(asked)
    return name, content


def papers_of(papers, longest) -> dict[str, tuple[str, bytes]]:
    """Each kind of paper that the worker makes, by its code: its file name and its bytes."""
    office = papers.cast.office
    found = {code: made(office, longest, code) for code in ("summary", "staff")}
    found |= {code: made(office, papers.charter, code) for code in ("poster-a4", "poster-a3")}
    release = services.release(
        by=office, version=longest.shown, withheld={"clause:1": ("s31", "It would tell how.")}
    )
    found["release"] = made(office, longest, "release", about=release.pk)
    asked = printing.ask(
        user=office, versions=[longest.shown, papers.draft.shown], title=TITLE[:200], paper="zip"
    )
    archive = zipfile.ZipFile(io.BytesIO(printing.file_of(asked)[0]))
    assert f"{longest.reference}-v1-in-force-{today().isoformat()}.pdf" in archive.namelist()
    return found | {"index": ("index.pdf", archive.read("index.pdf"))}


def asked_of_pages(client, longest) -> dict[str, tuple[str, bytes]]:
    """The papers that a page answers with: the entry and the list as at today, the report of a month."""
    found, day = {}, today().isoformat()
    for name, address in (
        ("as-at", reverse("past:pdf", args=[day, longest.reference])),
        ("list", reverse("past:paper", args=[day])),
        ("board", reverse("reports:period_pdf")),
    ):
        answer = client.post(address)
        file = answer["Content-Disposition"].partition('filename="')[2].rstrip('"')
        found[name] = (file, answer.content)
    return found


def names_of(longest, charter) -> dict[str, str]:
    """What each file is called: reference, version, state, kind and date."""
    day, one = today().isoformat(), f"{longest.reference}-v1-in-force"
    return {
        "summary": f"{one}-summary-{day}.pdf",
        "staff": f"{one}-staff-sheet-{day}.pdf",
        "poster-a4": f"{charter.reference}-v1-in-force-poster-a4-{day}.pdf",
        "poster-a3": f"{charter.reference}-v1-in-force-poster-a3-{day}.pdf",
        "release": f"{one}-release-copy-{day}.pdf",
        "index": "index.pdf",
        "as-at": f"{one}-as-at-{day}.pdf",
        "list": f"register-as-at-{day}.pdf",
        "board": f"what-changed-{today():%B-%Y}-{day}.pdf".lower(),
    }


def test_every_paper_keeps_both_standards_and_is_named_for_what_it_is(
    papers, longest, here, tmp_path, client
):
    client.force_login(papers.cast.office)
    found = papers_of(papers, longest) | asked_of_pages(client, longest)
    assert {code: name for code, (name, _) in found.items()} == names_of(longest, papers.charter)
    for code, (_, pdf) in found.items():
        (tmp_path / f"{code}.pdf").write_bytes(pdf)
    for code in ONE_PAGE:
        with pikepdf.open(tmp_path / f"{code}.pdf") as opened:
            assert len(opened.pages) == 1, code
    judged = validate(sorted(tmp_path.glob("*.pdf")))
    assert len(judged) == len(found) == 9
    for flavour in ("3a", "ua1"):
        broken = {path.stem: by[flavour].broken for path, by in judged.items() if not by[flavour]}
        assert broken == {}, flavour
