"""The ledger's own tests begin with an empty one."""

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from register.ledger import triggers
from register.ledger.models import Head, Trace
from register.ledger.tracked import tracked_models
from tests.roles import as_owner


@pytest.fixture(autouse=True)
def _an_empty_ledger(request):
    """Take out what the set-up of the tests itself has written: acts and tracked rows."""
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("db")
    kept = {*triggers.append_only_models(), *tracked_models(), Head, Trace}
    full = [model for model in kept if QuerySet(model).exists()]
    with transaction.atomic(), as_owner(connection), triggers.suspended(connection, full):
        for model in full:
            QuerySet(model)._raw_delete(connection.alias)
