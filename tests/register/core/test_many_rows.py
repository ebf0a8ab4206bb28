"""Many plain rows go into a table as the ORM would write them, however many statements that takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core import many_rows
from register.core.dates import now
from register.search.models import Reference, Row, RowReader

READER = ("row_id", "membership_id", "person_id", "reads_drafts")


@pytest.fixture
def row(db):
    return Row.objects.create(document_id=1, partnership_id=1, reference="WY-A-0001", title="A",
                              tier=3, state="draft", status="draft", changed_at=now())  # fmt: skip


def test_numbers_yes_and_no_and_nothing_come_back_as_they_went_in(row):
    many_rows.insert(RowReader, READER, [(1, None, 7, False), (1, 5, None, True)])

    assert list(RowReader.objects.order_by("pk").values_list(*READER)) == [
        (1, None, 7, False),
        (1, 5, None, True),
    ]


def test_text_is_never_taken_for_a_part_of_the_statement(row):
    forms = ["50%", "%s", "'; DROP TABLE search_row; --", '"', "Ŵ"]

    many_rows.insert(Reference, ("row_id", "form"), [(1, form) for form in forms])

    assert list(Reference.objects.order_by("pk").values_list("form", flat=True)) == forms


def test_thousands_of_rows_take_some_statements_and_none_is_lost(row):
    with CaptureQueriesContext(connection) as found:
        many_rows.insert(Reference, ("row_id", "form"), ((1, str(n)) for n in range(6_000)))

    assert Reference.objects.count() == 6_000
    assert 1 < len(found) < 20


def test_no_rows_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        many_rows.insert(Reference, ("row_id", "form"), [])
