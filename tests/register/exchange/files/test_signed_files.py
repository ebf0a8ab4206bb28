"""Signed files in a ZIP or a folder: each to its entry, once; what is unsure is asked; nothing unsafe."""

import io
import re
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from register.documents.files import read as read_file
from register.documents.models import Attachment, Document
from register.documents.services.attachments import remove
from register.exchange.files import services, unpacking
from register.exchange.files.matching import Shelf
from register.exchange.jobs import attach_bundles
from register.exchange.models import Bundle, BundledFile, BundleState, FileState
from register.exchange.services import bring_in, receive, take_up
from register.ledger.verify import verify
from tests import people, worlds
from tests.access.pdf import PDF

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = (
    "Reference,Title,Partners\nISA-1,Hearth checks in winter,Kent Police\nISA-12,School moves,Kent Police\n"
    "ISA-3,Missing children protocol for Wyre,Kent Police\nISA-4,Hearth checks,Kent Police\n"
)  # fmt: skip


def pdf(words):
    """A PDF that differs from others by a remark at its end."""
    return PDF + f"\n% {words}\n".encode()


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def entries(cast, write):
    """Four entries of an old register, by their references there."""
    row = receive(
        by=cast.office, partnership=cast.partnership, path=write("o.csv", TEXT), name="o.csv"
    )
    bring_in(take_up(row))
    rows = Document.objects.filter(external_references__isnull=False)
    return {row.external_references.get().value: row for row in rows}


@pytest.fixture
def bring(cast, write, pack):
    """Take a ZIP of parts in; gives the bundle."""

    def _bring(parts, name="signed.zip", by=None):
        path = write(name, parts if isinstance(parts, bytes) else pack(parts))
        return services.take_in(
            by=by or cast.office, partnership=cast.partnership, path=path, name=name
        )

    return _bring


def states(bundle):
    return {file.name: (file.state, file.found) for file in bundle.files.all()}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("WY-A-0001.pdf", ({1}, "reference")),
        ("scans/2024 wya0001 signed.pdf", ({1}, "reference")),
        ("ISA-12 signed copy.pdf", ({2}, "external")),
        ("ISA-1.pdf", ({1}, "external")),
        ("School moves (final).docx", ({2}, "title")),
        ("Hearth checks in the east, signed.pdf", ({5}, "title")),
        ("Hearth checks in the north, signed.pdf", (set(), "")),
        ("Letter to the minister.pdf", (set(), "")),
        ("DSA 7.pdf", (set(), "")),
    ],
)
def test_a_name_tells_the_entry_by_reference_then_elsewhere_then_title(name, found):
    shelf = Shelf()
    shelf.own = {"wy a 0001": {1}, "wy a 0002": {2}, "wy a 0003": {3}, "wy a 0004": {4}}
    shelf.elsewhere = {"isa 1": {1}, "isa 12": {2}, "dsa 7": {3, 4}}
    shelf.titles = {1: "hearth checks", 2: "school moves", 3: "one", 4: "two"}
    shelf.titles |= {5: "hearth checks in east", 6: "hearth checks in west"}
    match = shelf.match(name)
    assert ({match.document} - {None}, match.found) == found


@pytest.mark.django_db
def test_files_are_matched_and_attached_once_as_signed_copies(bring, entries, cast):
    first = entries["ISA-1"]
    parts = {
        f"{first.reference}.pdf": pdf("a"),
        "signed/ISA-12 signed.pdf": pdf("b"),
        "Missing children protocol for Wyre.pdf": pdf("c"),
        "Thumbs.db": b"x",
        "__MACOSX/._a.pdf": b"x",
    }
    bundle = bring(parts)
    assert states(bundle) == {
        f"{first.reference}.pdf": ("waiting", "reference"),
        "signed/ISA-12 signed.pdf": ("waiting", "external"),
        "Missing children protocol for Wyre.pdf": ("waiting", "title"),
    }
    assert not Attachment.objects.exists()
    services.confirm(by=cast.office, bundle=bundle)
    assert attach_bundles() == 3
    row = first.attachments.get()
    assert (row.kind, row.name) == ("signed_copy", f"{first.reference}.pdf")
    assert "From the old register, unverified" in row.note
    assert read_file(row.file) == pdf("a")
    again = bring(parts, "other.zip")
    assert {state for state, _found in states(again).values()} == {FileState.KNOWN}
    services.confirm(by=cast.office, bundle=again)
    attach_bundles()
    assert Attachment.objects.count() == 3
    verify()


@pytest.mark.django_db
def test_a_worker_that_died_between_two_files_attaches_the_rest_only(bring, entries, cast):
    bundle = bring({"ISA-1.pdf": pdf("a"), "ISA-12.pdf": pdf("b")})
    services.confirm(by=cast.office, bundle=bundle)
    first = bundle.files.order_by("pk").first()
    services._attach(cast.office, bundle, first)
    # The file went in, and its row was not told.
    BundledFile.objects.filter(pk=first.pk).update(state=FileState.WAITING)
    assert services.attach_all(bundle) == 1
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
def test_what_somebody_took_off_an_entry_does_not_come_back(bring, entries, cast):
    bundle = bring({"ISA-1.pdf": pdf("a")})
    services.confirm(by=cast.office, bundle=bundle)
    attach_bundles()
    remove(by=cast.office, attachment=Attachment.objects.get(), reason="Wrong copy.")
    assert states(bring({"ISA-1.pdf": pdf("a")}, "b.zip")) == {"ISA-1.pdf": ("known", "bytes")}


@pytest.mark.django_db
def test_unsound_files_stay_out_and_the_others_come_in(bring, entries, pack, settings):
    settings.UPLOAD_LIMIT_BYTES = 20_000
    macros = pack({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"})
    bundle = bring(
        {
            "ISA-1.pdf": pdf("a"),
            "ISA-12.pdf": b"MZ no pdf",
            "ISA-3.docm.docx": macros,
            "ISA-4.pdf": b"%PDF-" + b"0" * 30_000,
            "ISA-4.zip": pack({"a.pdf": PDF}),
            "copy of ISA-1.pdf": pdf("a"),
            "../../etc/ISA-9.pdf": pdf("z"),
        }
    )
    found = {file.name: (file.state, file.problem) for file in bundle.files.all()}
    assert found["ISA-1.pdf"] == ("waiting", "")
    assert found["ISA-12.pdf"][0] == "refused"
    assert "macros" in found["ISA-3.docm.docx"][1]
    assert "larger than" in found["ISA-4.pdf"][1]
    assert found["ISA-4.zip"][0] == "refused"
    assert found["copy of ISA-1.pdf"] == ("left_out", "The same bytes as ISA-1.pdf.")
    assert found["etc/ISA-9.pdf"][0] == "unmatched"


@pytest.mark.django_db
def test_a_zip_that_is_locked_damaged_empty_or_a_bomb_is_refused_whole(bring, cast, pack):
    locked = bytearray(pack({"a.pdf": PDF}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark) + (6 if mark[2] == 3 else 8)
        locked[at] |= 1
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", b"0" * 20_000_000)
    for content, sentence in (
        (bytes(locked), "locked with a password"),
        (b"PK\x03\x04 torn", "damaged or is none"),
        (pack({}), "holds no files"),
        (bomb.getvalue(), "many hundred times its size"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            bring(content)
    assert not Bundle.objects.exists()


@pytest.mark.django_db
def test_a_list_of_files_longer_than_any_is_refused_before_it_is_read(bring, pack, monkeypatch):
    monkeypatch.setattr(unpacking, "DIRECTORY_BYTES", 500)
    content = pack({f"ISA-{number}.pdf": PDF for number in range(20)})
    monkeypatch.setattr(unpacking.zipfile, "ZipFile", None)
    with pytest.raises(ValidationError, match="more than 5,000 files"):
        bring(content)


@pytest.mark.django_db
def test_a_file_torn_inside_the_zip_is_told_and_the_others_come_in(bring, entries):
    torn = io.BytesIO()
    with zipfile.ZipFile(torn, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ISA-12.pdf", PDF * 40)
    at = torn.getvalue().index(b"ISA-12.pdf") + len("ISA-12.pdf")
    content = bytearray(torn.getvalue())
    content[at : at + 8] = b"\xff" * 8
    bundle = bring(bytes(content))
    file = bundle.files.get()
    assert (file.state, file.problem[:36]) == ("refused", "The file is damaged inside the ZIP. ")


@pytest.mark.django_db
def test_a_bundle_that_two_read_at_once_lists_each_file_once(bring, entries):
    bundle = bring({"ISA-1.pdf": pdf("a"), "old.pdf": pdf("b")})
    Bundle.objects.filter(pk=bundle.pk).update(state="uploaded")
    one, other = (Bundle.objects.get(pk=bundle.pk) for _ in range(2))
    services.read(one)
    services.confirm(by=bundle.requested_by, bundle=one)
    services.read(other)
    assert other.state == "confirmed"
    assert sorted(bundle.files.values_list("name", flat=True)) == ["ISA-1.pdf", "old.pdf"]


@pytest.mark.django_db
def test_only_the_office_takes_files_in(bring, cast):
    with pytest.raises(PermissionDenied, match="Only officers of the partnership office"):
        bring({"ISA-1.pdf": PDF}, by=cast.sig_b)


@pytest.mark.django_db
def test_a_file_without_an_entry_is_given_one_in_the_page(client, cast, entries, pack):
    client.force_login(cast.office, backend=BACKEND)
    content = pack({"Hearth.pdf": pdf("a"), "Minutes.pdf": pdf("b"), "ISA-12.pdf": pdf("c")})
    sent = client.post(
        reverse("exchange:new_bundle"),
        {"partnership": cast.partnership.pk, "file": SimpleUploadedFile("s.zip", content)},
    )
    bundle = Bundle.objects.get()
    assert sent.url == bundle.get_absolute_url()
    hearth, minutes = bundle.files.filter(state=FileState.UNMATCHED).order_by("name")
    shown = client.get(bundle.get_absolute_url()).content.decode()
    assert "Files without an entry" in shown
    assert "Attach 1 file" in shown
    wrong = client.post(bundle.get_absolute_url(), {f"other-{hearth.pk}": "WY-A-9999"})
    assert wrong.status_code == 422
    assert "There is no entry WY-A-9999." in wrong.content.decode()
    assert "WY-A-9999" in wrong.content.decode()
    entry = entries["ISA-4"]
    client.post(
        bundle.get_absolute_url(),
        {f"other-{hearth.pk}": entry.reference.lower(), f"file-{minutes.pk}": "leave"},
    )
    client.post(reverse("exchange:bundle_confirm", args=[bundle.pk]))
    attach_bundles()
    bundle.refresh_from_db()
    assert bundle.state == BundleState.DONE
    assert entry.attachments.get().name == "Hearth.pdf"
    assert Attachment.objects.count() == 2
    twice = client.post(reverse("exchange:bundle_confirm", args=[bundle.pk]), follow=True)
    assert services.MOVED_ON in twice.content.decode()


@pytest.mark.django_db
def test_an_entry_of_another_partnership_is_not_to_be_had(bring, cast):
    bundle = bring({"x.pdf": PDF})
    file = bundle.files.get()
    with pytest.raises(ValidationError, match="There is no entry"):
        services.choose(
            by=cast.office, bundle=bundle, references={file.pk: "ZZ-A-0001"}, left_out=set()
        )


@pytest.mark.django_db
def test_a_folder_comes_in_by_the_command_and_again_changes_nothing(cast, entries, tmp_path):
    folder = tmp_path / "signed"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "ISA-1.pdf").write_bytes(pdf("a"))
    (folder / "Minutes.pdf").write_bytes(pdf("b"))

    def run(*args):
        out = io.StringIO()
        place = ("--partnership", cast.partnership.name)
        call_command("import_files", str(folder), *place, *args, stdout=out)
        return out.getvalue()

    said = run("--dry-run")
    assert "Minutes.pdf: not matched" in said
    assert not Bundle.objects.exists()
    assert run().strip().splitlines()[-1] == "1 not matched, 1 attached"
    assert run().strip().splitlines()[-1] == "1 not matched, 1 attached before"
    assert Attachment.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_was_left_is_given_its_entry_when_the_others_are_attached(
    client, cast, bring, entries
):
    bundle = bring({"ISA-1.pdf": pdf("a"), "Hearth.pdf": pdf("b")})
    services.confirm(by=cast.office, bundle=bundle)
    attach_bundles()
    client.force_login(cast.office, backend=BACKEND)
    address = bundle.get_absolute_url()
    assert "Files without an entry" in client.get(address).content.decode()
    left = bundle.files.get(name="Hearth.pdf")
    client.post(address, {f"other-{left.pk}": entries["ISA-4"].reference})
    assert "Attach 1 file" in client.get(address).content.decode()
    client.post(reverse("exchange:bundle_confirm", args=[bundle.pk]))
    attach_bundles()
    assert entries["ISA-4"].attachments.get().name == "Hearth.pdf"
    discarded = client.post(reverse("exchange:bundle_discard", args=[bundle.pk]), follow=True)
    assert services.MOVED_ON in discarded.content.decode()


@pytest.mark.django_db
def test_another_entry_is_chosen_for_a_file_before_it_is_attached_and_not_after(
    client, cast, bring, entries
):
    bundle = bring({"ISA-1.pdf": pdf("a")})
    file = bundle.files.get()
    client.force_login(cast.office, backend=BACKEND)
    address = bundle.get_absolute_url()
    assert f"?file={file.pk}" in client.get(address).content.decode()
    asked = f"{address}?file={file.pk}"
    assert "Another entry for this file" in client.get(asked).content.decode()
    client.post(asked, {f"other-{file.pk}": entries["ISA-3"].reference})
    services.confirm(by=cast.office, bundle=bundle)
    attach_bundles()
    assert entries["ISA-3"].attachments.get().name == "ISA-1.pdf"
    assert not entries["ISA-1"].attachments.exists()
    client.post(asked, {f"other-{file.pk}": entries["ISA-1"].reference})
    assert bundle.files.get().state == FileState.ATTACHED
    assert "Another entry for this file" not in client.get(asked).content.decode()


@pytest.mark.django_db
def test_the_list_is_confirmed_as_it_was_read(client, bring, entries, cast):
    bundle = bring({"ISA-1.pdf": pdf("a"), "ISA-12.pdf": pdf("b")})
    client.force_login(cast.office, backend=BACKEND)
    read = client.get(bundle.get_absolute_url()).content.decode()
    assert bundle.list_mark in read
    first = bundle.files.order_by("pk").first()
    reference = entries["ISA-3"].reference
    services.choose(by=cast.office, bundle=bundle, references={first.pk: reference}, left_out=set())
    attach, seen = reverse("exchange:bundle_confirm", args=[bundle.pk]), bundle.list_mark
    assert seen not in read
    old = re.search(r'name="seen" value="(\w+)"', read)[1]
    page = client.post(attach, {"seen": old}, follow=True).content.decode()
    assert "The list changed since you read it. Read it, and confirm again." in page
    bundle.refresh_from_db()
    assert bundle.state == BundleState.FOUND
    client.post(attach, {"seen": seen})
    assert attach_bundles() == 2
    client.post(attach, {"seen": seen})
    assert attach_bundles() == 0
