"""A print is made in a child process that leaves nothing behind, whatever becomes of it."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from register.printing import bounded
from register.printing.refusals import PrintFailed
from tests.register.printing import bodies


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "printing"


def slow_body(rows=4_000):
    """A body whose layout takes longer than any test waits."""
    body = bodies.fullest(3)
    table = body["sections"][2]["fields"][0]["value"]
    table["rows"] = [table["rows"][0]] * rows
    return body


def children():
    """The print processes that live now and were started from here."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes()
            parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except (OSError, IndexError):
            continue
        if b"register.printing.child" in line and int(parent) == os.getpid():
            found.append(int(entry.name))
    return found


def job(body, **changes):
    item = {"canonical": bodies.canonical(body).decode(), "frame": bodies.frame(body)}
    return {"items": [item], **changes}


def test_a_version_is_printed_and_nothing_is_left(place):
    body = bodies.fullest(3)
    pdf = bounded.render_version(bodies.canonical(body), bodies.frame(body))
    assert pdf.startswith(b"%PDF-1.7")
    assert list(place.iterdir()) == []


def test_a_pack_is_printed():
    body = bodies.emptiest()
    pdf = bounded.render_pack([(bodies.canonical(body), bodies.bare_frame())] * 2, "Two")
    assert pdf.startswith(b"%PDF-")


def test_a_pack_of_nothing_is_refused():
    with pytest.raises(PrintFailed, match="at least one document"):
        bounded.render_pack([], "None")


def test_a_refusal_in_the_child_arrives_as_its_sentence(place):
    body = bodies.emptiest() | {"title": "x" * 5_000}
    with pytest.raises(PrintFailed, match="The title holds a word of 5,000 characters"):
        bounded.render(job(body))
    assert list(place.iterdir()) == []


def test_a_print_that_takes_too_long_is_ended_with_a_sentence(place):
    began = time.monotonic()
    with pytest.raises(PrintFailed, match="not made within 3 seconds"):
        bounded.render(job(slow_body(), seconds=3))
    assert time.monotonic() - began < 10
    assert list(place.iterdir()) == []
    assert children() == []


def test_a_print_that_takes_too_much_memory_is_ended_with_a_sentence(place, monkeypatch):
    monkeypatch.setattr(bounded, "MEMORY_BYTES", 260 * 1024 * 1024)
    with pytest.raises(PrintFailed, match="more memory than a print may use"):
        bounded.render(job(slow_body()))
    assert list(place.iterdir()) == []


def test_a_print_that_grows_too_large_is_refused_whole(place, monkeypatch):
    monkeypatch.setattr(bounded, "OUTPUT_BYTES", 60_000)
    with pytest.raises(PrintFailed, match=r"could not be made|larger than a print may be"):
        bounded.render(job(bodies.fullest(3)))
    assert list(place.iterdir()) == []


def test_a_child_that_is_killed_leaves_no_half_of_a_pdf(place):
    outcome = []

    def run():
        try:
            outcome.append(bounded.render(job(slow_body(), seconds=25)))
        except PrintFailed as refusal:
            outcome.append(refusal.sentence)

    thread = threading.Thread(target=run)
    thread.start()
    while not (found := children()):
        time.sleep(0.05)
    time.sleep(1)
    os.kill(found[0], signal.SIGKILL)
    thread.join(10)
    assert outcome == ["The making of the PDF was stopped before it was whole. Print again."]
    assert list(place.iterdir()) == []


def test_folders_of_a_killed_maker_are_swept_away_later(place):
    old, young = place / "print-old", place / "print-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "print.part").write_bytes(b"%PDF-")
    os.utime(old, (0, 0))
    body = bodies.emptiest()
    bounded.render_version(bodies.canonical(body), bodies.bare_frame())
    assert [folder.name for folder in place.iterdir()] == ["print-young"]


def test_the_child_knows_no_secret_and_no_database(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    environment = bounded._environment(tmp_path)
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(environment)
