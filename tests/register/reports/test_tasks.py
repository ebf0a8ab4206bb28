"""The list of tasks, a task, and what the pages of acts say before they are done."""

import pytest
from django.urls import reverse

from register.core.dates import today, words
from register.core.ripple import Cause, Touch
from register.directory.models import CommunityMember
from register.documents.services import facts
from register.signing import services as signing
from register.tasks import services
from register.tasks.models import Task
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
TASKS = "/tasks/"


@worlds.shared
def withdrawn(framework):
    slot = framework.slot(framework.charter, framework.county.police)
    signing.record_withdrawal(by=TEST, slot=slot, reason="It left.", withdrawn_on=today())
    return framework


def signed_in(client, county, who):
    client.force_login(county.users[who])
    return client


def restrict(document):
    document.refresh_from_db()
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, visibility="named",
        is_restricted=True,
    )  # fmt: skip


def names(answer):
    return {line.task.name for line in answer.context["rows"]}


def test_the_page_of_a_withdrawal_says_what_becomes_of_it(client, framework, county):
    office = signed_in(client, county, "office")
    slot = framework.slot(framework.charter, county.police)
    address = reverse("signing:withdraw", args=[framework.charter.reference, slot.pk])
    said = {
        touch.pk for touch in office.get(address).context["touches"] if touch.subject == "document"
    }
    assert said == {framework.protocol.pk, framework.ours.pk}
    answer = office.post(address, {"withdrawn_on": words(today()), "reason": "It left."})
    assert answer.status_code == 302
    tasks = Task.objects.filter(document_id__isnull=False)
    assert set(tasks.values_list("document_id", flat=True)) == said


@pytest.mark.parametrize("page", ["end", "suspend"])
def test_the_pages_of_ending_and_suspending_say_it(client, framework, county, page):
    office = signed_in(client, county, "office")
    answer = office.get(reverse(f"documents:{page}", args=[framework.protocol.reference]))
    assert "This touches" in answer.text
    assert framework.ours.reference in answer.text
    answer = office.get(reverse(f"documents:{page}", args=[framework.ours.reference]))
    assert "This touches" not in answer.text


def test_the_pages_of_memberships_say_it(client, framework, county):
    office = signed_in(client, county, "office")
    membership = county.police.memberships.get()
    row = CommunityMember.objects.get(organisation=county.police)
    for address in (
        reverse("directory:end_membership", args=[membership.pk]),
        reverse("directory:change_membership", args=[membership.pk]),
        reverse("directory:leave_community", args=[county.community.slug, row.pk]),
    ):
        answer = office.get(address)
        assert framework.ours.reference in answer.text, address
        assert framework.theirs.reference not in answer.text, address


def test_the_check_of_a_draft_says_which_principles_touch_whom(client, framework, county):
    office = signed_in(client, county, "office")
    office.post(
        reverse("documents:revise", args=[framework.charter.reference]), {"changes": "More"}
    )
    answer = office.get(reverse("documents:check", args=[framework.charter.reference]))
    assert "This touches" in answer.text
    assert framework.protocol.reference in answer.text


def test_the_list_shows_what_is_open_and_filters_it(client, withdrawn, county):
    office = signed_in(client, county, "office")
    answer = office.get(TASKS)
    assert len(names(answer)) == 3
    for query, count in (
        ("kind=signature", 3),
        ("kind=law_changed", 0),
        ("standing=overdue", 0),
        ("standing=closed", 0),
        (f"document={withdrawn.ours.reference.lower()}", 1),
        ("whose=mine", 0),
        ("kind=nonsense&whose=nobody", 3),
    ):
        assert len(names(office.get(f"{TASKS}?{query}"))) == count, query


def test_my_bodies_and_my_own(client, withdrawn, county):
    officer = signed_in(client, county, "police_officer")
    assert len(names(officer.get(f"{TASKS}?whose=bodies"))) == 3
    council = signed_in(client, county, "council_officer")
    assert len(names(council.get(f"{TASKS}?whose=bodies"))) == 2
    owner = county.people["council_officer"]
    withdrawn.ours.refresh_from_db()
    facts.change_facts(
        by=TEST, document=withdrawn.ours, row_version=withdrawn.ours.row_version, owner=owner
    )
    assert len(names(council.get(f"{TASKS}?whose=mine"))) == 1


def test_a_task_is_closed_and_given_on_its_page(client, withdrawn, county):
    office = signed_in(client, county, "office")
    task = Task.objects.of_document(withdrawn.ours.pk).get()
    page = reverse("reports:task", args=[task.pk])
    assert "Close the task" in office.get(page).text
    person = county.people["council_officer"]
    to = reverse("reports:assign_task", args=[task.pk])
    assert office.post(to, {"row_version": 1, "assignee": person.pk}).status_code == 302
    close = reverse("reports:close_task", args=[task.pk])
    assert office.post(close, {"row_version": 2}).status_code == 422
    assert office.post(close, {"row_version": 1, "outcome": "confirmed"}).status_code == 409
    assert office.post(close, {"row_version": 2, "outcome": "confirmed"}).status_code == 302
    answer = office.get(page)
    assert "Confirmed: it stands as it is" in answer.text
    assert "Close the task" not in answer.text


def test_ticked_tasks_are_closed_at_once(client, withdrawn, county):
    office = signed_in(client, county, "office")
    keys = list(Task.objects.values_list("pk", flat=True))
    close = reverse("reports:close_tasks")
    answer = office.post(close, {"outcome": "confirmed"})
    assert answer.status_code == 422
    assert "Tick at least one task." in answer.text
    answer = office.post(close, {"task": keys})
    assert answer.status_code == 422
    assert "Choose what came of them." in answer.text
    assert office.post(close, {"task": keys, "outcome": "confirmed"}).status_code == 302
    assert not Task.objects.open().exists()


def test_the_entry_and_the_body_show_their_open_tasks(client, withdrawn, county):
    office = signed_in(client, county, "office")
    task = Task.objects.of_document(withdrawn.ours.pk).get()
    answer = office.get(withdrawn.ours.get_absolute_url())
    assert reverse("reports:task", args=[task.pk]) in answer.text
    body = Task.objects.of_body(county.police.pk).get()
    answer = office.get(county.police.get_absolute_url())
    assert reverse("reports:task", args=[body.pk]) in answer.text
    assert 'id="tasks"' not in office.get(withdrawn.theirs.get_absolute_url()).text


def test_a_task_about_a_restricted_entry_leaves_no_trace_for_others(client, withdrawn, county):
    restrict(withdrawn.ours)
    task = Task.objects.of_document(withdrawn.ours.pk).get()
    other = signed_in(client, county, "police_officer")
    answer = other.get(TASKS)
    assert len(names(answer)) == 2
    assert "2 tasks" in answer.text
    assert withdrawn.ours.reference not in answer.text
    assert other.get(reverse("reports:task", args=[task.pk])).status_code == 404
    assert other.get(f"{TASKS}?document={withdrawn.ours.reference}").context["page"].count == 0
    answer = other.post(reverse("reports:close_tasks"), {"task": [task.pk], "outcome": "confirmed"})
    assert answer.status_code == 422
    assert Task.objects.get(pk=task.pk).is_open


def test_what_a_restricted_entry_caused_leaves_no_trace_for_others(client, withdrawn, county):
    restrict(withdrawn.charter)
    other = signed_in(client, county, "police_officer")
    assert names(other.get(TASKS)) == set()
    assert 'id="tasks"' not in other.get(withdrawn.ours.get_absolute_url()).text
    assert withdrawn.charter.reference not in other.get(county.police.get_absolute_url()).text


def test_a_stranger_sees_no_task(client, withdrawn):
    outsider = make.officer("body_officer", make.member(make.partnership("Northmere")))
    client.force_login(outsider)
    assert names(client.get(TASKS)) == set()


def test_the_list_costs_as_many_statements_for_many_as_for_few(
    client, withdrawn, county, django_assert_max_num_queries
):
    office = signed_in(client, county, "office")
    counts = []
    for more in (0, 12):
        made = [
            make.agreement(county.partnership, county.council, title=f"More {number}")
            for number in range(more)
        ]
        place = county.partnership.pk
        touches = [Touch("document", d.pk, d.reference, "", "", 3, place) for d in made]
        cause = Cause("law", f"law:{more}", "It changed.")
        services.open_tasks(by=TEST, cause=cause, touches=touches)
        office.get(TASKS)
        with django_assert_max_num_queries(40) as asked:
            answer = office.get(TASKS)
        counts.append((len(asked), len(names(answer))))
    assert [count for _, count in counts] == [3, 15]
    assert counts[0][0] == counts[1][0]
