"""`/metrics` as Prometheus reads it, for whoever holds the token; nothing of people or of one entry."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from register.core.dates import now
from register.dashboard.exposition import COUNTER, Family, written
from register.jobs.backups import note_backup
from register.jobs.models import Heartbeat, Run
from register.notices.services import write
from tests import make
from tests.people import Cast

TOKEN = "a-token-of-this-test-and-nothing-else"
SAMPLE = re.compile(r'^[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? -?[\d.e+-]+$')


@pytest.fixture
def text(people: Cast, settings):
    """What the page says."""
    settings.METRICS_TOKEN = TOKEN

    def read() -> str:
        answer = Client(headers={"authorization": f"Bearer {TOKEN}"}).get("/metrics")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert "no-store" in answer["Cache-Control"]
        return answer.content.decode()

    return read


def value(text: str, name: str) -> float:
    (line,) = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(line.rpartition(" ")[2])


def test_every_line_is_of_the_format(text):
    Client().get("/accessibility/")
    lines = text().splitlines()

    told = [line for line in lines if not line.startswith("#")]
    assert len(told) > 40
    assert not [line for line in told if not SAMPLE.match(line)]
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert {"register_requests_total", "register_request_duration_seconds"} <= set(names)


def test_it_tells_what_an_office_has_to_know(text, people):
    note_backup(began=now(), rows=7)
    Heartbeat.objects.create(worker="secret-machine:1", at=now() - timedelta(seconds=9))
    Run.objects.create(
        job="send_messages", started_at=now(), succeeded_at=now(), runs=9, failed_runs=2, failures=1
    )
    write(to="ola@example.org", subject="Hello", text="Hello", key="hello")
    said = text()

    assert value(said, 'register_job_runs_total{job="send_messages"}') == 9
    assert value(said, 'register_job_failures_total{job="send_messages"}') == 2
    assert value(said, "register_outbox_due") >= 1
    assert value(said, 'register_queue_length{queue="Messages"}') >= 1
    assert 0 <= value(said, "register_backup_age_seconds") < 60
    assert 9 <= value(said, "register_worker_heard_seconds") < 60
    assert value(said, "register_database_bytes") > 100_000
    assert value(said, "register_ledger_entries") > 10
    assert value(said, 'register_disk_free_bytes{folder="files"}') > 0


def test_without_a_backup_no_age_is_told(text):
    assert "register_backup_age_seconds" not in text()


def test_buckets_of_durations_add_up(text):
    Client().get("/accessibility/")
    said = text()

    rows = re.findall(r'seconds_bucket\{room="dashboard",le="([^"]+)"\} (\d+)', said)
    counts = [int(count) for _, count in rows]
    assert [limit for limit, _ in rows][-1] == "+Inf"
    assert counts == sorted(counts)
    assert counts[-1] == value(said, 'register_request_duration_seconds_count{room="dashboard"}')


def test_nothing_of_people_or_of_one_entry_is_told(text, people):
    agreement = make.agreement(people.partnership, people.council.organisation, by=people.office)
    client = Client()
    client.force_login(people.office, "allauth.account.auth_backends.AuthenticationBackend")
    client.get(f"/register/{agreement.reference}/")
    said = text()

    for secret in (
        agreement.reference, agreement.newest.title, people.office.email, people.partnership.name,
        people.office.person.name, people.council.organisation.legal_name, TOKEN, "secret-machine",
    ):  # fmt: skip
        assert secret not in said
    assert "documents:document" in said


def test_only_the_token_and_officers_read_it(people: Cast, settings, ask):
    settings.METRICS_TOKEN = TOKEN
    stranger = Client().get("/metrics")
    assert stranger.status_code == 401
    assert stranger["WWW-Authenticate"] == "Bearer"
    wrong = Client(headers={"authorization": f"Bearer {TOKEN}x"})
    assert wrong.get("/metrics").status_code == 401
    may = {name for name, u in people.everybody.items() if ask(u, "/metrics").status_code == 200}
    assert may == {"office", "admin"}


def test_it_takes_as_many_statements_however_much_there_is(text, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        text()


def test_words_are_quoted():
    family = Family("x", COUNTER, "Says\nmore").add(1.5, {"a": 'one "two"\\\n'})

    assert written([family]) == (
        '# HELP x Says\\nmore\n# TYPE x counter\nx{a="one \\"two\\"\\\\\\n"} 1.5\n'
    )
