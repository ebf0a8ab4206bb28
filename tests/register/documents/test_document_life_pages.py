"""The acts in the life of a document, through their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.core.dates import add_months, today
from register.documents.life import LIFE_ACTS
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Version
from register.documents.services import content, drafting, facts, notes
from register.ledger.acts import act
from register.ledger.models import Entry
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


NEEDS = {
    "open-consultation": (State.DRAFT, State.CONSULTATION, {}),
    "close-consultation": (State.CONSULTATION, State.DRAFT, {}),
    "return-for-changes": (State.SIGNING, State.ENDED, {"reason": "Clause 2."}),
    "discard": (State.DRAFT, State.ENDED, {"reason": "Not needed."}),
    "revise": (State.IN_FORCE, State.IN_FORCE, {"changes": "Retention."}),
    "suspend": (State.IN_FORCE, State.IN_FORCE, {"reason": "A breach.", "starts_on": ""}),
    "end": (State.IN_FORCE, State.ENDED, {"reason": "Over.", "on": ""}),
    "archive": (State.ENDED, State.ENDED, {}),
}


@pytest.mark.parametrize("code", NEEDS)
def test_an_act_is_asked_for_and_done_once(office, agreement, code):
    before, after, said = NEEDS[code]
    first = make.walk(agreement.newest, before)
    page = office.get(address(code, agreement))
    assert page.status_code == 200
    assert LIFE_ACTS[code].consequences[:40] in page.content.decode()
    first.refresh_from_db()
    assert first.state == before, "opening the page changed nothing"
    entries = Entry.objects.count()
    assert office.post(address(code, agreement), said).status_code == 302
    first.refresh_from_db()
    assert first.state == after
    assert Entry.objects.count() > entries
    if code not in {"suspend"}:
        again = office.post(address(code, agreement), said)
        assert again.status_code == 409, "pressed twice"


def test_every_act_has_its_page_tested():
    assert set(NEEDS) == set(LIFE_ACTS) - {"confirm", "restore"}


@pytest.mark.parametrize("code", ["return-for-changes", "discard", "suspend", "end"])
def test_an_act_that_needs_a_reason_is_not_done_without(office, agreement, code):
    before, _, _ = NEEDS[code]
    make.walk(agreement.newest, before)
    answer = office.post(address(code, agreement), {"reason": " "})
    assert answer.status_code == 422
    assert "Enter the reason." in answer.content.decode()
    assert agreement.newest.state == before


@pytest.mark.parametrize("code", LIFE_ACTS)
def test_a_manager_does_nothing(client, county, agreement, code):
    make.walk(agreement.newest, State.IN_FORCE)
    client.force_login(county.users["council_manager"])
    for ask in (client.get, client.post):
        assert ask(address(code, agreement)).status_code == 403
    assert Version.objects.get().state == State.IN_FORCE


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(office, agreement, method):
    for name in ("end", "title", "draft", "document"):
        assert getattr(office, method)(address(name, agreement)).status_code == 405


def test_head_and_options_change_nothing(office, agreement):
    entries = Entry.objects.count()
    for name in ("discard", "title", "check"):
        office.head(address(name, agreement))
        office.options(address(name, agreement))
    assert Entry.objects.count() == entries


def test_an_imported_entry_is_confirmed(office, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    with act(by=TEST, verb="document.imported", subject=agreement):
        document = Document.objects.get(pk=agreement.pk)
        document.is_confirmed, document.source = False, "the old register"
        document.save()
    page = office.get(address("document", agreement)).content.decode()
    assert "As recorded, unconfirmed" in page
    assert "As recorded in the old register: no officer has confirmed it yet." in page
    assert office.post(address("confirm", agreement)).status_code == 302
    assert Document.objects.get(pk=agreement.pk).is_confirmed
    assert office.post(address("confirm", agreement)).status_code == 409


def test_archiving_is_undone_at_once_by_its_banner(office, agreement):
    make.walk(agreement.newest, State.ENDED)
    page = office.post(address("archive", agreement), follow=True)
    undo = address("restore", agreement)
    assert f'<form method="post" action="{undo}">' in page.content.decode()
    assert undo not in banner(office.get(address("document", agreement))), "offered once"

    page = office.post(undo, follow=True)
    assert "It is back in the everyday lists." in page.content.decode()
    assert Document.objects.get(pk=agreement.pk).archived_on is None
    assert office.post(undo).status_code == 409, "pressed twice"


def test_an_archived_entry_is_brought_back_from_its_page(office, agreement):
    make.walk(agreement.newest, State.ENDED)
    assert (
        address("restore", agreement)
        not in office.get(address("document", agreement)).content.decode()
    )
    facts.archive(by=TEST, document=agreement)
    page = office.get(address("document", agreement)).content.decode()
    assert address("restore", agreement) in page
    assert "Bring back from the archive" in page
    asked = office.get(address("restore", agreement)).content.decode()
    assert "It stands in the everyday lists again." in asked


def banner(answer) -> str:
    """What stands in the banners of a page."""
    return "".join(answer.content.decode().split("govuk-notification-banner")[1:])


def test_a_suspension_ends_by_its_own_page(office, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    row = facts.suspend(by=TEST, document=agreement, reason="A breach.")
    page = office.get(address("document", agreement)).content.decode()
    assert "Suspended" in page
    assert "A breach." in page
    resume = address("resume", agreement, row.pk)
    assert office.post(resume, {"on": "1 1 2001", "reason": ""}).status_code == 422
    assert office.post(resume, {"on": "", "reason": ""}).status_code == 302
    assert office.post(resume, {"on": "", "reason": ""}).status_code == 404


def test_the_check_page_names_what_bars_it_and_leads_to_sending(office, county, agreement):
    check = address("check", agreement)
    page = office.get(check).content.decode()
    assert "Add a place to sign for WY Police." in page
    send = reverse("signing:send", args=[agreement.reference])
    said = {"order": "together", "on_missed": "tell", "all_on_paper": "on"}
    answer = office.post(send, said)
    assert answer.status_code == 422
    assert "Add a place to sign for each" in answer.content.decode()
    office.post(reverse("signing:propose", args=[agreement.reference]))
    assert "Continue to send" in office.get(check).content.decode()
    assert office.post(check).status_code == 405
    assert office.post(send, said).status_code == 302
    assert agreement.newest.state == State.SIGNING
    assert office.post(send, said).status_code == 403


def test_an_overdue_review_shows(office, agreement):
    make.walk(agreement.newest, State.IN_FORCE)
    document = Document.objects.get(pk=agreement.pk)
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version,
        review_on=add_months(today(), -1),
    )  # fmt: skip
    page = office.get(address("document", agreement)).content.decode()
    assert "Review overdue" in page
    assert "Its review was due 4 weeks ago" in page


def test_the_history_tells_it_in_sentences(office, agreement):
    drafting.change_version(by=TEST, version=agreement.newest, row_version=1, title="New words")
    page = office.get(address("history", agreement)).content.decode()
    assert "Title, dates or conditions changed" in page
    assert "from Safeguarding children to New words" in page


def test_the_page_costs_the_same_for_much_and_for_little(office, county):
    little = make.agreement(county.partnership, county.council, county.police, state=State.IN_FORCE)
    much = make.agreement(county.partnership, county.council, county.police, county.trust)
    version = much.newest
    rows = [{"level": 1, "marker": "number", "heading": f"H{n}", "text": ""} for n in range(60)]
    content.add_items(by=TEST, version=version, model=Clause, rows=rows)
    make.walk(version, State.IN_FORCE)
    make.walk(drafting.revise(by=TEST, document=much), State.IN_FORCE)
    make.walk(drafting.revise(by=TEST, document=much), State.IN_FORCE)
    for document in (little, much):
        for n in range(5):
            notes.write_note(by=TEST, document=document, text=f"Note {n}")
    counts = [_statements(office, document) for document in (little, little, much)]
    assert counts[1] == counts[2]
    assert counts[1] <= 60


def test_a_draft_costs_the_same_for_much_and_for_little(office, county):
    little = make.agreement(county.partnership, county.council, county.police)
    much = make.agreement(county.partnership, county.council, county.police, county.trust)
    rows = [{"level": 1, "marker": "number", "heading": f"H{n}", "text": ""} for n in range(60)]
    content.add_items(by=TEST, version=much.newest, model=Clause, rows=rows)
    for document in (little, much):
        for n in range(5):
            notes.write_note(by=TEST, document=document, text=f"Note {n}")
    for name in ("document", "draft", "check"):
        counts = [_statements(office, document, name) for document in (little, little, much)]
        assert counts[1] == counts[2], name


def _statements(client, document, name="document") -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(name, document)).status_code == 200
    return len(queries)
