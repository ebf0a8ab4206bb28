"""Lines of the log: JSON for programs, text for people; whatever is private stands in neither."""

import json
import logging

import pytest
from django.db import IntegrityError, OperationalError

from register.ledger.logs import JsonLine, OneLine, masked, places_in, told
from register.ledger.open_acts import request_id

TOKEN = "a-_0" * 10 + "xyz"
SECRETS = {
    f"Gone: /sign/l/{TOKEN}/code/": "Gone: /sign/l/[secret]/code/",
    f"Authorization: Bearer {TOKEN}": "Authorization: Bearer [secret]",
    "Message to ola.nordmann+x@wyreford.example failed": "Message to [address] failed",
    "refused 192.0.2.7 and 2001:db8:0:0:1::7": "refused [ip] and [ip]",
    "Not Found: /search/?q=smith&after=3 at 12:30:45": "Not Found: /search/?… at 12:30:45",
    f"The head is {'0f' * 32}": f"The head is {'0f' * 32}",
    "Django 5.2.19 says no.": "Django 5.2.19 says no.",
}


def record(message="Words", *args, error=None, **facts) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("x", logging.WARNING, "x", 1, message, args, exc_info)
    made.__dict__.update(facts)
    return made


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(("said", "kept"), SECRETS.items())
def test_what_is_private_is_masked(said, kept):
    assert masked(said) == kept
    assert json.loads(JsonLine().format(record("%s", said)))["message"] == kept
    assert OneLine().format(record("%s", said)).endswith(kept)


def test_a_line_says_when_how_grave_what_and_in_which_request():
    token = request_id.set("abcd1234")
    try:
        line = json.loads(JsonLine().format(record(facts={"event": "request", "status": 200})))
    finally:
        request_id.reset(token)

    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "warning", "event": "request", "request_id": "abcd1234", "status": 200,
    }  # fmt: skip


@pytest.mark.parametrize("form", [JsonLine(), OneLine()])
def test_nobody_forges_a_second_line(form):
    line = form.format(record("Sign in: %s", "x\r\n2026 INFO login ok\u2028admin"))

    assert len(line.splitlines()) == 1


def test_an_error_keeps_its_kind_and_places_and_no_words_that_people_typed():
    error = raised(IntegrityError("Key (email)=(ola@wyreford.example) of Ola Nordmann exists"))

    for form in (JsonLine(), OneLine()):
        line = form.format(record("It failed.", error=error))
        assert "IntegrityError" in line
        assert "in raised" in line
        assert "Nordmann" not in line
        assert "wyreford" not in line


def test_words_of_the_system_itself_are_kept():
    said = told(raised(OperationalError("server closed the connection\nat 10.0.0.1")))

    assert said["words"] == "server closed the connection"


def test_the_path_that_somebody_asked_for_is_not_told():
    class Request:
        path, id = "/people/ola-nordmann/", "abcd1234"

    line = record("%s: %s", "Not Found", Request.path, request=Request())
    assert "[path]" in JsonLine().format(line)
    assert json.loads(JsonLine().format(line))["request_id"] == "abcd1234"
    assert "nordmann" not in JsonLine().format(line) + OneLine().format(line)


def test_what_the_web_server_says_of_a_request_is_masked_too():
    handlers = logging.getLogger("gunicorn.error").handlers
    (ours,) = [each for each in handlers if isinstance(each.formatter, JsonLine | OneLine)]

    line = ours.format(record("Error handling request %s", f"/sign/l/{TOKEN}/?next=/x/"))

    assert TOKEN not in line
    assert "/sign/l/[secret]/" in line
    assert not logging.getLogger("gunicorn.error").propagate


def test_of_another_process_only_places_are_told():
    trace = 'Traceback:\n  File "x.py", line 3, in draw\n    raise\nValueError: Ola Nordmann'

    assert places_in(trace) == 'File "x.py", line 3, in draw; ValueError'
