"""Acts at the same moment that open the same tasks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from register.tasks import services
from register.tasks.models import Task
from tests import frameworks
from tests.register.tasks.test_services import TEST, cause, touches


@pytest.mark.django_db(transaction=True)
def test_two_acts_that_open_the_same_at_once_open_it_once():
    if connection.vendor != "postgresql":
        pytest.skip("Writers of SQLite take turns")
    framework = frameworks.found()
    found, barrier = touches(framework), Barrier(6)

    def run(number):
        barrier.wait()
        some = found if number % 2 else found[::-1]
        try:
            return len(services.open_tasks(by=TEST, cause=cause(), touches=some))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        counts = list(threads.map(run, range(6)))
    assert sum(counts) == 3
    assert Task.objects.count() == 3
