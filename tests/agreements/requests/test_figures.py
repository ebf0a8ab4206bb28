"""The duty-to-share ledger in figures."""

from datetime import date, timedelta

import pytest

from agreements.requests import figures
from register.lists.labels import label
from tests import make, worlds
from tests.agreements.requests.conftest import REFUSAL

pytestmark = pytest.mark.django_db
WINTER, SPRING = date(2026, 2, 10), date(2026, 4, 1)


def decide(cast, received_on, days, **facts):
    made = cast.ask(received_on=received_on, **facts.pop("asked", {}))
    return cast.decided(request=made, decided_on=received_on + timedelta(days=days), **facts)


@worlds.shared
def year(cast):
    """Two quarters of decisions of every kind."""
    decide(cast, WINTER, 1)
    decide(cast, WINTER, 4, **REFUSAL)
    decide(
        cast,
        WINTER,
        9,
        **REFUSAL | {"refusal_class": "operational", "refusal_reason": "no_capacity"},
    )
    decide(cast, SPRING, 2, **REFUSAL | {"decision": "share_part", "refusal_class": "ethical"})
    decide(cast, SPRING, 30, **REFUSAL | {"refusal_class": "ethical"},
           asked={"deciding": cast.fire.organisation})  # fmt: skip
    cast.ask(received_on=SPRING)
    return cast


def row(found) -> tuple:
    return (
        found.name, found.asked, found.shared, found.part, found.legal, found.ethical,
        found.operational, found.withdrawn, found.waiting, found.median_words, found.longest_days,
    )  # fmt: skip


def test_counts_and_days_by_quarter_the_newest_first(year):
    quarters = [row(found) for found in figures.ledger(year.partnership).quarters]
    assert quarters == [
        ("April to June 2026", 3, 0, 1, 0, 1, 0, 0, 1, "16", 30),
        ("January to March 2026", 3, 1, 0, 1, 0, 1, 0, 0, "4", 9),
    ]


def test_all_of_it_together(year):
    total = figures.ledger(year.partnership).total
    assert row(total) == ("In all", 6, 1, 1, 1, 1, 1, 0, 1, "4", 30)
    assert total.refused == 3


def test_the_figures_of_one_body(year):
    body = year.fire.organisation
    found = figures.ledger(year.partnership, body_id=body.pk)
    assert row(found.total) == ("In all", 1, 0, 0, 0, 1, 0, 0, 0, "30", 30)
    names = [each.name for each in figures.by_body(year.partnership)]
    assert names == ["Wyrefordshire County Council", "Wyrefordshire Fire Service"]
    only = figures.by_body(year.partnership, only=[body.pk])
    assert [each.name for each in only] == ["Wyrefordshire Fire Service"]


def test_the_figures_of_one_year(year):
    assert figures.years_of(year.partnership) == [2026]
    assert figures.ledger(year.partnership, year=2025).total.asked == 0


def test_grounds_and_reasons_of_what_was_kept_back(year):
    capacity = label("refusal_reason", "no_capacity")
    assert figures.ledger(year.partnership).reasons == [
        ("Legal", "No reason named", 1),
        ("Ethical", "No reason named", 2),
        ("Operational", capacity, 1),
    ]


def test_another_partnership_counts_for_itself(year):
    assert figures.ledger(make.partnership()).total.asked == 0


def test_emergency_shares_are_counted(year):
    year.share()
    year.reviewed(year.share())
    found = figures.ledger(year.partnership)
    assert (found.emergencies, found.emergencies_reviewed, found.emergencies_overdue) == (2, 1, 0)


def test_no_figures_from_nothing(cast):
    found = figures.ledger(cast.partnership)
    assert (found.quarters, found.total.median_words, found.total.longest_days) == ([], "", None)


def test_the_statements_do_not_grow_with_the_requests(year, django_assert_num_queries):
    for _ in range(3):
        decide(year, SPRING, 3, **REFUSAL)
    label("refusal_reason", "x")
    with django_assert_num_queries(2):
        figures.ledger(year.partnership)
    with django_assert_num_queries(2):
        figures.by_body(year.partnership)
