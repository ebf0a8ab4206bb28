"""Two last signatures at the same moment, and one place signed by many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Transition, Version
from register.signing.models import Signature
from tests import county as counties
from tests import make_documents as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_postgresql_only():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")


def at_once(works) -> list:
    barrier = Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            return work()
        except PermissionDenied as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def sent():
    county = counties.found(add_months(today(), -13))
    document = make.agreement(county.partnership, county.council, county.police)
    return make.walk(document.newest, State.SIGNING)


def test_two_last_signatures_at_once_bring_it_into_force_once():
    version = sent()
    *first, one, two = version.slots.standing()
    for slot in first:
        make.sign(slot)
    at_once([lambda: make.sign(one), lambda: make.sign(two)])
    assert Version.objects.get(pk=version.pk).state == State.IN_FORCE
    assert Transition.objects.filter(version=version, to_state=State.IN_FORCE).count() == 1


def test_a_place_signed_by_eight_at_once_holds_one_signature():
    version = sent()
    slot = version.slots.first()
    answers = at_once([lambda: make.sign(slot)] * 8)
    assert Signature.objects.filter(slot=slot).count() == 1
    assert sum(isinstance(answer, str) for answer in answers) == 7
