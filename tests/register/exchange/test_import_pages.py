"""The pages of an import: send in, say what columns hold, look at the report, confirm, follow."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.core.dates import now
from register.documents.models import Document
from register.exchange import services, taking_in
from register.exchange.jobs import bring_in_imports, plan_imports
from register.exchange.models import Import, ImportState, Mapping
from register.jobs import stopping
from tests import people, worlds

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Reference,Title,Partners\nISA-1,Hearth checks,Kent Police\nISA-2,=SUM(1),Kent Police\nISA-3,,\n"
FIELDS = {"column-0": "reference", "column-1": "title", "column-2": "parties"}


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


def choose(client, row, kind="entries", sheet="", **fields):
    data = {"kind": kind, "sheet": sheet, **(fields or FIELDS)}
    return client.post(reverse("exchange:columns", args=[row.pk]), data)


def planned(client, cast, *args, **kwargs):
    """An import whose columns were said as they were proposed."""
    send(client, cast, *args, **kwargs)
    row = Import.objects.first()
    choose(client, row)
    row.refresh_from_db()
    return row


def words_of(page):
    return page.content.decode()


def test_a_register_comes_in_from_file_to_result(office, cast):
    assert "Import a register" in words_of(office.get(reverse("exchange:imports")))
    assert office.get(reverse("exchange:new")).status_code == 200
    page = send(office, cast)
    row = Import.objects.get()
    assert page.url == reverse("exchange:columns", args=[row.pk])
    columns = words_of(office.get(page.url))
    assert "Hearth checks" in columns
    assert '<option value="title" selected>' in columns

    page = choose(office, row)
    assert page.url == row.get_absolute_url()
    shown = words_of(office.get(page.url))
    assert "If you confirm: 2 new, 0 changed, 0 unchanged, 1 rejected." in shown
    assert "Kent Police" in shown
    assert not Document.objects.exists()

    office.post(reverse("exchange:confirm", args=[row.pk]))
    moving = office.get(page.url)
    assert moving["Refresh"] == "3"
    assert bring_in_imports() == 1
    done = office.get(page.url)
    assert "Refresh" not in done
    assert "2 new, 0 changed, 0 unchanged, 1 rejected" in words_of(done)
    assert Document.objects.count() == 2
    assert "our.csv" in words_of(office.get(reverse("exchange:imports")))


def test_pasted_cells_come_in_as_a_file_does(office, cast):
    pasted = 'Reference\tTitle\tPartners\r\nISA-1\t"Hearth\r\nchecks"\tKent Police\r\n'
    data = {"partnership": cast.partnership.pk, "pasted": pasted, "name": "Our list"}
    assert office.post(reverse("exchange:new"), data).status_code == 302
    row = Import.objects.get()
    assert row.name == "Our list.tsv"
    choose(office, row)
    row.refresh_from_db()
    assert row.counts_words == "1 new, 0 changed, 0 unchanged, 0 rejected"
    assert row.reported_rows.get().title == "Hearth checks"


@pytest.mark.parametrize("both", [True, False])
def test_a_file_or_pasted_cells_and_not_both_or_neither(office, cast, both):
    data = {"partnership": cast.partnership.pk, "pasted": "A\tB\n1\t2" if both else ""}
    if both:
        data["file"] = SimpleUploadedFile("our.csv", TEXT.encode())
    page = office.post(reverse("exchange:new"), data)
    assert page.status_code == 422
    assert "one of the two" in words_of(page)
    assert both is ("1\t2" in words_of(page))


def test_columns_that_nobody_knows_are_told_by_the_officer(office, cast):
    odd = "Ident,Was,Wer,Geheim\nISA-1,Hearth checks,Kent Police,for us only\n"
    send(office, cast, odd)
    row = Import.objects.get()
    asked = words_of(office.get(reverse("exchange:columns", args=[row.pk])))
    assert "do not show a title" in asked
    assert "--map" not in asked
    too_little = choose(office, row, **dict.fromkeys(("column-0", "column-1"), "extra"),
                        **{"column-2": "left_out", "column-3": "left_out"})  # fmt: skip
    assert too_little.status_code == 422
    assert "Choose the columns that hold “Reference” and “Title”." in words_of(too_little)
    choose(office, row, **FIELDS, **{"column-3": "left_out"})
    office.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    document = Document.objects.get()
    assert document.newest.title == "Hearth checks"
    assert "for us only" not in document.extras


def test_a_list_of_something_else_comes_in_only_when_somebody_denies_it(office, cast):
    codes = "Kind code,Kind name,Colour\nA-1,Hearth checks,Blue\n"
    send(office, cast, codes)
    row = Import.objects.get()
    asked = words_of(office.get(reverse("exchange:columns", args=[row.pk])))
    assert "This seems to be a reference list (codes and names)" in asked
    said = {"column-0": "reference", "column-1": "title", "column-2": "extra"}
    page = choose(office, row, **said)
    assert page.status_code == 422
    assert "Tick this if it is one all the same" in words_of(page)
    assert choose(office, row, **said, sure="on").status_code == 302


def test_a_list_of_bodies_is_told_by_its_headings_and_comes_in_as_one(office, cast):
    bodies = "Official name,GSS code,Region\nKent County Council,E10000016,South East\n"
    send(office, cast, bodies)
    row = Import.objects.get()
    page = office.get(reverse("exchange:columns", args=[row.pk]))
    assert page.context["look"].kind.code == "organisations"
    fields = {name: bound.initial for name, bound in page.context["form"].fields.items()}
    columns = {name: field for name, field in fields.items() if name.startswith("column-")}
    assert choose(office, row, kind="organisations", **columns).status_code == 302
    row.refresh_from_db()
    assert row.counts_words == "1 new, 0 changed, 0 unchanged, 0 rejected"


def test_two_columns_cannot_be_one_thing(office, cast):
    send(office, cast)
    page = choose(office, Import.objects.get(), **{**FIELDS, "column-2": "title"})
    assert page.status_code == 422
    assert "“Title” is said to hold “Title” too." in words_of(page)


def test_what_columns_hold_is_proposed_for_the_next_file_like_it(office, cast):
    odd = "Ident,Was,Wer,Ort\nISA-1,Hearth checks,Kent Police,Kent\n"
    send(office, cast, odd)
    choose(office, Import.objects.get(), **FIELDS, **{"column-3": "left_out"})
    send(office, cast, odd.replace("Ort", "Gegend").replace("Ident", "ident "), name="next.csv")
    row = Import.objects.first()
    page = words_of(office.get(reverse("exchange:columns", args=[row.pk])))
    assert "Proposed as for “our.csv”" in page
    assert "nearly the same headings" in page
    assert page.count("selected>") == 5  # the kind, and four columns
    assert '<option value="title" selected>' in page
    assert Mapping.objects.count() == 1


def test_the_same_list_under_another_name_is_known_again(office, cast):
    row = planned(office, cast)
    office.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    send(office, cast, TEXT.replace("Hearth", "Heat"), name="our list 2027.csv")
    row = Import.objects.first()
    assert "which came in before" in words_of(
        office.get(reverse("exchange:columns", args=[row.pk]))
    )
    choose(office, row, **FIELDS, list_name="our")
    row.refresh_from_db()
    assert row.counts_words == "0 new, 1 changed, 1 unchanged, 1 rejected"


def test_the_sheet_is_chosen_where_there_are_several(office, cast, workbook):
    path = workbook({
        "Live": [["Reference", "Title", "Partners"], ["ISA-1", "Hearth checks", "Kent Police"]],
        "Old": [["Reference", "Title", "Partners"], ["ISA-9", "Old ways", "Kent Police"]],
    })  # fmt: skip
    send(office, cast, path.read_bytes(), name="our.xlsx")
    row = Import.objects.get()
    address = reverse("exchange:columns", args=[row.pk])
    assert "Old ways" not in words_of(office.get(address))
    assert "Old ways" in words_of(office.get(address, {"sheet": "Old"}))
    choose(office, row, sheet="Old", **FIELDS)
    assert row.reported_rows.get().reference == "ISA-9"
    # Until it is confirmed the choice may be made otherwise.
    assert "Hearth checks" in words_of(office.get(address, {"sheet": "Live"}))
    choose(office, row, sheet="Live", **FIELDS)
    assert row.reported_rows.get().reference == "ISA-1"


def test_the_report_shows_each_row_and_narrows(office, cast):
    row = planned(office, cast)
    office.post(reverse("exchange:confirm", args=[row.pk]))
    bring_in_imports()
    row = planned(office, cast, TEXT.replace("Hearth", "Heat"))
    page = words_of(office.get(row.get_absolute_url(), {"show": "changed"}))
    assert "<td>Hearth checks</td><td>Heat checks</td>" in page
    assert "ISA-2" not in page.partition("Row by row")[2].partition("What there is")[0]
    answer = office.get(reverse("exchange:report", args=[row.pk]), {"show": "changed"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1] == "2,ISA-1,Heat checks,Changed,Title,Hearth checks,Heat checks,"
    assert len(lines) == 2


def test_an_import_that_is_confirmed_twice_comes_in_once(office, cast):
    row = planned(office, cast)
    for _ in range(2):
        assert office.post(reverse("exchange:confirm", args=[row.pk])).status_code == 302
    bring_in_imports()
    assert bring_in_imports() == 0
    assert Document.objects.count() == 2


def test_a_plan_that_was_made_anew_since_it_was_read_is_not_confirmed(office, cast):
    row = planned(office, cast)
    page = office.get(row.get_absolute_url()).content.decode()
    assert f'name="seen" value="{row.plan_mark}"' in page
    Import.objects.filter(pk=row.pk).update(report_text='{"remarks": []}')
    url = reverse("exchange:confirm", args=[row.pk])
    answer = office.post(url, {"seen": row.plan_mark}, follow=True)
    assert "It was planned anew since you read it." in words_of(answer)
    row.refresh_from_db()
    assert row.state == ImportState.PLANNED
    office.post(url, {"seen": row.plan_mark})
    row.refresh_from_db()
    assert row.state == ImportState.CONFIRMED


def test_an_import_that_is_left_out_while_it_is_read_stays_out(office, cast, monkeypatch):
    monkeypatch.setattr(taking_in, "AT_ONCE_ROWS", 1)
    row = planned(office, cast)
    assert row.state == ImportState.UPLOADED
    office.post(reverse("exchange:discard", args=[row.pk]))
    services.make_plan(row)
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED


def test_a_worker_that_is_to_end_lays_the_import_down_for_the_next(office, cast):
    row = planned(office, cast)
    office.post(reverse("exchange:confirm", args=[row.pk]))
    Import.objects.filter(pk=row.pk).update(state=ImportState.WORKING, claimed_at=now())
    row.refresh_from_db()
    stopping.ask_to_stop()
    try:
        services.bring_in(row)
    finally:
        stopping.go_on()
    row.refresh_from_db()
    assert (row.state, row.claimed_at, row.rows_done) == (ImportState.WORKING, None, 0)
    assert bring_in_imports() == 1
    assert Document.objects.count() == 2


def test_an_import_that_is_left_out_never_comes_in(office, cast):
    row = planned(office, cast)
    office.post(reverse("exchange:discard", args=[row.pk]))
    office.post(reverse("exchange:confirm", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED
    assert bring_in_imports() == 0
    assert office.get(reverse("exchange:columns", args=[row.pk])).status_code == 302


def test_a_long_file_is_planned_by_the_worker(office, cast, monkeypatch):
    monkeypatch.setattr(taking_in, "AT_ONCE_ROWS", 1)
    row = planned(office, cast)
    assert office.get(row.get_absolute_url())["Refresh"] == "3"
    Import.objects.filter(pk=row.pk).update(claimed_at=now())
    assert "0 of 3</strong> rows are looked at" in words_of(office.get(row.get_absolute_url()))
    Import.objects.filter(pk=row.pk).update(claimed_at=None)
    assert plan_imports() == 1
    assert "If you confirm: 2 new" in words_of(office.get(row.get_absolute_url()))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7", "our.csv", "not a spreadsheet"),
        (b"", "our.csv", "The file is empty"),
        (b"Reference,Title\n", "our.csv", "no rows under them"),
        (TEXT.encode(), "our.xlsx", "The name ends in .xlsx"),
    ],
)
def test_what_holds_no_table_is_refused_with_a_sentence(office, cast, content, name, words):
    page = send(office, cast, content, name)
    assert page.status_code == 422
    assert words in words_of(page)
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(office, cast, settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    assert send(office, cast).status_code == 422


@pytest.mark.parametrize("who", ["off_a", "mgr_a", "auditor", "outsider", "nobody"])
def test_only_the_partnership_office_imports(client, cast, who):
    client.force_login(getattr(cast, who), backend=BACKEND)
    for page in ("exchange:imports", "exchange:new"):
        assert client.get(reverse(page)).status_code == 403
    assert send(client, cast).status_code == 403
    assert not Import.objects.exists()


def test_an_import_of_another_partnership_is_not_found(office, cast, client):
    row = planned(office, cast)
    place = people.make.partnership("Southmere Partnership")
    client.force_login(people.make.officer("register_officer", place), backend=BACKEND)
    for page in ("import", "columns", "mend", "undo", "report", "rejected", "rejected_sheet"):
        assert client.get(reverse(f"exchange:{page}", args=[row.pk])).status_code == 404
    for page in ("confirm", "discard", "columns", "mend", "again", "undo"):
        assert client.post(reverse(f"exchange:{page}", args=[row.pk])).status_code == 404


def test_the_way_to_imports_is_shown_to_the_office_only(client, cast):
    for who, is_shown in (("office", True), ("off_a", False)):
        client.force_login(getattr(cast, who), backend=BACKEND)
        page = words_of(client.get(reverse("dashboard:home")))
        assert ('href="/import/"' in page) is is_shown


def test_a_command_of_the_office_still_refuses_what_is_no_register(cast, write):
    path = write("our.csv", "Colour,Shape\nred,round\nblue,square\n")
    with pytest.raises(services.ValidationError, match="Columns seen"):
        services.receive(by="system:test", partnership=cast.partnership, path=path, name="our.csv")
