"""The public list of signatories of the charter."""

import pytest

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Document
from register.ledger.acts import act
from register.signing import services as signing
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


@pytest.fixture
def charter(county):
    document = make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
    publish(document)
    return document


def publish(document: Document, visibility: str = "public") -> None:
    with act(by=TEST, verb="document.changed", subject=document):
        document.visibility = visibility
        document.save()


def test_everybody_reads_who_signed_and_who_withdrew(client, county, charter):
    slot = charter.governing.slots.filter(organisation=county.police).first()
    signing.record_withdrawal(by=TEST, slot=slot, reason="Reorganised.", withdrawn_on=today())
    page = client.get("/signatories/").content.decode()
    assert "WY County Council" in page
    assert "1 body has signed it" in page
    assert "Withdrawn" in page
    assert "Reorganised" not in page
    sheet = client.get("/signatories.csv").content.decode("utf-8-sig")
    assert "WY Police" in sheet
    assert "Senior" not in page.replace("Senior officer", "")


@pytest.mark.parametrize("visibility", ["named", "parties", "partnership"])
def test_what_is_not_published_leaves_no_trace(client, charter, visibility):
    publish(charter, visibility)
    page = client.get("/signatories/").content.decode()
    assert charter.reference not in page
    assert "No charter is published." in page


def test_a_restricted_charter_is_not_published_whatever_its_readers(client, charter):
    with act(by=TEST, verb="document.changed", subject=charter):
        charter.is_restricted = True
        charter.save()
    assert charter.reference not in client.get("/signatories/").content.decode()


def test_as_many_statements_for_three_charters_as_for_one(
    client, county, charter, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as one:
        client.get("/signatories/")
    for _ in range(2):
        publish(
            make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
        )
    with django_assert_max_num_queries(len(one)):
        client.get("/signatories/")
