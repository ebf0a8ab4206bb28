"""The pages of documents through the client."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Party, Unsaved, Version
from register.documents.services import content
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def agreement(county):
    return make.agreement(county.partnership, county.council, county.police, lead=county.council)


@pytest.fixture
def office(client, county):
    client.force_login(county.users["office"])
    return client


def address(name, document, *args):
    return reverse(f"documents:{name}", args=[document.reference, *args])


EVERY_DRAFT_PAGE = ["draft", "check", "title", "place", "commencement", "parties", "add_party",
                    "clauses", "add_clause", "paste_clauses", "govern_by_file", "facts", "readers",
                    "add_reference", "write_note", "attach", "history", "document"]  # fmt: skip


@pytest.mark.parametrize("name", EVERY_DRAFT_PAGE)
def test_every_page_of_a_draft_opens_for_the_office(office, agreement, name):
    answer = office.get(address(name, agreement))
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_every_section_of_every_tier_opens_and_is_saved(office, county, tier):
    charter = make.charter(county.partnership, county.council, county.police)
    protocol = make.protocol(charter, county.community, county.council, county.police)
    documents = {1: charter, 2: protocol}
    document = documents.get(tier) or make.agreement(
        county.partnership, county.council, county.police, protocol=protocol
    )
    page = office.get(address("draft", document))
    for heading, lines in page.context["groups"]:
        for line in lines:
            assert office.get(line.url).status_code == 200, (heading, line)
    assert office.get(address("check", document)).status_code == 200
    assert office.get(address("document", document)).status_code == 200


def test_a_document_that_one_may_not_know_of_is_not_found(client, county, agreement):
    client.force_login(county.users["police_manager"])
    for name in EVERY_DRAFT_PAGE:
        assert client.get(address(name, agreement)).status_code == 404, name
    assert client.post(address("title", agreement), {"title": "Mine"}).status_code == 404


def test_a_login_without_a_person_sees_nothing_of_a_draft(client, county, agreement):
    user = type(county.users["office"]).objects.create_user("nobody@wy.example")
    assert not Document.objects.visible_to(user).exists()


def test_who_may_read_but_not_change_is_refused_with_the_reason(client, county, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    client.force_login(county.users["police_manager"])
    assert client.get(address("document", agreement)).status_code == 200
    for name in ("draft", "facts", "end", "attach", "write_note"):
        answer = client.get(address(name, agreement))
        assert answer.status_code == 403, name
    answer = client.post(address("end", agreement), {"reason": "x"})
    assert answer.status_code == 403
    assert Version.objects.get().state == State.IN_FORCE


def test_a_document_is_started_with_its_place(office, county):
    charter = make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
    answer = office.post(
        reverse("documents:choose"), {"tier": 2, "partnership": county.partnership.pk}
    )
    assert answer.status_code == 302
    sent = {"title": "Children", "charter": charter.pk, "community": county.community.pk, "kind": "",
            "lead": county.council.pk, "outside_reason": ""}  # fmt: skip
    answer = office.post(answer.url, sent)
    started = Document.objects.get(tier=2)
    assert answer.url == address("draft", started)
    assert started.protocol.charter == charter
    assert started.owner == county.people["office"]


def test_a_start_without_a_place_says_what_is_missing(office, county):
    answer = office.post(reverse("documents:start", args=[2]), {"title": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter title." in page
    assert page.startswith("<!doctype html>")
    assert "<title>Error: " in page
    answer = office.post(reverse("documents:start", args=[2]), {"title": "Children"})
    assert "Choose the charter above it, or say why" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_parent_that_one_may_not_see_is_not_named(client, county):
    other = counties.found(add_months(today(), -13), prefix="XY", name="Another partnership")
    secret = make.charter(other.partnership, other.council, other.police, title="Hidden accord")
    client.force_login(county.users["office"])
    sent = {"title": "Children", "charter": secret.pk, "outside_reason": ""}
    answer = client.post(reverse("documents:start", args=[2]), sent)
    assert answer.status_code == 422
    assert "Hidden" not in answer.content.decode()


def test_a_body_officer_starts_for_that_body_only(client, county):
    client.force_login(county.users["council_officer"])
    sent = {"title": "Ours", "lead": county.police.pk, "is_outside": "on", "outside_reason": "Old."}
    assert client.post(reverse("documents:start", args=[3]), sent).status_code == 422
    sent["lead"] = county.council.pk
    assert client.post(reverse("documents:start", args=[3]), sent).status_code == 302


def test_a_title_is_changed_and_only_what_the_form_asks(office, agreement):
    sent = {"title": "A better title", "kind": "", "changes": "", "label": "", "row_version": 1,
            "state": "in_force", "number": 9, "frozen_at": "2020-01-01", "is_admitted": "on"}  # fmt: skip
    assert office.post(address("title", agreement), sent).status_code == 302
    version = agreement.newest
    assert (version.title, version.state, version.number) == ("A better title", State.DRAFT, 1)
    assert not version.is_admitted


@pytest.mark.parametrize("row_version", ["", "-1", "x", "1.5", None])
def test_a_form_without_its_row_version_changes_nothing(office, agreement, row_version):
    sent = {"title": "A better title", "kind": ""}
    if row_version is not None:
        sent["row_version"] = row_version
    answer = office.post(address("title", agreement), sent)
    assert answer.status_code == 422
    assert "Open the page again" in answer.content.decode()
    assert agreement.newest.title == "Safeguarding children"


def test_the_second_of_two_officers_gets_both_texts(client, county, agreement):
    client.force_login(county.users["office"])
    page = client.get(address("title", agreement))
    opened = page.context["form"]["row_version"].value()
    first = {"title": "The council's title", "kind": "", "row_version": opened}
    assert client.post(address("title", agreement), first).status_code == 302
    client.force_login(county.users["council_officer"])
    answer = client.post(address("title", agreement), first | {"title": "My own title"})
    assert answer.status_code == 409
    assert "The council&#x27;s title" in answer.content.decode()
    assert "My own title" in answer.content.decode()
    assert agreement.newest.title == "The council's title"


def test_typing_comes_back_and_is_dropped_when_saved(office, agreement):
    page = address("title", agreement)
    kept = office.post(
        reverse("documents:unsaved"),
        {"page": page, "typed": {"title": "Half a ti", "row_version": "1"}},
        content_type="application/json",
    )
    assert kept.status_code == 204
    again = office.get(page).content.decode()
    assert "Half a ti" in again
    assert "is back in the form" in again
    office.post(page, {"title": "A whole title", "kind": "", "row_version": 1})
    assert not Unsaved.objects.exists()


def test_typing_is_its_typists_alone(client, county, agreement):
    client.force_login(county.users["office"])
    page = address("title", agreement)
    client.post(
        reverse("documents:unsaved"), {"page": page, "typed": {"title": "Mine"}},
        content_type="application/json",
    )  # fmt: skip
    client.force_login(county.users["council_officer"])
    assert "Mine" not in client.get(page).content.decode()


@pytest.mark.parametrize("body", ["", "[]", '{"page": 1, "typed": {}}', '{"page": "/x/"}'])
def test_typing_that_is_not_of_a_page_is_refused(office, body):
    answer = office.post(reverse("documents:unsaved"), body, content_type="application/json")
    assert answer.status_code == 422


def test_a_refused_save_gives_the_typing_back(client, county, agreement):
    client.force_login(county.users["council_officer"])
    page = address("section", agreement, "purpose")
    make.walk(agreement.newest, State.SIGNING)
    answer = client.post(page, {"purpose": "Words of an hour", "row_version": 1})
    assert answer.status_code == 403
    assert "Words of an hour" in answer.content.decode()
    assert "is frozen" in answer.content.decode()


def test_a_section_is_cleaned_and_saved(office, agreement):
    page = address("section", agreement, "keeping")
    row_version = office.get(page).context["form"]["row_version"].value()
    sent = {"retention": "<p>Six years<script>x()</script></p>", "retention-form": "html",
            "security": "Locked\n\n- up", "security-form": "plain", "quality": "",
            "row_version": row_version}  # fmt: skip
    assert office.post(page, sent).status_code == 302
    row = agreement.newest.agreementtext_rows.get()
    assert "script" not in row.retention
    assert "Six years" in row.retention
    assert "<li>" in row.security


def test_clauses_are_added_moved_pasted_and_removed(office, agreement):
    version = agreement.newest
    one, two = Clause.objects.filter(version=version)
    sent = {"level": 1, "marker": "number", "heading": "Between", "text": ""}
    office.post(f"{address('add_clause', agreement)}?after={one.pk}", sent)
    assert [c.heading for c in Clause.objects.filter(version=version)] == ["Purpose", "Between", ""]
    office.post(address("move_clause", agreement, two.pk), {"to": "up"})
    assert [c.heading for c in Clause.objects.filter(version=version)] == ["Purpose", "", "Between"]
    assert office.get(address("move_clause", agreement, two.pk)).status_code == 302
    assert office.get(address("remove_clause", agreement, two.pk)).status_code == 200
    assert Clause.objects.filter(pk=two.pk).exists()
    office.post(address("remove_clause", agreement, two.pk))
    assert not Clause.objects.filter(pk=two.pk).exists()
    office.post(
        address("paste_clauses", agreement), {"pasted": "1 Terms\n1.1 First term.\n(a) or."}
    )
    pasted = Clause.objects.filter(version=version)[2:]
    assert [(c.level, c.marker) for c in pasted] == [(1, "number"), (2, "number"), (3, "letter")]


def test_a_clause_that_somebody_removed_gives_the_typing_back(office, agreement):
    clause = Clause.objects.filter(version=agreement.newest).first()
    content.remove_item(by=TEST, row=clause)
    sent = {"level": 1, "marker": "number", "heading": "An hour's work", "row_version": 1}
    answer = office.post(address("change_clause", agreement, clause.pk), sent)
    assert answer.status_code == 409
    assert "An hour&#x27;s work" in answer.content.decode()
    assert office.get(address("change_clause", agreement, clause.pk)).status_code == 404


def test_a_party_outside_the_partnership_is_found_and_says_why(office, county, agreement):
    page = address("add_party", agreement)
    assert str(county.charity) not in office.get(page).content.decode()
    found = office.get(f"{page}?q=carers").content.decode()
    assert str(county.charity) in found
    sent = {"organisation": county.charity.pk, "part": "party", "role": ""}
    answer = office.post(f"{page}?q=carers", sent)
    assert answer.status_code == 422
    assert "say why it is bound" in answer.content.decode()
    sent["only_this_reason"] = "It runs the helpline."
    assert office.post(page, sent).status_code == 302
    assert office.post(page, sent).status_code == 422
    assert Party.objects.filter(organisation=county.charity).count() == 1


def test_a_governing_file_is_the_text_and_is_fetched(office, agreement, one_page):
    page = address("govern_by_file", agreement)
    sent = {"file": SimpleUploadedFile("x.pdf", b"no pdf at all"), "row_version": 1}
    assert office.post(page, sent).status_code == 422
    sent["file"] = SimpleUploadedFile("../Their \u202eagreement.pdf", one_page)
    assert office.post(page, sent).status_code == 302
    shown = office.get(address("document", agreement)).content.decode()
    assert "Its text is the attached file" in shown
    answer = office.get(reverse("documents:governing_file", args=[agreement.reference, 1]))
    assert answer.content == one_page
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\u202e" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_is_attached_fetched_and_taken_off(office, client, county, agreement, one_page):
    sent = {"file": SimpleUploadedFile("scan.pdf", one_page), "kind": "signed_copy", "dated_on": ""}
    assert office.post(address("attach", agreement), sent).status_code == 302
    attachment = agreement.attachments.get()
    fetched = reverse("documents:file", args=[attachment.pk])
    assert office.get(fetched).content == one_page
    client.force_login(county.users["police_manager"])
    assert client.get(fetched).status_code == 404
    client.force_login(county.users["office"])
    take_off = reverse("documents:take_off", args=[attachment.pk])
    assert client.post(take_off, {"reason": ""}).status_code == 422
    assert client.post(take_off, {"reason": "Wrong file."}).status_code == 302
    assert client.get(fetched).status_code == 404


def test_a_note_is_written_changed_and_followed_up(office, client, county, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    sent = {"kind": "call", "text": "They rang.", "on": "", "follow_up_on": "1 12 2030"}
    assert office.post(address("write_note", agreement), sent).status_code == 302
    note = agreement.notes.get()
    assert note.writer == county.people["office"]
    assert "They rang." in office.get(address("document", agreement)).content.decode()
    office.post(reverse("documents:follow_up", args=[note.pk]))
    note.refresh_from_db()
    assert note.followed_up_at
    client.force_login(county.users["police_manager"])
    assert "They rang." not in client.get(address("document", agreement)).content.decode()
    assert client.get(reverse("documents:change_note", args=[note.pk])).status_code == 404


def test_a_note_on_a_body_is_for_its_officers_and_the_office(client, county):
    page = reverse("documents:write_note_on_body", args=[county.council.pk])
    client.force_login(county.users["police_officer"])
    assert client.get(page).status_code == 403
    client.force_login(county.users["council_officer"])
    assert client.post(page, {"kind": "note", "text": "Moved house."}).status_code == 302


def test_facts_and_tags_are_changed_and_a_body_cannot_give_its_entry_away(
    client, county, agreement
):
    client.force_login(county.users["council_officer"])
    page = address("facts", agreement)
    opened = client.get(page).context["form"].initial
    sent = {"owner": county.people["council_officer"].pk, "lead": county.council.pk,
            "review_on": "1/12/2030", "visibility": "parties", "provenance": "made_here",
            "tags": "Children,  safeguarding ", "row_version": opened["row_version"]}  # fmt: skip
    assert client.post(page, sent).status_code == 302
    agreement.refresh_from_db()
    assert agreement.visibility == "parties"
    assert {tag.word for tag in agreement.tags.all()} == {"Children", "safeguarding"}
    sent |= {"lead": county.police.pk, "row_version": agreement.row_version}
    answer = client.post(page, sent)
    assert answer.status_code == 403
    assert "another lead body" in answer.content.decode()


def test_the_page_says_who_is_waited_for(office, county, agreement):
    sent = make.walk(agreement.newest, State.SIGNING)
    make.sign(sent.slots.standing()[0])
    page = office.get(address("document", agreement)).content.decode()
    assert "1 of 4 signed." in page
    assert "Waiting for WY County Council and WY Police." in page
    assert "Record a signature" in page


def test_headings_only_leaves_the_text_out(office, agreement):
    full = office.get(address("document", agreement)).content.decode()
    short = office.get(address("document", agreement) + "?form=headings").content.decode()
    assert "Why we share." in full
    assert "Why we share." not in short
    assert ">Purpose<" in short


def test_a_draft_behind_a_governing_version_is_hidden_from_partners(client, county, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    client.force_login(county.users["office"])
    client.post(address("revise", agreement), {"changes": "Secret plans"})
    client.force_login(county.users["police_manager"])
    assert client.get(address("version", agreement, 1)).status_code == 200
    assert client.get(address("version", agreement, 2)).status_code == 404
    page = client.get(address("document", agreement)).content.decode()
    history = client.get(address("history", agreement)).content.decode()
    assert "Secret plans" not in page + history


def test_an_imported_entry_is_corrected_on_the_pages_of_a_draft(office, agreement):
    version = agreement.newest
    with act(by=TEST, verb="version.admitted", subject=version):
        version.is_admitted, version.state = True, State.IN_FORCE
        version.save()
    page = office.get(address("draft", agreement)).content.decode()
    assert "This entry came in by import." in page
    checked = office.get(address("check", agreement)).content.decode()
    assert "Continue to send" not in checked
    sent = {"title": "As it was really called", "kind": "", "row_version": version.row_version}
    assert office.post(address("title", agreement), sent).status_code == 302
    assert agreement.newest.title == "As it was really called"
    assert office.get(f"/register/{agreement.reference}/draft/send/").status_code == 409
    office.post(address("revise", agreement), {"changes": ""})
    assert agreement.versions.get(number=1).frozen_at
    assert office.get(address("draft", agreement)).context["version"].number == 2


def test_hostile_markup_is_harmless_on_the_page(office, agreement):
    content.add_clause(
        by=TEST, version=agreement.newest, heading="<script>alert(1)</script>",
        text='<p onclick="x()">Hi<img src=x onerror=y()></p>{{ settings.SECRET_KEY }}',
    )  # fmt: skip
    page = office.get(address("document", agreement)).content.decode()
    assert "<script>alert" not in page
    assert "onclick" not in page
    assert "onerror" not in page
    assert "{{ settings.SECRET_KEY }}" in page
