"""Opening, giving out and closing tasks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.core.dates import today
from register.core.ripple import Cause, Touch
from register.ledger.models import Entry
from register.tasks import services
from register.tasks.models import Task
from tests import make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def cause(key="law:dpa_2018", kind="law"):
    return Cause(kind, key, "Section 8 was amended.")


def touches(framework):
    place = framework.county.partnership.pk
    documents = [
        Touch("document", each.pk, each.reference, "/", "It cites it.", each.tier, place)
        for each in (framework.ours, framework.theirs)
    ]
    body = framework.county.police
    return [*documents, Touch("body", body.pk, body.legal_name, "/", "It is named.", 0, place)]


def opened(framework, **more):
    return services.open_tasks(by=TEST, cause=cause(), touches=touches(framework), **more)


def test_a_task_says_what_happened_and_when_it_is_due(framework):
    opened(framework)
    task = Task.objects.of_document(framework.ours.pk).get()
    assert (task.kind, task.says, task.why) == (
        "law_changed",
        "Section 8 was amended.",
        "It cites it.",
    )
    assert task.due_on == today() + timedelta(days=28)
    assert Task.objects.of_body(framework.county.police.pk).count() == 1
    assert Entry.objects.filter(verb="tasks.opened").count() == 1


def test_nothing_is_opened_twice_and_nothing_new_leaves_no_entry(framework):
    assert len(opened(framework)) == 3
    assert opened(framework) == []
    assert Entry.objects.filter(verb="tasks.opened").count() == 1
    other = services.open_tasks(by=TEST, cause=cause("law:other"), touches=touches(framework))
    assert len(other) == 3


def test_a_subject_named_twice_gets_one_task(framework):
    twice = touches(framework) * 2
    assert len(services.open_tasks(by=TEST, cause=cause(), touches=twice)) == 3


def test_a_closed_task_may_be_opened_again(framework):
    task = opened(framework)[0]
    services.close_task(by=TEST, task=task, outcome="confirmed", row_version=1)
    assert len(opened(framework)) == 1


def test_three_and_sixty_cost_as_many_statements(framework, django_assert_max_num_queries):
    place = framework.county.partnership.pk
    counts = []
    for number, count in enumerate((1, 3, 60)):
        found = [Touch("document", 10_000 + n, f"X-{n}", "/", "", 3, place) for n in range(count)]
        with django_assert_max_num_queries(30) as asked:
            services.open_tasks(by=TEST, cause=cause(f"law:{number}"), touches=found)
        counts.append(len(asked))
    # The first of all also keeps the names of the columns.
    # Sixty rows with their history are written in one batch more.
    assert counts[2] <= counts[1] + 1


def test_closing_takes_an_outcome_and_the_version_that_was_seen(framework):
    task = opened(framework)[0]
    with pytest.raises(ValidationError):
        services.close_task(by=TEST, task=task, outcome="perhaps", row_version=1)
    with pytest.raises(Conflict):
        services.close_task(by=TEST, task=task, outcome="confirmed", row_version=7)
    closed = services.close_task(
        by=TEST, task=task, outcome="changed", note=" Mended. ", row_version=1
    )
    assert (closed.outcome, closed.note, closed.closed_by_name) == (
        "changed",
        "Mended.",
        "The register (test)",
    )
    with pytest.raises(PermissionDenied, match="closed it already"):
        services.close_task(by=TEST, task=task, outcome="changed", row_version=2)


def test_who_keeps_the_document_or_was_given_the_task_may_close_it(framework, county):
    task = next(t for t in opened(framework) if t.document_id == framework.ours.pk)
    manager, office = county.users["police_manager"], county.users["office"]
    with pytest.raises(PermissionDenied):
        services.close_task(by=manager, task=task, outcome="confirmed", row_version=1)
    task = services.assign(
        by=office, task=task, assignee=county.people["police_manager"], row_version=1
    )
    closed = services.close_task(
        by=make.fresh(manager), task=task, outcome="confirmed", row_version=2
    )
    assert closed.closed_at


def test_a_task_is_given_only_to_who_may_read_what_it_is_about(framework, county):
    task = next(t for t in opened(framework) if t.document_id == framework.ours.pk)
    stranger = make.person("Somebody Else")
    with pytest.raises(ValidationError, match="may not read"):
        services.assign(by=TEST, task=task, assignee=stranger, row_version=1)


def test_many_are_closed_at_once_and_those_closed_meanwhile_stay(framework):
    tasks = opened(framework)
    services.close_task(by=TEST, task=tasks[0], outcome="not needed", row_version=1)
    closed = services.close_tasks(by=TEST, tasks=tasks, outcome="confirmed", note="All read.")
    assert len(closed) == 2
    assert Task.objects.get(pk=tasks[0].pk).outcome == "not needed"
    assert not Task.objects.open().exists()


def test_many_are_not_closed_by_who_keeps_only_some(framework, county):
    tasks = opened(framework)
    with pytest.raises(PermissionDenied):
        services.close_tasks(by=county.users["police_officer"], tasks=tasks, outcome="confirmed")
    assert Task.objects.open().count() == 3
