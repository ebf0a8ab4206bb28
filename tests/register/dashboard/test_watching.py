"""One line for each request and each run of a job, in which nothing of anybody stands."""

import json
import logging

import pytest
from django.test import Client

from register.dashboard.counting import COUNTS, REQUESTS, Counts
from register.jobs import worker
from register.jobs.models import Run
from register.jobs.registry import Job
from register.ledger.logs import JsonLine
from tests import make
from tests.people import Cast

TOKEN = "b-_1" * 10 + "xyz"
SECRET = "Xq7-very-private-words"


@pytest.fixture
def lines():
    """What the log says from here on, each line read as JSON."""
    found, said = [], logging.StreamHandler()
    said.setFormatter(JsonLine())
    said.emit = lambda record: found.append(json.loads(said.format(record)))
    logging.getLogger().addHandler(said)
    yield found
    logging.getLogger().removeHandler(said)


def of_requests(lines):
    return [line for line in lines if line["event"] == "request"]


def test_a_request_leaves_one_line(people: Cast, ask, lines):
    answer = ask(people.office, f"/register/?q={SECRET}")

    (line,) = of_requests(lines)
    assert line["route"] == "dashboard:register"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["statements"] > 3
    assert line["ms"] >= 0
    assert (line["actor_kind"], line["actor_id"]) == ("login", str(people.office.pk))


def test_whoever_acts_is_named_by_kind_and_number(people: Cast, lines):
    client = Client()
    client.force_login(people.office, "allauth.account.auth_backends.AuthenticationBackend")
    agreement = make.agreement(people.partnership, people.council.organisation, by=people.office)
    page = f"/register/{agreement.reference}/notes/write/"
    sent = {"kind": "note", "text": SECRET, "on": "", "follow_up_on": ""}

    assert client.post(page, sent).status_code == 302

    line = of_requests(lines)[-1]
    assert (line["actor_kind"], line["actor_id"]) == ("person", str(people.office.person.pk))
    assert line["route"] == "documents:write_note"


def test_secrets_that_are_sent_stand_in_no_line(people: Cast, lines):
    email = "Ola.Nordmann@wyreford.example"
    client = Client(
        raise_request_exception=False, headers={"x-forwarded-for": "192.0.2.77"},
        REMOTE_ADDR="192.0.2.77",
    )  # fmt: skip
    client.post("/accounts/login/", {"login": email, "password": SECRET})
    client.get(f"/sign/l/{TOKEN}/", {"code": SECRET})
    client.post(f"/sign/l/{TOKEN}/code/", {"code": SECRET})
    client.get(f"/nobody/{email}/{SECRET}/?token={TOKEN}")
    client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    client.get("/healthz", headers={"host": f"{SECRET}.example"})
    client.force_login(people.office, "allauth.account.auth_backends.AuthenticationBackend")
    client.get(f"/search/?q={SECRET}")
    client.post("/register/views/save/", {"name": SECRET})

    written = json.dumps(lines).lower()
    names = [people.office.email, people.office.person.name, people.partnership.name]
    for secret in (SECRET, TOKEN, email, "nordmann", "192.0.2.77", *names):
        assert secret.lower() not in written, secret
    assert len(of_requests(lines)) == 8


@pytest.mark.django_db
def test_a_run_of_a_job_leaves_one_line_and_is_counted(lines):
    job = Job("count", 60, lambda: 7)
    Run.objects.create(job="count", started_at=worker.now())

    worker.run(job)

    (line,) = [line for line in lines if line["event"] == "job"]
    assert (line["job"], line["status"], line["done"]) == ("count", "ok", 7)
    assert (line["actor_kind"], line["actor_id"]) == ("system", "count")
    assert len(line["request_id"]) == 32
    assert Run.objects.get().runs == 1


@pytest.mark.django_db
def test_a_run_that_failed_says_so_without_the_words_of_the_failure(lines):
    Run.objects.create(job="count", started_at=worker.now())

    def fail() -> int:
        raise ValueError(SECRET)

    worker.run(Job("count", 60, fail))

    assert [line["status"] for line in lines if line["event"] == "job"] == ["failed"]
    assert SECRET not in json.dumps(lines)
    assert (Run.objects.get().runs, Run.objects.get().failed_runs) == (1, 1)


@pytest.mark.django_db
def test_a_look_that_found_nothing_is_told_to_those_who_debug_only(lines):
    worker.run(Job("count", 1, lambda: 0))

    assert not lines


def test_processes_of_one_machine_count_together(tmp_path):
    Counts(tmp_path).note_request("a:b", "GET", 200, 0.2)
    # Another process of this machine that lives, and one that has ended.
    (tmp_path / "1.counts").write_bytes(next(tmp_path.glob("*.counts")).read_bytes())
    (tmp_path / "999999999.counts").write_bytes((tmp_path / "1.counts").read_bytes())

    counts = Counts(tmp_path)
    for _ in range(2):
        assert counts.totals()[REQUESTS, "a:b", "GET", "200"] == 3
    assert not (tmp_path / "999999999.counts").exists()


def test_more_names_than_a_file_has_room_for_at_first(tmp_path):
    counts = Counts(tmp_path)
    for number in range(600):
        counts.add({(REQUESTS, f"page:{number}", "GET", "200"): 1})
    counts.add({(REQUESTS, "page:599", "GET", "200"): 1})

    assert len(counts.totals()) == 600
    assert counts.totals()[REQUESTS, "page:599", "GET", "200"] == 2


def test_a_folder_of_somebody_else_is_not_used(tmp_path):
    tmp_path.joinpath("theirs").mkdir()
    tmp_path.joinpath("ours").symlink_to(tmp_path / "theirs")
    counts = Counts(tmp_path / "ours")

    counts.note_request("a:b", "GET", 200, 0.2)

    assert counts.totals() == {}
    assert not list(tmp_path.joinpath("theirs").iterdir())


def test_the_counts_of_this_process_are_those_of_the_middleware(people: Cast, ask):
    name = (REQUESTS, "dashboard:accessibility", "GET", "200")
    before = COUNTS.totals().get(name, 0)

    ask(None, "/accessibility/")

    assert COUNTS.totals()[name] == before + 1
