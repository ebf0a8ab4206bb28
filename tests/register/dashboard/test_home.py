"""Home shows what needs somebody, each with its one next step, and nothing that is empty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from register.core.dates import now, today
from register.documents.lifecycle import State
from register.notices.models import Notice
from tests import make_documents

# Of a page with one row in each of two parts: it must not grow, whatever rooms add.
MOST_STATEMENTS = 22


def parts(response) -> list:
    return [part for _, some in response.context["groups"] for part in some]


def headings(response) -> list[str]:
    return [part.heading for part in parts(response)]


def test_with_nothing_to_do_home_says_so_and_names_the_next_review(people, ask, fill):
    fill(people.partnership, 1, review_on=today() + timedelta(days=300))

    page = ask(people.off_a, "/").content.decode()

    assert "Nothing needs you." in page
    assert "The next review is due in" in page


def test_empty_parts_are_not_shown(people, ask, fill):
    fill(people.partnership, 1, start=1, review_on=today() - timedelta(days=1))

    assert headings(ask(people.office, "/")) == ["Review overdue"]


def test_each_part_leads_to_all_of_its_rows(people, ask, fill):
    fill(people.partnership, 7, start=1, review_on=today() - timedelta(days=1))
    fill(people.partnership, 30, start=10, review_on=today() + timedelta(days=20))

    for part in parts(ask(people.office, "/")):
        listed = ask(people.office, part.address)
        assert listed.context["page"].count == int(part.count)
        assert len(part.items) == 5
        assert len(listed.context["part"].items) == min(25, int(part.count))


def test_each_row_has_one_next_step_and_may_be_put_off(people, ask, fill):
    fill(people.partnership, 1, start=1, review_on=today() - timedelta(days=1))

    page = ask(people.office, "/").content.decode()

    assert page.count("Review it<span") == 1
    assert "/work/put-off/entry/" in page


def test_what_others_look_after_is_no_work_of_mine(people, ask, fill):
    fill(people.partnership, 1, start=1, review_on=today() - timedelta(days=1))
    fill(people.partnership, 1, start=2, review_on=today() - timedelta(days=1),
         lead_id=people.council.organisation_id)  # fmt: skip

    mine = parts(ask(people.off_a, "/"))

    assert [(part.heading, part.count) for part in mine] == [("Review overdue", "1")]
    assert parts(ask(people.off_b, "/")) == []


def test_my_drafts_are_those_of_my_body(people, ask):
    bodies = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *bodies, lead=people.council.organisation)

    assert headings(ask(people.off_a, "/")) == ["My drafts"]
    assert headings(ask(people.mgr_a, "/")) == []


def test_a_manager_sees_what_is_in_force_for_the_organisation(people, ask, fill):
    fill(people.partnership, 2, start=1, bodies=[people.council])
    fill(people.partnership, 1, start=9, bodies=[people.police])
    fill(people.partnership, 1, start=20, bodies=[people.council], is_unconfirmed=True)

    mine = parts(ask(people.mgr_a, "/"))

    assert [(part.heading, part.count) for part in mine] == [("In force for my organisation", "2")]
    assert "In force for my organisation" not in headings(ask(people.off_a, "/"))
    assert "Nothing needs you." in ask(people.mgr_a, "/").content.decode()


def test_messages_that_were_given_up_are_shown_to_the_office_alone(people, ask):
    Notice.objects.create(
        to="gone@example.org", subject="Approve this", text="x", key="k", written_at=now(),
        due_at=now(), given_up_at=now(), tries=8,
    )  # fmt: skip

    assert "Approve this" in ask(people.office, "/").content.decode()
    assert "Approve this" not in ask(people.off_a, "/").content.decode()


def test_a_login_without_a_person_sees_an_empty_home(people, ask):
    assert "Nothing needs you." in ask(people.nobody, "/").content.decode()


@pytest.mark.parametrize("path", ["/", "/work/overdue/"])
def test_home_asks_the_same_few_statements_however_many_entries_wait(people, fill, path):
    fill(people.partnership, 1, start=1, review_on=today() - timedelta(days=1))
    fill(people.partnership, 1, start=2, review_on=today() + timedelta(days=9))
    _statements(people.office, path)
    fill(people.partnership, 1, start=3, review_on=today() + timedelta(days=9))
    few = _statements(people.office, path)
    fill(people.partnership, 60, start=100, review_on=today() - timedelta(days=1))
    fill(people.partnership, 60, start=200, review_on=today() + timedelta(days=9))

    assert _statements(people.office, path) == few
    assert few <= MOST_STATEMENTS


def test_every_kind_of_entry_in_signing_keeps_the_page_whole(people, ask):
    bodies = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *bodies, state=State.SIGNING)

    assert ask(people.office, "/").status_code == 200


def _statements(user, path: str) -> int:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
