"""A new entry that begins as a copy of another one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide
from agreements.models import Agreement
from agreements.risks.models import Risk
from agreements.risks.services.risks import add_risk
from register.consultation.models import Comment
from register.core.dates import add_months, today
from register.documents.body import body_of
from register.documents.lifecycle import State
from register.documents.models import Content, Document, Party, Version
from register.documents.services import content, facts, notes
from register.documents.services.copying import copy_document
from register.ledger.models import Entry
from register.ledger.sentences import lines
from register.search.models import Row, Text
from register.signing.models import Signature
from tests import county as counties
from tests import make_documents as make
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
TITLE = "Safeguarding children in 2027"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def old(county):
    """Last year's agreement, in force, with a flow, a risk that was accepted, a note and a review date."""
    place = county.partnership
    charter = make.charter(place, county.council, county.police, lead=county.council)
    protocol = make.protocol(charter, county.community, county.council, county.police)
    document = make.agreement(
        place, county.council, county.police, protocol=protocol, lead=county.council
    )
    version = document.newest
    make_flows.flow(version, county.council, county.police)
    add_risk(
        by=TEST, version=version, title="Letters go astray", likelihood=2, impact=4,
        accepted_by="The board", accepted_on=today(),
    )  # fmt: skip
    notes.write_note(by=TEST, document=document, text="They rang.")
    facts.add_external_reference(by=TEST, document=document, value="OUT-7")
    make.walk(version, State.IN_FORCE)
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def office(client, county):
    client.force_login(county.users["office"])
    return client


def said_by(version) -> dict:
    """What a version says, without what names it, its rows and what was accepted of the old one."""

    def without(value):
        if isinstance(value, dict):
            named = {"lineage", "reference", "title_of_entry"}
            return {k: without(v) for k, v in value.items() if k not in named}
        return [without(each) for each in value] if isinstance(value, list) else value

    body = without(body_of(version))
    return {key: body[key] for key in ("parents", "parties", "clauses", "slots", "kind", "tier")}


def test_the_copy_says_what_the_old_one_says_in_rows_of_its_own(old, county):
    new = copy_document(by=county.users["office"], version=old, title=TITLE, lead=county.council)

    assert new.document.reference != old.document.reference
    assert (new.number, new.state, new.title) == (1, State.DRAFT, TITLE)
    assert said_by(new) == said_by(old)
    for model in Content.kinds():
        if model.__name__ == "ParentLink":
            continue
        before = model.objects.filter(version=old)
        after = model.objects.filter(version=new)
        assert len(before) == len(after), model
        assert not {r.lineage for r in before} & {r.lineage for r in after}, model
    texts = [version.agreementtext_rows.get().purpose for version in (old, new)]
    assert texts[0] == texts[1] != ""


def test_links_inside_the_copy_lead_to_the_copied_rows_and_others_stay(old, county):
    new = copy_document(by=TEST, version=old, title=TITLE, lead=county.council)

    flow = Flow.objects.get(version=new)
    for model in (FlowParty, FlowSide, FlowItem):
        rows = model.objects.filter(version=new)
        assert rows
        assert {row.flow_id for row in rows} == {flow.pk}
    places = [Agreement.objects.get(document=each.document) for each in (old, new)]
    assert places[0].protocol == places[1].protocol is not None


def test_nothing_that_was_signed_said_or_dated_comes_along(old, county):
    new = copy_document(by=TEST, version=old, title=TITLE, lead=county.council)
    document = new.document

    assert old.slots.count() == new.slots.count() > 0
    assert not Signature.objects.filter(slot__version=new).exists()
    assert document.review_on is None
    assert new.ends_on is None
    assert new.in_force_on is None
    assert not document.notes.exists()
    assert not document.external_references.exists()
    assert not document.attachments.exists()
    assert not Comment.objects.filter(version=new).exists()
    assert not Party.objects.filter(version=new).exclude(name_as_signed="").exists()
    risk = Risk.objects.get(version=new)
    assert (risk.accepted_by, risk.accepted_on, risk.impact) == ("", None, 4)


def test_the_copy_is_listed_found_and_told_in_its_history(old, county):
    new = copy_document(by=county.users["office"], version=old, title=TITLE)

    row = Row.objects.get(document_id=new.document_id)
    assert (row.title, row.status, row.parties) == (TITLE, State.DRAFT, 2)
    assert Text.objects.filter(version_id=new.pk).exists()
    [entry] = Entry.objects.filter(verb="document.copied")
    [line] = lines([entry])
    assert line.title == "Started as a copy of another entry"
    assert old.document.reference not in " ".join([line.reason, *line.sentences])
    assert [t.to_state for t in new.transitions.all()] == [State.DRAFT]


@pytest.mark.parametrize("title", ["", "  ", "safeguarding  CHILDREN"])
def test_a_copy_asks_for_a_title_of_its_own(office, old, title):
    address = reverse("documents:copy", args=[old.document.reference])
    page = office.get(address).content.decode()
    assert "is called “Safeguarding children”" in page
    answer = office.post(address, {"title": title, "lead": old.document.lead_id})
    assert answer.status_code == 422
    assert "title" in answer.content.decode()
    assert not Document.objects.filter(copied_from=old).exists()


def test_the_office_copies_by_the_page_and_the_copy_says_where_it_comes_from(office, old):
    reference = old.document.reference
    assert "Copy as a new agreement" in office.get(old.document.get_absolute_url()).content.decode()
    found = office.get(reverse("documents:copy_from"), {"q": reference}).content.decode()
    address = reverse("documents:copy", args=[reference])
    assert address in found
    answer = office.post(address, {"title": TITLE, "lead": old.document.lead_id})

    new = Document.objects.get(copied_from=old)
    assert answer["Location"] == reverse("documents:draft", args=[new.reference])
    page = office.get(new.get_absolute_url()).content.decode()
    assert f'copied from <a class="govuk-link" href="{old.get_absolute_url()}">{old}</a>' in page


def test_who_may_not_read_the_source_learns_nothing_of_it(client, old, county):
    document = Document.objects.get(pk=old.document_id)
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, is_restricted=True,
        visibility="named",
    )  # fmt: skip
    new = copy_document(by=TEST, version=old, title=TITLE, lead=county.police)
    assert new.document.is_restricted
    assert new.document.visibility == "named"

    client.force_login(county.users["police_officer"])
    assert client.get(reverse("documents:copy", args=[document.reference])).status_code == 404
    posted = client.post(reverse("documents:copy", args=[document.reference]), {"title": "X"})
    assert posted.status_code == 404
    pages = [
        new.document.get_absolute_url(), f"{new.document.get_absolute_url()}history/",
        reverse("documents:copy_from"), reverse("documents:copy_from") + "?q=Safeguarding",
    ]  # fmt: skip
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        assert document.reference not in page.content.decode(), address
    with pytest.raises(PermissionDenied):
        copy_document(
            by=county.users["police_officer"], version=old, title=TITLE, lead=county.police
        )


def test_who_drafts_for_nobody_is_told_so(client, old, county):
    client.force_login(county.users["council_manager"])
    address = reverse("documents:copy", args=[old.document.reference])
    answer = client.get(address)
    assert answer.status_code == 403
    assert "You draft for no body" in answer.content.decode()
    assert client.get(reverse("documents:copy_from")).status_code == 403
    assert address not in client.get(old.document.get_absolute_url()).content.decode()
    for lead in (None, county.police):
        with pytest.raises(PermissionDenied):
            copy_document(by=county.users["council_officer"], version=old, title=TITLE, lead=lead)


def test_an_officer_of_another_body_leads_the_copy(client, old, county):
    client.force_login(county.users["police_officer"])
    address = reverse("documents:copy", args=[old.document.reference])
    client.post(address, {"title": TITLE, "lead": county.police.pk})
    new = Document.objects.get(copied_from=old)
    assert new.lead == county.police
    assert new.owner == county.people["police_officer"]


def test_a_charter_and_a_protocol_are_copied_with_their_place(old, county):
    protocol = old.document.agreement.protocol
    for source in (protocol, protocol.protocol.charter):
        new = copy_document(by=TEST, version=source.newest, title=f"New {source}")
        assert said_by(new)["clauses"] == said_by(source.newest)["clauses"]
    copied = Document.objects.get(copied_from=protocol.newest).protocol
    assert (copied.charter, copied.community) == (protocol.protocol.charter, county.community)


def test_a_draft_is_copied_as_it_stands_and_changes_on_its_own(old, county):
    draft = make.agreement(county.partnership, county.council, lead=county.council)
    new = copy_document(by=TEST, version=draft.newest, title=TITLE, lead=county.council)
    content.add_clause(by=TEST, version=new, heading="Only here")
    assert [draft.newest.clause_rows.count(), new.clause_rows.count()] == [2, 3]
    with pytest.raises(ValidationError):
        copy_document(by=TEST, version=new, title=new.title)


def test_copying_costs_no_more_statements_for_more_clauses(old, county):
    few = make.agreement(county.partnership, county.council, lead=county.council).newest
    many = make.agreement(county.partnership, county.council, lead=county.council).newest
    content.add_items(
        by=TEST, version=many, model=many.clause_rows.model,
        rows=[{"heading": f"Clause {n}"} for n in range(60)],
    )  # fmt: skip
    counts = []
    for version in (few, many):
        with CaptureQueriesContext(connection) as asked:
            copy_document(by=TEST, version=version, title=TITLE, lead=county.council)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 4, counts
