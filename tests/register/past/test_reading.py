"""The past is read as the register knew it."""

import json
from datetime import UTC, date, datetime, time

import pytest

from register.core.dates import today
from register.directory.models import Membership
from register.documents.body import body_of
from register.documents.models import Document, Transition, Version
from register.documents.services import facts
from register.past.moments import Moment
from register.past.reading import PastIsRead, as_at
from tests import worlds
from tests.register.past import life as lives

pytestmark = pytest.mark.django_db


@worlds.shared
def life():
    return lives.told()


def end_of(*day):
    return datetime(*day, 23, 59, tzinfo=UTC)


def states(document):
    return dict(Version.objects.filter(document=document).values_list("number", "state"))


def test_states_are_those_of_the_day(life):
    shared = life.documents["shared"]
    told = {}
    for day in [(2023, 4, 2), (2023, 4, 3), (2023, 5, 2), (2023, 6, 11), (2023, 6, 12),
                (2024, 1, 20), (2024, 2, 12), (2024, 9, 2)]:  # fmt: skip
        with as_at(end_of(*day)):
            told[day] = states(shared)
    assert told == {
        (2023, 4, 2): {},
        (2023, 4, 3): {1: "draft"},
        (2023, 5, 2): {1: "signing"},
        (2023, 6, 11): {1: "signing"},
        (2023, 6, 12): {1: "in_force"},
        (2024, 1, 20): {1: "in_force", 2: "draft"},
        (2024, 2, 12): {1: "superseded", 2: "in_force"},
        (2024, 9, 2): {1: "superseded", 2: "ended"},
    }
    assert states(shared) == {1: "superseded", 2: "ended"}


def test_the_text_of_a_draft_is_read_as_it_stood_that_day(life):
    def first_clause(*day):
        with as_at(end_of(*day)):
            version = Version.objects.select_related("document__partnership").get(
                document=life.documents["shared"], number=1
            )
            return body_of(version)["clauses"][0]["text"]

    assert first_clause(2023, 4, 19) == "<p>Why we share.</p>"
    assert first_clause(2023, 4, 20) == "<p>Why the two share.</p>"


def test_a_membership_ends_on_its_day_and_its_end_is_known_from_when_it_was_recorded(life):
    police = life.county.police

    def members(*day):
        with as_at(end_of(*day)):
            found = Membership.objects.current(today()).filter(organisation=police)
            return list(found.values_list("ends_on", flat=True))

    assert members(2024, 5, 6) == [None]
    assert members(2024, 5, 7) == [date(2024, 5, 31)]
    assert members(2024, 6, 1) == []


def test_moves_are_those_recorded_by_then(life):
    with as_at(end_of(2023, 6, 1)):
        found = Transition.objects.filter(version__document=life.documents["shared"])
        assert [row.to_state for row in found] == ["draft", "signing"]


def test_nothing_is_written_while_the_past_is_read(life):
    document = life.documents["shared"]
    with as_at(end_of(2023, 6, 1)), pytest.raises(PastIsRead):
        facts.add_external_reference(by="system:test", document=document, value="X")
    with as_at(end_of(2023, 6, 1)), pytest.raises(PastIsRead), as_at(end_of(2023, 5, 1)):
        pass
    assert Document.objects.filter(pk=document.pk).exists()


def test_frozen_text_is_the_text_that_was_signed(life):
    with as_at(end_of(2024, 1, 20)):
        version = Version.objects.select_related("body").get(
            document=life.documents["shared"], state="in_force"
        )
    assert json.loads(bytes(version.body.content))["version"] == 1


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (Moment(date(2025, 7, 1)), "2025-07-01T22:59:59.999999+00:00"),
        (Moment(date(2025, 1, 1)), "2025-01-01T23:59:59.999999+00:00"),
        (Moment(date(2025, 3, 30)), "2025-03-30T22:59:59.999999+00:00"),
        (Moment(date(2025, 10, 26)), "2025-10-26T23:59:59.999999+00:00"),
        (Moment(date(2025, 7, 1), time(14, 5)), "2025-07-01T13:05:59.999999+00:00"),
        # Clocks show half past one twice: it is meant at the later of the two.
        (Moment(date(2025, 10, 26), time(1, 30)), "2025-10-26T01:30:59.999999+00:00"),
        (Moment(date(2025, 10, 26), time(0, 59)), "2025-10-25T23:59:59.999999+00:00"),
        (Moment(date(2025, 3, 30), time(0, 59)), "2025-03-30T00:59:59.999999+00:00"),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_a_day_lasts_until_its_end_in_london_and_a_minute_until_its_own(moment, ends):
    assert moment.instant.isoformat() == ends
