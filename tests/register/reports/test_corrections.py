"""Who has to be told of a correction: directly and onward, safe with circles, only what may be seen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.flows.models import FlowItem
from register.directory.services import appointments, posts
from register.reports.correction_list import receivers_of
from tests import worlds
from tests.register.reports import sharing
from tests.register.reports.sharing import ask, flow

pytestmark = pytest.mark.django_db
HEALTH = (("Diagnosis", "health"),)


@worlds.shared
def chain(framework):
    """Council to police to trust and back to the council, all health; and housing aside."""
    county = framework.county
    sharing.agreement(
        framework,
        flow("First", county.council, county.police, items=HEALTH,
             corrections_to="records@council.example"),
        flow("Onward", county.police, county.trust, items=HEALTH, onward="no"),
        flow("Back", county.trust, county.council, items=HEALTH),
        flow("Aside", county.council, county.trust, items=(("Rent", "housing"),)),
    )  # fmt: skip
    return framework


def hands(user, body, **asked):
    return {one.body.pk: one.hand for one in receivers_of(user, body.pk, **asked)}


def test_the_list_follows_the_category_from_hand_to_hand_and_ends_in_circles(chain, county):
    office = county.users["office"]
    assert hands(office, county.council, category="health") == {
        county.police.pk: 1, county.trust.pk: 2,
    }  # fmt: skip
    assert hands(office, county.trust, category="health") == {
        county.council.pk: 1, county.police.pk: 2,
    }  # fmt: skip
    assert hands(office, county.council, category="housing") == {county.trust.pk: 1}


def test_each_body_comes_with_the_way_and_whom_to_tell(chain, county):
    day = county.posts["police", "senior_officer"].starts_on
    post = posts.add_post(
        by="system:test", organisation=county.police, kind="dpo", starts_on=day,
        title="Data protection officer", mailbox="dpo@police.example",
    )  # fmt: skip
    appointments.fill_post(by="system:test", post=post, name="Dee Poe", starts_on=day)
    first, onward = receivers_of(county.users["office"], county.council.pk, category="health")
    assert (first.ways[0].giver, first.ways[0].title) == (county.council.legal_name, "First")
    assert first.told_first == ["records@council.example"]
    assert first.officers == ["Dee Poe, Data protection officer, dpo@police.example"]
    assert (onward.hand, onward.ways[0].giver) == (2, county.police.legal_name)
    assert onward.is_uncertain  # its agreement says that the police keep it to themselves


def test_one_item_goes_first_by_its_own_flow(chain, framework, county):
    sharing.agreement(
        framework, flow("Other", county.council, county.trust, items=HEALTH), title="B"
    )
    item = FlowItem.objects.get(flow__title="First")
    found = hands(county.users["office"], county.council, item=item)
    assert found == {county.police.pk: 1, county.trust.pk: 2}


def test_what_the_reader_may_not_see_is_not_followed(framework, county):
    sharing.agreement(
        framework, flow("Secret", county.council, county.trust, items=HEALTH), restricted=True
    )
    assert hands(county.users["police_officer"], county.council, category="health") == {}
    assert hands(county.users["office"], county.council, category="health") != {}
    page = ask(county.users["police_officer"], f"/reports/corrections/?body={county.council.pk}")
    assert county.council.legal_name not in page.content.decode()


def test_the_page_asks_step_by_step_and_lists(chain, county):
    office = county.users["office"]
    body = county.council.pk
    assert "Health" in ask(office, f"/reports/corrections/?body={body}").content.decode()
    page = ask(office, f"/reports/corrections/?body={body}&category=health")
    assert "Onward, hand 2" in page.content.decode()
    answer = ask(office, f"/reports/corrections/export/csv/?body={body}&category=health")
    assert b"First" in b"".join(answer.streaming_content)
    assert ask(office, "/reports/corrections/export/csv/?body=x").status_code == 404


def test_it_asks_as_much_of_many_flows_as_of_few(framework, county):
    office = county.users["office"]
    sharing.many(framework, 20, county.council, county.police)
    receivers_of(office, county.council.pk, category="health")  # what the login reaches is kept
    with CaptureQueriesContext(connection) as few:
        receivers_of(office, county.council.pk, category="health")
    sharing.many(framework, 400, county.police, county.trust, title="More")
    with CaptureQueriesContext(connection) as more:
        receivers_of(office, county.council.pk, category="health")
    assert len(more) == len(few) <= 8
