"""The pages of an import: send in, look at the report, confirm, follow, take the rejected rows away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.documents.models import Document
from register.exchange import services
from register.exchange.jobs import bring_in_imports, plan_imports
from register.exchange.models import Import, ImportState
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Reference,Title,Partners\nISA-1,Hearth checks,Kent Police\nISA-2,=SUM(1),Kent Police\nISA-3,,\n"


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def office(client, cast):
    """A browser in which an officer of the partnership office is signed in."""
    client.force_login(cast.office, backend=BACKEND)
    return client


def send(client, cast, content=TEXT, name="our.csv", **more):
    content = content if isinstance(content, bytes) else content.encode()
    data = {"partnership": cast.partnership.pk, "file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("exchange:new"), data)


def test_a_register_comes_in_from_file_to_result(office, cast):
    assert "Import a register" in office.get(reverse("exchange:imports")).content.decode()
    assert office.get(reverse("exchange:new")).status_code == 200
    page = send(office, cast)
    row = Import.objects.get()
    assert page.url == row.get_absolute_url()
    planned = office.get(page.url).content.decode()
    assert "If you confirm: 2 new, 0 changed, 0 unchanged, 1 rejected." in planned
    assert "Kent Police" in planned
    assert not Document.objects.exists()

    office.post(reverse("exchange:confirm", args=[row.pk]))
    moving = office.get(page.url)
    assert moving["Refresh"] == "3"
    assert bring_in_imports() == 1
    done = office.get(page.url)
    assert "Refresh" not in done
    assert "2 new, 0 changed, 0 unchanged, 1 rejected" in done.content.decode()
    assert Document.objects.count() == 2
    assert "our.csv" in office.get(reverse("exchange:imports")).content.decode()


def test_the_rejected_rows_come_back_as_a_file_with_the_reason(office, cast):
    send(office, cast)
    row = Import.objects.get()
    answer = office.get(reverse("exchange:rejected", args=[row.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Reference,Title,Partners,Why it was not taken"
    assert text.splitlines()[1].startswith("ISA-3,,,")
    # What came back can be sent in again: the reason is no column of the register.
    send(office, cast, text.replace("ISA-3,,", "ISA-3,Mended,"), name="mended.csv")
    again = Import.objects.first()
    assert again.counts_words == "1 new, 0 changed, 0 unchanged, 0 rejected"


def test_an_import_that_is_confirmed_twice_comes_in_once(office, cast):
    send(office, cast)
    row = Import.objects.get()
    for _ in range(2):
        assert office.post(reverse("exchange:confirm", args=[row.pk])).status_code == 302
    bring_in_imports()
    assert bring_in_imports() == 0
    assert Document.objects.count() == 2


def test_an_import_that_is_left_out_never_comes_in(office, cast):
    send(office, cast)
    row = Import.objects.get()
    office.post(reverse("exchange:discard", args=[row.pk]))
    office.post(reverse("exchange:confirm", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED
    assert bring_in_imports() == 0


def test_a_long_file_is_planned_by_the_worker(office, cast, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE_ROWS", 1)
    page = send(office, cast)
    assert office.get(page.url)["Refresh"] == "3"
    assert plan_imports() == 1
    assert "If you confirm: 2 new" in office.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7", "our.csv", "not a spreadsheet"),
        (b"", "our.csv", "The file is empty"),
        (b"Colour,Shape\nred,round\nblue,square\n", "our.csv", "Columns seen"),
        (TEXT.encode(), "our.xlsx", "The name ends in .xlsx"),
    ],
)
def test_what_is_no_register_is_refused_with_a_sentence(office, cast, content, name, words):
    page = send(office, cast, content, name)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(office, cast, settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    assert send(office, cast).status_code == 422


def test_columns_that_mean_nothing_are_refused(office, cast):
    page = send(office, cast, columns="Title=nonsense")
    assert page.status_code == 422
    assert "does not say which column holds what" in page.content.decode()
    assert "--map" not in page.content.decode()


@pytest.mark.parametrize("who", ["off_a", "mgr_a", "auditor", "outsider", "nobody"])
def test_only_the_partnership_office_imports(client, cast, who):
    client.force_login(getattr(cast, who), backend=BACKEND)
    for page in ("exchange:imports", "exchange:new"):
        assert client.get(reverse(page)).status_code == 403
    assert send(client, cast).status_code == 403
    assert not Import.objects.exists()


def test_an_import_of_another_partnership_is_not_found(office, cast, client):
    send(office, cast)
    row = Import.objects.get()
    other = people.make.officer(
        "register_officer", people.make.partnership("Southmere Partnership")
    )
    client.force_login(other, backend=BACKEND)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.post(reverse("exchange:confirm", args=[row.pk])).status_code == 404


def test_the_way_to_imports_is_shown_to_the_office_only(client, cast):
    for who, is_shown in (("office", True), ("off_a", False)):
        client.force_login(getattr(cast, who), backend=BACKEND)
        page = client.get(reverse("dashboard:home")).content.decode()
        assert ('href="/import/"' in page) is is_shown
