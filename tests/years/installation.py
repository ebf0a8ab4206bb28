"""The register that lives through the years: its people, its entries and what they will do with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from register.core.dates import LONDON, pretend
from register.directory.services.people import change_contact
from register.documents.lifecycle import State
from register.documents.models import Document
from register.reviews import services as reviews
from register.worklist.services.mail_choices import choose_digest
from tests import county as counties
from tests import make_documents as make
from tests.years.calendar_rules import months_on, next_of_cycle
from tests.years.oracle import Happened, Period

TEST = "system:test"
DAY = timedelta(days=1)
FOUNDED = date(2023, 1, 2)
# Days on which entries came into force that are not in every month or year.
ODD_DAYS = (date(2024, 2, 29), date(2025, 8, 31), date(2025, 11, 30), date(2025, 12, 31),
            date(2025, 1, 31), date(2024, 2, 29), date(2025, 3, 30), date(2025, 10, 26))  # fmt: skip
CYCLES = (12, 12, 12, 24, 6, 18, 36)
# How many days after a review was due its officer renews the entry; most do it before.
RENEWED_AFTER = (-80, -45, -25, -10, -6, -3, -1, 0, 1, 2, 15, 40, 65, 100, 130)


@dataclass
class Entry:
    """An entry and its cycle, as the simulation knows it."""

    pk: int
    anchor: date
    months: int
    period: Period


@dataclass
class Installation:
    """The county, its entries, and all that people did."""

    county: counties.County
    happened: Happened = field(default_factory=Happened)
    entries: dict[int, Entry] = field(default_factory=dict)


def at(day: date, hour: int = 15, minute: int = 0) -> datetime:
    """An instant of a day in London."""
    return datetime.combine(day, time(hour, minute), LONDON)


def found(first: date, entries: int, *, with_daily: bool) -> Installation:
    """A partnership on the day before the first, with entries in force whose reviews lie ahead."""
    with pretend(at(FOUNDED)):
        county = counties.found(FOUNDED)
        reviews.set_cycle(by=TEST, partnership=county.partnership, tier=3, months=12)
    made = Installation(county)
    with pretend(at(first - DAY, 9)):
        _mailboxes(made)
    for number in range(entries):
        add_entry(made, _anchor(number, entries, first), CYCLES[number % len(CYCLES)], first - DAY)
    with pretend(at(first - DAY)):
        _readers(made, with_daily)
    return made


def add_entry(made: Installation, anchor: date, months: int, since: date) -> None:
    """An agreement that came into force on a day, reviewed by the cycle of its months."""
    county = made.county
    with pretend(at(anchor)):
        document = make.agreement(
            county.partnership, county.council, county.police, state=State.IN_FORCE,
            title=f"Sharing number {len(made.entries) + 1}", owner=county.users["office"].person,
        )  # fmt: skip
        if months != 12:
            reviews.set_own_cycle(by=TEST, document=document, months=months, reason="For the test.")
    due = next_of_cycle(anchor, months, max(since, anchor))
    with pretend(at(since)):
        document = Document.objects.get(pk=document.pk)
        if document.review_on != due:
            reviews.set_review_date(
                by=TEST, document=document, row_version=document.row_version, review_on=due,
                reason="The next of its cycle.",
            )  # fmt: skip
    follow(made, document.pk, anchor, months, due, since)


def follow(made: Installation, pk: int, anchor: date, months: int, due: date, since: date) -> Entry:
    """Note that an entry has a review date from a day on."""
    period = Period(pk, due, since)
    made.happened.periods.append(period)
    made.entries[pk] = Entry(pk, anchor, months, period)
    return made.entries[pk]


def _anchor(number: int, entries: int, first: date) -> date:
    if number % 5 == 0:
        return ODD_DAYS[number // 5 % len(ODD_DAYS)]
    return months_on(first, -12) + (number * 350 // entries) * DAY


def _mailboxes(made: Installation) -> None:
    county = made.county
    people = {"council_senior_officer": "council", "police_senior_officer": "police"}
    for who, name in people.items():
        _contact(county.people[who], f"{name}@signer.example")
    for name in ("office", "auditor", "council_officer", "police_manager"):
        _contact(county.users[name].person, f"{name}@wy.example")


def _contact(person, email: str) -> None:
    change_contact(by=TEST, person=person, row_version=0, email=email)


def _readers(made: Installation, with_daily: bool) -> None:
    """One reads each day, one each week, one has nothing to do and one does not want it."""
    county, happened = made.county, made.happened
    office, council = county.users["office"], county.users["council_officer"]
    for user in (office, council):
        # A draft that is never finished: there is always something to say.
        make.agreement(county.partnership, county.police, lead=county.council,
                       title=f"A draft of {user}", owner=user.person, by=user)  # fmt: skip
    choose_digest(user=office, digest="weekly")
    happened.weekly_readers.append(office.pk)
    choose_digest(user=county.users["police_manager"], digest="weekly")
    if with_daily:
        choose_digest(user=council, digest="daily")
        happened.daily_readers.append(council.pk)
    happened.auditors.append(county.users["auditor"].person.pk)
