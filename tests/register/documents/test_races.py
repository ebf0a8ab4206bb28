"""Two who save, send or start at the same moment, on the database of production."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Document, Transition, Version
from register.documents.services import drafting, moving
from register.ledger.models import Entry
from tests import county as counties
from tests import make_documents as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TEST = "system:test"


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


@pytest.fixture
def county():
    return counties.found(add_months(today(), -13))


def test_of_two_who_save_a_title_at_once_one_is_told(county):
    version = make.agreement(county.partnership, county.council, county.police).newest
    works = [
        lambda title=title: drafting.change_version(
            by=TEST, version=version, row_version=version.row_version, title=title
        )
        for title in ("One", "Two")
    ]
    answers = at_once(works, (Conflict,))
    assert sum(isinstance(answer, str) for answer in answers) == 1
    kept = Version.objects.get(pk=version.pk)
    assert kept.title in {"One", "Two"}
    assert kept.row_version == version.row_version + 1


def test_sending_pressed_twice_at_once_issues_it_once(county):
    version = make.agreement(county.partnership, county.council, county.police).newest
    make.signing.propose_slots(by=TEST, version=version)
    work = lambda: moving.send_for_signature(by=TEST, version=version, despite="x")  # noqa: E731
    answers = at_once([work, work], (ValidationError, PermissionDenied))
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert Version.objects.get(pk=version.pk).state == State.SIGNING
    assert Transition.objects.filter(version=version, to_state=State.SIGNING).count() == 1
    assert Entry.objects.filter(verb="version.issued").count() == 1


def test_twenty_started_at_once_get_twenty_references(county):
    at_once([lambda: make.agreement(county.partnership, county.council, county.police)] * 20, ())
    references = list(Document.objects.values_list("reference", flat=True))
    assert len(references) == len(set(references)) == 20
    assert sorted(references) == [f"WY-A-{number:04d}" for number in range(1, 21)]


def test_a_revision_started_twice_at_once_is_one(county):
    document = make.agreement(
        county.partnership, county.council, county.police, state=State.IN_FORCE
    )
    work = lambda: drafting.revise(by=TEST, document=document, changes="More.")  # noqa: E731
    answers = at_once([work, work], (ValidationError, PermissionDenied))
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert document.versions.count() == 2
