"""1,500 entries changed while others edit some of them: the exact rows, each with its history, in time."""

import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from register.core.conflicts import Conflict
from register.core.dates import today
from register.dashboard.bulk import services
from register.dashboard.bulk.choosing import chosen_task
from register.dashboard.bulk.models import BulkTask, TaskState
from register.dashboard.tokens import token_for
from register.documents.models import Document
from register.documents.services import facts
from register.ledger.models import Change, Entry
from register.search.models import Row
from tests import make
from tests.at_once import at_once
from tests.register.dashboard.bulk.conftest import write_entries

EDITED = 20


@pytest.mark.django_db(transaction=True)
def test_a_bulk_edit_of_many_rows_while_others_edit_changes_exactly_its_rows():
    number = 1_500 if connection.vendor == "postgresql" else 400
    place = make.partnership()
    office, colleague = (make.officer("register_officer", place) for _ in range(2))
    rows = write_entries(place, number, letter="A")
    others = write_entries(place, 50, letter="B", tier=2)
    token = token_for(office, "tier=3", number)
    task = services.keep(
        chosen_task(user=office, act="owner", refs=[], token=token, query="", back="")
    )
    services.fill_in(task=task, values={"owner": office.person.pk, "reason": "Left"})
    early, late = rows[:EDITED], rows[-EDITED:]
    edit(colleague, early, version=1)

    began = time.process_time()
    edited = while_others_edit(task, office, lambda: edit(colleague, late, version=1))
    took = time.process_time() - began

    task.refresh_from_db()
    assert task.state == TaskState.DONE
    # Whoever came first has it: an edit refused by the new row version, or a row left out and named.
    skipped = {reference for reference, _ in task.skipped}
    assert skipped == {row.reference for row in early} | edited
    assert all(why.startswith(f"Changed by {colleague.person.name}") for _, why in task.skipped)
    assert len(task.changed) == number - EDITED - len(edited)
    owned = Document.objects.filter(owner=office.person)
    assert set(owned.values_list("pk", flat=True)) == set(task.changed)
    assert set(Row.objects.filter(owner_id=office.person.pk).values_list("pk", flat=True)) == set(
        task.changed
    )
    assert not set(task.changed) & {row.pk for row in others}
    entries = Entry.objects.filter(verb="document.changed", reason="Left")
    assert {int(pk) for pk in entries.values_list("subject_pk", flat=True)} == set(task.changed)
    changes = Change.objects.filter(entry_id__in=entries.values("number"))
    assert changes.count() == len(task.changed)
    assert took < 45  # of the processor, however busy the machine is with other things


def while_others_edit(task: BulkTask, office, others) -> set[str]:
    """Do a task while others edit: at the same moment, or between two of its steps on SQLite."""
    services.confirm(by=office, task=task)
    assert services.due().get() == task
    BulkTask.objects.update(state=TaskState.WORKING)
    if connection.vendor == "postgresql":
        _, edited = at_once([lambda: services.finish(task), others], (ValidationError,))
        return edited
    services._do_some(task)
    edited = others()
    services.finish(task)
    return edited


def edit(colleague, rows, *, version: int) -> set[str]:
    """Give entries a review date one by one; the references of those that could be given one."""
    done = set()
    for row in rows:
        try:
            facts.change_facts(by=colleague, document=row, row_version=version, review_on=today())
        except (Conflict, PermissionDenied):
            continue
        done.add(row.reference)
    return done
