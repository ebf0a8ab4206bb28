"""Two people decide on one controller's row at the same moment: PostgreSQL only, as production has it."""

import threading

import pytest
from django.db import connection, connections

from agreements.risks.models import DpiaController
from agreements.risks.services import decisions, dpias
from register.core.conflicts import Conflict
from tests import people
from tests.agreements.risks.conftest import TEST


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one SQLite in memory")
def test_of_two_who_decide_at_once_one_is_told_that_the_other_has():
    cast = people.cast()
    dpia = dpias.make_dpia(
        by=TEST, partnership=cast.partnership, owner=cast.council.organisation, title="Race"
    )
    row = DpiaController.objects.get(dpia=dpia)
    start, answers = threading.Barrier(2), []

    def attempt(status):
        try:
            start.wait(timeout=20)
            decisions.decide(
                by=TEST, row=row, row_version=1, status=status, decided_by="A. Siro",
                decision_reason="It is urgent.",
            )  # fmt: skip
            answers.append(status)
        except Conflict:
            answers.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=[s]) for s in ("accepted", "not_accepted")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("conflict") == 1, answers
    [decided] = [answer for answer in answers if answer != "conflict"]
    assert DpiaController.objects.get(pk=row.pk).status == decided
