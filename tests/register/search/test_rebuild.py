"""The read table and the search text can be written anew from the documents."""

import pytest
from django.core.management import call_command
from django.db import connection

from register.core.dates import now
from register.documents.lifecycle import State
from register.search.engines import hits
from register.search.models import Reference, Row, RowBody, RowReader, Text
from register.search.words import words_of
from tests import make_documents, worlds
from tests.people import cast

pytestmark = pytest.mark.django_db
MODELS = (Row, RowBody, RowReader, Reference, Text)


def everything() -> list:
    return [
        sorted(
            tuple((k, v) for k, v in row.items() if k not in {"id", "changed_at"})
            for row in model.objects.values()
        )
        for model in MODELS
    ]


@worlds.shared
def people():
    people = cast()
    bodies = [people.council.organisation, people.police.organisation]
    for state in (State.DRAFT, State.CONSULTATION, State.SIGNING, State.IN_FORCE, State.ENDED):
        make_documents.agreement(people.partnership, *bodies, state=state)
    return people


def test_what_is_rebuilt_is_what_the_acts_kept(people):
    kept = everything()
    for model in reversed(MODELS):
        model.objects.all().delete()

    call_command("rebuild_search", verbosity=0)

    assert everything() == kept
    assert len(hits(Text.objects.all(), words_of("safeguarding"))[0]) == 5


def test_rows_of_documents_that_are_not_there_are_removed(people):
    Row.objects.create(
        document_id=9_999, partnership_id=1, reference="X", title="X", tier=3, tier_word="X",
        state="draft", status="draft", changed_at=now(),
    )  # fmt: skip

    call_command("rebuild_search", verbosity=0)

    assert not Row.objects.filter(pk=9_999).exists()


def test_the_full_text_index_is_made_by_the_migration():
    names = connection.introspection.table_names(include_views=False)
    if connection.vendor == "sqlite":
        assert "search_index" in names
    else:
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, "search_text")
        assert "vector" in {column.name for column in columns}
