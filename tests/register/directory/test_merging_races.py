"""Two people merge the same records at the same moment: one is done, the other reads why not."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from register.core.conflicts import Conflict
from register.directory.models import Organisation
from register.directory.services.merging import merge_organisations
from register.ledger.models import Entry
from register.ledger.verify import verify
from tests import make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


def merged(one: Organisation, other: Organisation) -> Organisation:
    return merge_organisations(
        by="system:test", duplicate=one, into=other, row_version=one.row_version
    )


def test_the_same_record_merged_twice_at_once_is_merged_once():
    lost, first, second = (make.organisation(f"Council {n}") for n in "ABC")
    told = at_once(
        [partial(merged, lost, first), partial(merged, lost, second)], (ValidationError, Conflict)
    )
    refused = [each for each in told if isinstance(each, str)]
    assert len(refused) == 1
    assert "was merged into" in refused[0]
    assert Entry.objects.filter(verb="organisation.merged").count() == 1
    verify()


def test_two_records_merged_into_each_other_at_once_leave_one_that_survives():
    one, other = make.organisation("Council A"), make.organisation("Council B")
    told = at_once(
        [partial(merged, one, other), partial(merged, other, one)], (ValidationError, Conflict)
    )
    assert len([each for each in told if isinstance(each, str)]) == 1
    assert Organisation.objects.surviving().count() == 1
