"""Notices of reviews: each occasion once, to the right person, and what is missed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.dates import add_months, pretend, today
from register.documents.lifecycle import State
from register.documents.models import Document, Provenance
from register.documents.services.facts import release
from register.ledger.acts import act
from register.ledger.models import Entry
from register.notices.models import Notice
from register.public.reading import published_charters
from register.reviews import services
from register.reviews.models import Cycle
from register.reviews.publication import off_the_public_list
from tests import make_documents as make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def on(day):
    return pretend(datetime.combine(day, time(9), tzinfo=UTC))


def about(document):
    return list(Notice.objects.filter(about=document.reference).order_by("pk"))


def test_the_lead_is_told_three_months_before_and_once(world):
    due = world.fresh().review_on
    with on(add_months(due, -3) - timedelta(days=1)):
        assert services.tell_leads() == 0
    with on(add_months(due, -3)):
        assert services.tell_leads() == 1
        assert services.tell_leads() == 0
    with on(add_months(due, -3) + timedelta(days=1)):
        assert services.tell_leads() == 0, "the same occasion on the next day"
    told = about(world.document)[0]
    assert told.to == "officer@wy.example"
    assert told.subject.startswith("Review due ")
    assert Entry.objects.filter(verb="review.lead_told").count() == 1


def test_a_whole_year_of_days_tells_every_occasion_once(world):
    due = world.fresh().review_on
    day, keys = add_months(due, -4), []
    while day <= add_months(due, 4):
        with on(day):
            services.tell_leads()
        day += timedelta(days=3)
    keys = [notice.key.rsplit(":", 1)[1] for notice in about(world.document)]
    assert keys == ["notice", "month", "week", "overdue", "overdue-1", "overdue-2", "missed"]


def test_after_a_long_silence_one_message_tells_the_last_occasion(world):
    with on(add_months(world.fresh().review_on, 2)):
        assert services.tell_leads() == 1
    assert [n.key.rsplit(":", 1)[1] for n in about(world.document)] == ["overdue-2"]
    assert "overdue since" in about(world.document)[0].subject


def test_a_date_that_moves_starts_its_notices_anew(world):
    due = world.fresh().review_on
    with on(add_months(due, -3)):
        services.tell_leads()
        services.set_review_date(
            by=TEST, document=world.document, row_version=world.fresh().row_version,
            review_on=add_months(due, 6), reason="Agreed.",
        )  # fmt: skip
    with on(add_months(due, 3)):
        assert services.tell_leads() == 1
    assert len(about(world.document)) == 2


def test_while_a_review_is_open_only_its_lateness_is_told(world):
    due = world.fresh().review_on
    services.open_review(by=TEST, document=world.document)
    with on(due - timedelta(days=3)):
        assert services.tell_leads() == 0
    with on(due + timedelta(days=1)):
        assert services.tell_leads() == 1


def _imported(world, **facts):
    with act(by=TEST, verb="document.changed", subject=world.document):
        document = world.fresh()
        document.provenance = Provenance.IMPORTED
        for name, value in facts.items():
            setattr(document, name, value)
        document.save()
    return document


def test_an_entry_of_an_old_register_is_silent_until_it_is_released(world):
    document = _imported(world)
    with on(document.review_on + timedelta(days=40)):
        assert services.tell_leads() == 0
        release(by=TEST, documents=[document])
        assert services.tell_leads() == 1


def test_without_an_owner_the_partnership_office_is_told(world):
    with act(by=TEST, verb="document.changed", subject=world.document):
        document = world.fresh()
        document.owner = None
        document.save()
        place = document.partnership
        place.office_email = "office@wy.example"
        place.save()
    with on(document.review_on):
        assert services.tell_leads() == 1
    assert about(document)[0].to == "office@wy.example"


def test_telling_costs_the_same_few_statements_to_find_nothing(world):
    with on(world.fresh().review_on):
        services.tell_leads()
        with CaptureQueriesContext(connection) as statements:
            assert services.tell_leads() == 0
    assert len(statements) <= 5


def test_three_months_late_it_leaves_the_public_list_and_a_new_date_puts_it_back(world):
    county = world.county
    charter = make.charter(county.partnership, county.council, county.police, state=State.IN_FORCE)
    document = Document.objects.get(pk=charter.pk)
    with act(by=TEST, verb="document.changed", subject=document):
        document.visibility = "public"
        document.save()
    gone = add_months(document.review_on, 3)
    with on(gone - timedelta(days=1)):
        assert len(published_charters()) == 1
    with on(gone):
        assert off_the_public_list([document.pk, world.document.pk]) == {
            document.pk, world.document.pk,
        }  # fmt: skip
        assert published_charters() == []
        services.renew_unchanged(
            by=TEST, document=document, row_version=document.row_version,
            next_on=add_months(today(), 12),
        )  # fmt: skip
        assert len(published_charters()) == 1


def test_flagged_is_the_default_and_takes_nothing_off(world):
    for row in Cycle.objects.all():
        services.set_cycle(
            by=TEST, partnership=row.partnership, tier=row.tier, months=12,
            row_version=row.row_version,
        )  # fmt: skip
    with on(add_months(world.fresh().review_on, 12)):
        assert off_the_public_list([world.document.pk]) == set()
