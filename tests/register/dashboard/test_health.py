"""Whoever watches over the register learns what is away; people see one calm page."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory

from register.core.dates import now
from register.dashboard import errors
from register.dashboard.outage import DatabaseAwayMiddleware
from register.evidence.keys import why_nothing_is_sealed
from register.jobs.models import Heartbeat
from register.ledger import triggers
from register.ledger.models import Entry


def beat(ago: int = 0) -> None:
    Heartbeat.objects.create(worker="here:1", at=now() - timedelta(seconds=ago))


@pytest.mark.django_db
def test_all_is_well():
    beat()

    response = Client().get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "worker": "ok",
        "triggers": "ok",
        "seals": why_nothing_is_sealed() or "ok",
        "worker_heard_seconds": 0,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("ago", [None, 61, 3600])
def test_a_silent_worker_is_told(ago):
    if ago is not None:
        beat(ago)

    response = Client().get("/healthz")

    assert response.status_code == 503
    assert response.json()["worker"] == "away"
    assert response.json()["database"] == "ok"


@pytest.mark.django_db
def test_a_missing_trigger_is_told(owner):
    beat()
    triggers.drop(connection, [Entry])

    response = Client().get("/healthz")

    assert response.status_code == 503
    assert response.json()["triggers"] == "missing"


@pytest.mark.django_db
def test_health_asks_nothing_of_sessions(django_assert_num_queries):
    beat()
    with django_assert_num_queries(3):
        response = Client().get("/healthz")

    assert not response.cookies


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_page_without_its_database_says_so_calmly(error):
    middleware = DatabaseAwayMiddleware(lambda request: None)

    response = middleware.process_exception(RequestFactory().get("/"), error)

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "away for a moment" in page
    assert "gone" not in page


def test_an_error_of_middleware_without_its_database_says_the_same():
    try:
        raise OperationalError("gone")
    except OperationalError:
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 503


def test_other_errors_are_faults_and_show_nothing_of_the_inside():
    assert DatabaseAwayMiddleware(lambda request: None).process_exception(None, KeyError()) is None
    try:
        raise KeyError("secret")
    except KeyError:
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
