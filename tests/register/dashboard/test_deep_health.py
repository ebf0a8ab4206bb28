"""The deep answer names what is wrong; figures are for officers and for whoever holds the token."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from register.core.dates import now
from register.dashboard import wellbeing
from register.dashboard.health import STRANGERS_KEY
from register.jobs.models import FailedItem, Heartbeat, Run
from register.notices.services import write
from tests import people as casts
from tests import worlds

URL = "/healthz?deep=1"
TOKEN = "a-token-of-this-test-and-nothing-else"


@worlds.shared
def people():
    return casts.cast()


@pytest.fixture(autouse=True)
def _a_worker_is_there(people):
    Heartbeat.objects.create(worker="secret-machine:1", at=now())


def ask(user=None, **headers):
    cache.delete(STRANGERS_KEY)
    client = Client(headers=headers)
    if user:
        client.force_login(user)
    return client.get(URL)


def ran(job="rules", **facts) -> Run:
    return Run.objects.create(job=job, **{"started_at": now(), "ended_at": now(), **facts})


def test_a_stranger_gets_a_word_for_each_part_and_no_figures(people):
    ran(failure="KeyError: WY-A-0042", failures=1)
    response = ask()

    said = response.json()
    assert response.status_code == 200
    assert {key: said[key] for key in ("status", "jobs", "migrations", "disk", "queues")} == {
        "status": "ok", "jobs": "ok", "migrations": "ok", "disk": "ok", "queues": "ok",
    }  # fmt: skip
    assert "details" not in said
    assert "secret-machine" not in response.content.decode()
    assert "rules" not in response.content.decode()


def test_strangers_who_ask_again_and_again_cost_one_statement(
    people, settings, django_assert_num_queries
):
    settings.METRICS_TOKEN = TOKEN
    assert ask().json()["jobs"] == "ok"
    ran(failure="RuntimeError: No.", failures=3)

    with django_assert_num_queries(1):
        assert Client().get(URL).json()["jobs"] == "ok"
    holder = Client(headers={"Authorization": f"Bearer {TOKEN}"})
    assert holder.get(URL).json()["jobs"] == "failing"
    signed_in = Client()
    signed_in.force_login(people.office)
    assert signed_in.get(URL).json()["jobs"] == "failing"
    answer = Client().get(URL)
    assert (answer.status_code, "details" in answer.json()) == (200, False)
    assert ask().status_code == 503


def test_without_deep_nothing_more_is_said(people):
    assert "jobs" not in Client().get("/healthz").json()


def test_officers_and_administrators_read_the_details(people):
    ran(failure="KeyError: WY-A-0042", failures=2)
    FailedItem.objects.create(job="rules", key="entry 7", failed_at=now(), next_at=now(), tries=3,
                              failure="ValueError: A title")  # fmt: skip

    found = {name for name, user in people.everybody.items() if "details" in ask(user).json()}
    said = ask(people.office).json()["details"]

    assert found == {"office", "admin"}
    assert said["jobs"]["rules"]["failures"] == 2
    assert said["jobs"]["rules"]["failure"] == "KeyError"
    assert said["failed_items"][0]["what"] == "entry 7"
    assert said["missing_migrations"] == []
    assert "secret-machine:1" in said["workers"]
    assert "title" not in str(said)


def test_whoever_sends_the_token_reads_the_details_and_a_wrong_one_is_a_stranger(people, settings):
    settings.METRICS_TOKEN = TOKEN

    assert "details" in ask(Authorization=f"Bearer {TOKEN}").json()
    assert "details" not in ask(Authorization=f"Bearer {TOKEN}x").json()
    assert "details" not in ask(Authorization="Bearer ü").json()


def test_no_token_is_no_way_in(people, settings):
    settings.METRICS_TOKEN = ""

    assert "details" not in ask(Authorization="Bearer ").json()


def test_no_secret_is_in_the_answer(people, settings):
    settings.METRICS_TOKEN = TOKEN
    text = ask(Authorization=f"Bearer {TOKEN}").content.decode()

    for secret in (TOKEN, settings.SECRET_KEY, settings.EMAIL_URL, settings.DATABASE_URL):
        assert secret not in text


def test_work_that_failed_three_times_is_unwell(people):
    ran(failure="RuntimeError: No.", failures=2)
    assert ask().status_code == 200

    Run.objects.update(failures=3)
    response = ask()
    assert response.status_code == 503
    assert response.json()["jobs"] == "failing"
    assert Client().get("/healthz").status_code == 200


def test_work_that_is_no_more_does_not_make_unwell(people):
    ran("work of the year before", failure="RuntimeError: No.", failures=9)

    assert ask().status_code == 200


def test_a_silent_worker_is_unwell(people):
    Heartbeat.objects.update(at=now() - timedelta(minutes=2))

    assert ask().status_code == 503
    assert ask().json()["worker"] == "away"


@pytest.mark.parametrize(("minutes", "state"), [(10, "ok"), (16, "away")])
def test_a_timer_may_be_silent_for_a_quarter_of_an_hour(people, minutes, state):
    Heartbeat.objects.update(worker="here:tick", at=now() - timedelta(minutes=minutes))

    assert ask().json()["worker"] == state


@pytest.mark.usefixtures("owner")
def test_tables_of_another_release_are_told(people):
    MigrationRecorder(connection).migration_qs.filter(app="jobs", name__startswith="0002").delete()

    response = ask()
    assert response.status_code == 503
    assert response.json()["migrations"] == "missing"
    assert ask(people.office).json()["details"]["missing_migrations"] == ["jobs.0002_failed_items"]


def test_a_full_disk_and_long_queues_warn_and_stop_nothing(people, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12, 10**8))
    notice = write(to="a@example.org", subject="Hello", text="Hello", key="hello")
    notice.due_at = now() - timedelta(hours=2)
    notice.save()

    said = ask()
    assert said.status_code == 200
    assert (said.json()["disk"], said.json()["queues"]) == ("low", "long")
    assert wellbeing.disk_state() == "low"


def test_what_was_given_up_is_said(people):
    FailedItem.objects.create(job="rules", key="entry 7", failed_at=now(), next_at=now(),
                              given_up_at=now())  # fmt: skip

    assert ask().json()["queues"] == "failed"
