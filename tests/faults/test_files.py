"""A disk that is full, a folder that cannot be written, a program killed while it writes a file."""

import errno
import io
import os
import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.core.dates import add_months, now, pretend, today
from register.core.whole_files import PIECE, UNFINISHED
from register.documents import files
from register.documents.models import Attachment, StoredFile
from register.jobs.jobs import forget_unfinished_files
from register.ledger.models import Head
from register.printing import services as printing
from register.printing.jobs import make_prints
from register.printing.models import PrintRequest, PrintState
from tests import county as counties
from tests import make_documents as make
from tests import worlds
from tests.access.pdf import PDF
from tests.faults.killing import die

pytestmark = pytest.mark.django_db
LARGE = PDF + b"\n%" + b"x" * (PIECE + PIECE // 2)


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def agreement(county):
    return make.agreement(county.partnership, county.council, county.police, lead=county.council)


@pytest.fixture
def attach(client, county, agreement):
    """Send the form that attaches a file."""
    client.force_login(county.users["office"])
    client.raise_request_exception = False
    page = reverse("documents:attach", args=[agreement.reference])

    def send(content=LARGE):
        sent = {"kind": "signed_copy", "note": "Words that took a while", "dated_on": ""}
        return client.post(page, {**sent, "file": SimpleUploadedFile("a.pdf", content)})

    return send


@contextmanager
def no_room(limit=PIECE // 2):
    """No file of this process may grow beyond a limit: the kernel refuses, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def everything_in(folder) -> list[str]:
    return [name for _, _, names in os.walk(folder) for name in names]


def test_a_full_disk_is_said_and_nothing_is_half_there(attach, agreement, settings):
    before = Head.objects.get().sha256
    with no_room():
        answer = attach()

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "no room left for files" in page
    assert "Words that took a while" in page
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert everything_in(settings.MEDIA_ROOT) == []
    assert Head.objects.get().sha256 == before

    assert attach().status_code == 302
    assert files.read(agreement.attachments.get().file) == LARGE


def test_no_room_for_what_a_browser_sends_is_said_as_well(attach):
    """An upload that does not fit into memory is written aside while it comes in."""
    with no_room():
        answer = attach(LARGE + b"x" * (2 * PIECE))

    assert answer.status_code == 503
    assert "no room left for files" in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_while_a_file_is_written_leaves_none_of_it(code, settings):
    class Full(ContentFile):
        def read(self, size=-1):
            if self.tell():
                raise OSError(code, os.strerror(code))
            return super().read(size)

    with pytest.raises(OSError, match=os.strerror(code)) as raised:
        default_storage.save("ab/cd/file", Full(LARGE))

    assert "no room left" in raised.value.sentence
    assert everything_in(settings.MEDIA_ROOT) == []


def test_a_folder_that_cannot_be_written_is_said(attach, settings, tmp_path):
    tmp_path.joinpath("closed").mkdir(mode=0o500)
    # Nobody is refused by the rights of a folder who is root; the kernel's own folder refuses all.
    settings.MEDIA_ROOT = "/sys/files" if os.geteuid() == 0 else str(tmp_path / "closed/files")

    answer = attach()

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "may not write its files" in page
    assert "Words that took a while" in page
    assert not Attachment.objects.exists()


def test_a_program_killed_while_it_writes_a_file_leaves_nothing_under_its_name(settings):
    class Deadly(ContentFile):
        def read(self, size=-1):
            if self.tell():
                die()
            return super().read(size)

    path = "ab/cd/file"
    child = os.fork()
    if not child:
        try:
            default_storage.save(path, Deadly(LARGE))
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == 9

    assert not default_storage.exists(path)
    assert len(default_storage.listdir(UNFINISHED)[1]) == 1
    assert default_storage.save(path, ContentFile(LARGE)) == path
    assert default_storage.open(path).read() == LARGE
    assert forget_unfinished_files() == 0
    with pretend(now() + timedelta(days=2)):
        assert forget_unfinished_files() == 1
    assert default_storage.listdir(UNFINISHED)[1] == []
    assert default_storage.exists(path)


def test_half_a_file_of_before_is_not_taken_for_the_file():
    whole = StoredFile(sha256=files.hashlib.sha256(PDF).hexdigest(), size=len(PDF))
    default_storage.save(whole.path, io.BytesIO(PDF[:20]))

    kept = files.store(PDF, "a.pdf")

    assert files.read(kept) == PDF


def test_a_print_that_cannot_be_kept_is_made_when_there_is_room(county, agreement, settings):
    asked = printing.ask(user=county.users["office"], versions=[agreement.newest])
    elsewhere, settings.MEDIA_ROOT = settings.MEDIA_ROOT, "/sys/files"
    if os.geteuid() != 0:
        pytest.skip("only root may not write there whatever the rights")
    assert make_prints() == 0
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (PrintState.WORKING, 1)
    assert make_prints() == 0

    settings.MEDIA_ROOT = elsewhere
    PrintRequest.objects.update(claimed_at=now() - printing.CLAIMED_FOR - timedelta(seconds=1))
    assert make_prints() == 1
    asked.refresh_from_db()
    with default_storage.open(asked.path) as file:
        assert file.read().startswith(b"%PDF-")


def test_a_print_that_ends_its_worker_each_time_is_given_up_with_a_sentence(county, agreement):
    asked = printing.ask(user=county.users["office"], versions=[agreement.newest])
    PrintRequest.objects.update(tries=printing.TRIES)

    make_prints()

    asked.refresh_from_db()
    assert asked.state == PrintState.FAILED
    assert "broken off three times" in asked.failure
