"""Two web processes and two workers that do the same at the same moment: it is done once."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.models import Document
from register.exchange import groups
from register.exchange import jobs as imports
from register.exchange.models import ImportState
from register.exchange.services import confirm, receive
from register.jobs import worker
from register.jobs.registry import Job
from register.ledger.models import Entry
from register.ledger.verify import verify
from register.notices import jobs as mail
from register.notices.models import Notice
from register.notices.services import write
from register.printing import jobs as prints
from register.printing import services as printing
from register.printing.models import PrintState
from register.signing.models import Signature
from tests import county as counties
from tests import make_documents as make
from tests import signing_world as world
from tests.faults.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = "Reference,Title,Partners,Start date,Review date,Status\n"
ROWS, MESSAGES = 12, 30


def test_of_two_officers_on_two_web_servers_one_saves_and_the_other_reads_why(on_disk):
    county = counties.found(add_months(today(), -13))
    agreement = make.agreement(
        county.partnership, county.council, county.police, lead=county.council
    )
    page = reverse("documents:title", args=[agreement.reference])
    form = {"kind": "", "row_version": agreement.newest.row_version}

    def post(user: str, title: str):
        def work(wait):
            client = Client()
            client.force_login(county.users[user], LOGIN)
            wait()
            answer = client.post(page, form | {"title": title})
            return title, answer.status_code, answer.content.decode()

        return work

    answers = together(post("office", "One title"), post("council_officer", "Another title"))

    assert sorted(status for _, status, _ in answers) == [302, 409]
    (kept,) = [title for title, status, _ in answers if status == 302]
    ((lost, said),) = [(title, text) for title, status, text in answers if status == 409]
    assert agreement.newest.title == kept
    assert kept in said
    assert lost in said
    verify()


def test_one_place_that_is_signed_on_two_web_servers_holds_one_signature(on_disk):
    out = world.out()

    def sign(wait):
        wait()
        return world.sign(out, out.county.police).pk

    first, second = together(sign, sign)

    assert first == second == Signature.objects.get().pk
    assert Entry.objects.filter(verb="version.signed").count() == 1
    verify()


def test_two_workers_do_everything_once(on_disk, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(groups, "CHUNK_ROWS", ROWS // 3)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "sent"
    county = counties.found(add_months(today(), -13))
    agreement = make.agreement(county.partnership, county.council, county.police)
    asked = printing.ask(user=county.users["office"], versions=[agreement.newest])
    row = brought(county, tmp_path / "old.csv")
    for number in range(MESSAGES):
        write(to=f"p{number}@x.example", subject="Sign", text="Words", key=f"key:{number}")
    waiting = set(mail.waiting().values_list("to", flat=True))
    before = Document.objects.count()
    jobs = [
        Job("send_messages", 1, mail.send),
        Job("imports", 1, imports.bring_in_imports),
        Job("prints", 1, prints.make_prints),
    ]

    def work(wait):
        wait()
        return worker.go_round(jobs, every=True)

    assert together(work, work) == [0, 0]

    sent = re.findall(r"^To: (\S+)$", "\n".join(letters(tmp_path / "sent")), re.MULTILINE)
    assert len(sent) == len(set(sent))
    assert set(sent) == waiting
    assert not Notice.objects.filter(sent_at__isnull=True).exists()
    row.refresh_from_db()
    assert (row.state, row.new, row.rejected) == (ImportState.DONE, ROWS, 0)
    assert Document.objects.count() - before == ROWS
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (PrintState.DONE, 1)
    assert len(default_storage.listdir("prints")[1]) == 1
    verify()


def brought(county, path: Path):
    """A file of entries that waits for a worker."""
    lines = [f"ISA-{n},Hearth {n},Body {n % 4} Council,01/02/2024,,Active\n" for n in range(ROWS)]
    path.write_text(HEAD + "".join(lines))
    row = receive(by="system:test", partnership=county.partnership, path=path, name=path.name)
    confirm(by="system:test", row=row)
    return row


def letters(folder: Path) -> list[str]:
    """What was mailed, of all processes."""
    return [path.read_text() for path in folder.iterdir()]
