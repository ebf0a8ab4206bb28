"""The whole history, for those who may read it."""

import csv
import io

import pytest

from register.core.dates import today, words
from register.ledger.models import AccessEvent, Entry, Head
from tests import make

URL = "/history/"


def test_auditors_administrators_and_the_office_read_the_history(people, ask):
    allowed = {name for name, user in people.everybody.items() if ask(user, URL).status_code == 200}

    assert allowed == {"admin", "office", "auditor"}


def test_a_refusal_says_why(people, ask):
    response = ask(people.off_a, URL)

    assert response.status_code == 403
    assert "for auditors and register officers" in response.content.decode()


def test_the_newest_act_comes_first_and_the_head_is_shown(people, ask):
    response = ask(people.auditor, URL)

    numbers = [line.entry.number for line in response.context["lines"]]
    head = Head.objects.get()
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == head.number
    assert head.sha256 in response.content.decode()


def test_the_history_is_filtered_by_person_act_and_day(people, ask):
    make.community(people.partnership, name="Children")
    make.partnership("By the office")
    day = words(today())

    by_act = ask(people.auditor, f"{URL}?verb=retention.changed")
    by_day = ask(people.auditor, f"{URL}?day={day}")
    by_nobody = ask(people.auditor, f"{URL}?person={people.auditor.person.pk}")
    yesterday = ask(people.auditor, f"{URL}?day=1 1 2020")

    assert {line.entry.verb for line in by_act.context["lines"]} <= {"retention.changed"}
    assert by_day.context["page"].count == Entry.objects.count()
    assert by_nobody.context["page"].count == 0
    assert yesterday.context["page"].count == 0


@pytest.mark.parametrize(
    "query",
    ["person=x", "person=99999999999999999999", "verb=__class__", "day=2026-02-30", "day=%00",
     "size=0100999999", "after=x", "before=%ED%A0%80", "at=x"],
)  # fmt: skip
def test_hostile_addresses_show_the_history(people, ask, query):
    assert ask(people.auditor, f"{URL}?{query}").status_code == 200


def test_pages_follow_each_other(people, ask):
    first = ask(people.auditor, URL)
    page = first.context["page"]
    second = ask(people.auditor, f"{URL}?after={page.after}")

    lowest = min(line.entry.number for line in first.context["lines"])
    assert max(line.entry.number for line in second.context["lines"]) == lowest - 1


def test_auditors_take_the_filtered_history_away_and_it_is_noted(people, ask):
    response = ask(people.auditor, "/history/export/?verb=community.added")

    text = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + Entry.objects.filter(verb="community.added").count()
    event = AccessEvent.objects.get(kind="history.exported")
    assert event.user_label == people.auditor.email
    assert "community.added" in event.detail


def test_the_office_reads_the_history_and_does_not_take_it_away(people, ask):
    assert ask(people.office, "/history/export/").status_code == 403
    assert not AccessEvent.objects.filter(kind="history.exported").exists()
