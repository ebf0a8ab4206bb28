"""An office moves in by the pages: its bodies, its register, its flows; and what stays to be cleaned up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.flows.models import Flow
from register.cleanup.jobs import JOBS as CLEANING
from register.directory.models import Organisation
from register.documents.models import Document
from register.exchange.jobs import bring_in_imports
from register.exchange.models import Import
from register.notices.models import Notice
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BODIES = (
    "Code,Official name,Other names\nE1,Northmere County Council,Northmere CC\nP1,Wyre Police,\n"
)
REGISTER = (
    "Reference,Title,Partners,Review date\n"
    "N-1,Hearth checks,Northmere CC; Wyre Police,01/02/2020\n"
    "N-2,School moves,Wyre Police; Eastmere Academy Trust,\n"
)
FLOWS = "Flow ID,Agreement ref,Provider,Recipient,Data\nF1,N-1,Wyre Police,Northmere CC,Names\n"


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office, backend=BACKEND)
    return client


def move_in(office, cast, name, text):
    """Send a file in, take what is proposed, confirm, and let the worker do it."""
    data = {"partnership": cast.partnership.pk, "file": SimpleUploadedFile(name, text.encode())}
    address = office.post(reverse("exchange:new"), data).url
    form = office.get(address).context["form"]
    said = {bound.name: bound.value() or "" for bound in form}
    assert office.post(address, said).status_code == 302
    row = Import.objects.first()
    office.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    row.refresh_from_db()
    return row.kind, row.counts_words


def test_three_files_make_a_register_and_a_list_of_what_is_left(office, cast):
    messages = Notice.objects.count()
    assert move_in(office, cast, "bodies.csv", BODIES) == (
        "organisations",
        "2 new, 0 changed, 0 unchanged, 0 rejected",
    )
    assert move_in(office, cast, "register.csv", REGISTER) == (
        "entries",
        "2 new, 0 changed, 0 unchanged, 0 rejected",
    )
    assert move_in(office, cast, "flows.csv", FLOWS) == (
        "flows",
        "1 new, 0 changed, 0 unchanged, 0 rejected",
    )
    assert move_in(office, cast, "register.csv", REGISTER)[1].startswith("0 new, 0 changed, 2 ")
    assert Flow.objects.get().version.document == Document.objects.order_by("pk").first()
    unconfirmed = Organisation.objects.filter(is_confirmed=False)
    assert [body.legal_name for body in unconfirmed] == ["Eastmere Academy Trust"]
    for job in CLEANING:
        job.run()
    [board] = office.get(reverse("cleanup:cleanup")).context["boards"]
    left = {line.lack.code: line.count for line in board.lines if not line.is_empty}
    assert left["body"] == left["review"] == "1"
    assert left["owner"] == left["entry"] == left["file"] == "2"
    assert Notice.objects.count() == messages
