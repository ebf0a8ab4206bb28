"""Two timers that come at the same moment do each thing once: messages, digests, changes of many entries."""

from collections import Counter
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils.crypto import get_random_string

from register.dashboard.bulk import services as bulk
from register.dashboard.bulk.choosing import chosen_task
from register.dashboard.bulk.models import BulkTask, TaskState
from register.dashboard.tokens import token_for
from register.documents.models import DocumentTag
from register.jobs.models import FailedItem, Run
from register.jobs.registry import jobs
from register.ledger.models import Entry
from register.notices.models import Notice
from register.notices.services import write
from register.worklist.models import Often
from register.worklist.services.mail_choices import choose_digest
from tests import make, make_documents
from tests.at_once import at_once
from tests.register.dashboard.bulk.conftest import write_entries

MESSAGES, ENTRIES = 60, 250
MORNING = "2027-03-01T09:00"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_do_each_thing_once():
    place = make.partnership()
    readers = [make.officer("register_officer", place) for _ in range(4)]
    body = make.member(place).organisation
    make_documents.agreement(place, body, owner=readers[0].person, by=readers[0])
    for reader in readers:
        choose_digest(user=reader, digest=Often.DAILY)
    Notice.objects.all().delete()
    for number in range(MESSAGES):
        write(to="a@example.org", subject=f"Message {number}", text="Hello", key=f"m:{number}")
    task = a_long_task(place, readers[0])

    said = at_once([tick, tick], (SystemExit,))

    assert [words for words in said if "all ended well" not in words] == []
    assert {run.job for run in Run.objects.filter(failures=0)} == {job.name for job in jobs()}
    assert not FailedItem.objects.exists()
    subjects = Counter(message.subject for message in mail.outbox)
    assert [subjects[f"Message {number}"] for number in range(MESSAGES)] == [1] * MESSAGES
    assert_one_digest_each(readers)
    assert_done_once(task)


def tick() -> str:
    out = StringIO()
    call_command("tick", "--now", MORNING, stdout=out)
    return out.getvalue()


def a_long_task(place, by) -> BulkTask:
    """Tags for more entries than a page waits for: confirmed, and left to the worker."""
    write_entries(place, ENTRIES)
    token = token_for(by, "tier=3", ENTRIES)
    task = chosen_task(user=by, act="tags", refs=[], token=token, query="", back="")
    task = bulk.fill_in(task=bulk.keep(task), values={"add": [get_random_string(8)], "remove": []})
    bulk.confirm(by=by, task=task)
    assert task.count > bulk.AT_ONCE
    return task


def assert_one_digest_each(readers) -> None:
    written = Notice.objects.filter(key__startswith="digest:").values_list("key", flat=True)
    wanted = [reader for reader in readers if f"digest:{reader.pk}:2027-03-01" in written]
    assert wanted, "somebody has work"
    assert len(written) == len(wanted)
    sent = Counter(message.to[0] for message in mail.outbox if "Your work" in message.subject)
    assert set(sent.values()) == {1}
    assert len(sent) == len(wanted)


def assert_done_once(task: BulkTask) -> None:
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    assert len(task.changed) == len(set(task.changed)) == task.count
    assert DocumentTag.objects.filter(word=task.values["add"][0]).count() == task.count
    acts = Entry.objects.filter(verb="document.changed", subject_pk__in=map(str, task.changed))
    assert acts.count() == task.count
