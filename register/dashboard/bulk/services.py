"""Choosing, confirming and doing an act on many entries, some at a time."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from register.core.conflicts import Conflict
from register.core.dates import now
from register.core.verdicts import require
from register.dashboard.acts import WORDS, may_ask
from register.dashboard.bulk.choosing import matching_rows
from register.dashboard.bulk.kind import SAME, Batch, batch_of
from register.dashboard.bulk.kinds import KINDS
from register.dashboard.bulk.meanwhile import who_changed
from register.dashboard.bulk.models import BulkTask, TaskState
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import kept_up_once
from register.ledger.acts import act

AT_ONCE = 200  # entries that the page itself waits for; more are the worker's
CHUNK = 100  # entries in one transaction: others who edit wait no longer than it takes
TAKEN_FOR_DEAD_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)
GONE = "It is not open to you any more."
NO_MATCH = "It does not match the filter any more."


def keep(task: BulkTask) -> BulkTask:
    """Keep what somebody chose, each entry with its row version as it stands now."""
    versions = dict(Document.objects.filter(pk__in=task.keys).values_list("pk", "row_version"))
    task.rows = [[pk, versions[pk]] for pk in task.keys if pk in versions]
    task.chosen_at = now()
    task.save()
    return task


def fill_in(*, task: BulkTask, values: dict) -> BulkTask:
    """Keep what is to be written, before it is shown and confirmed."""
    if task.state != TaskState.CHOSEN:
        raise ValidationError("It is done already. Select the entries again for another change.")
    task.values = values
    task.save(update_fields=["values"])
    return task


def confirm(*, by, task: BulkTask) -> bool:
    """Do a task that its owner has seen; a long one is left to the worker. False if it was confirmed before.

    What the filter no longer finds is left out and named; what it finds besides is never touched.
    """
    require(may_ask(by, task.act))
    is_short = task.count <= AT_ONCE
    state = TaskState.WORKING if is_short else TaskState.WAITING
    mine = BulkTask.objects.filter(pk=task.pk, user=by, state=TaskState.CHOSEN)
    if not mine.update(state=state, claimed_at=now() if is_short else None):
        return False
    if is_short:
        finish(task)
    return True


def undo(*, by, task: BulkTask) -> BulkTask:
    """Take back what a task changed, as a task of its own."""
    reverse = KINDS[task.act].undo
    if task.state != TaskState.DONE or not reverse or not task.changed:
        raise ValidationError("There is nothing to undo.")
    back = keep(BulkTask(user=by, act=reverse, query=task.query, back=task.back,
                         rows=[[pk, 0] for pk in task.changed], listed=len(task.changed)))  # fmt: skip
    confirm(by=by, task=back)
    return back


def due() -> QuerySet[BulkTask]:
    """Tasks that wait for the worker, and those whose worker has died."""
    stale = Q(state=TaskState.WORKING, claimed_at__lt=now() - TAKEN_FOR_DEAD_AFTER)
    return BulkTask.objects.filter(Q(state=TaskState.WAITING) | stale).order_by("chosen_at", "pk")


def finish(task: BulkTask) -> BulkTask:
    """Do what is left of a task that this worker has claimed."""
    while _do_some(task):
        pass
    return task


def clear_old() -> int:
    """Forget tasks of a month ago; what they did stands in the ledger. Returns how many."""
    old = BulkTask.objects.filter(chosen_at__lt=now() - KEPT_FOR)
    return old.exclude(state__in=[TaskState.WAITING, TaskState.WORKING]).delete()[0]


@transaction.atomic
def _do_some(task: BulkTask) -> bool:
    """Do the next entries of a task, all of them with the note of it or none; whether some are left."""
    stored = BulkTask.objects.select_for_update().get(pk=task.pk)
    rows = dict(stored.rows[stored.place : stored.place + CHUNK])
    if stored.state == TaskState.WORKING and rows:
        _do(stored, rows)
    stored.place += len(rows)
    stored.claimed_at = now()
    if stored.place >= stored.count:
        stored.state, stored.ended_at = TaskState.DONE, now()
    stored.save()
    task.__dict__.update(stored.__dict__)
    return stored.state == TaskState.WORKING


def _do(task: BulkTask, rows: dict[int, int]) -> None:
    by, before = task.user, len(task.changed)
    with act(by=by, verb="entries.changed_together", detail={"act": WORDS[task.act]}) as this:
        batch = batch_of(_locked(by, list(rows)), task)
        _name_the_lost(task, rows, batch)
        matching = _matching(task, list(rows))
        with kept_up_once(by=by):
            for document in batch.documents:
                if document.pk not in matching:
                    task.skipped.append([document.reference, NO_MATCH])
                else:
                    _do_one(task, batch, document, rows[document.pk])
        this.detail["entries"] = len(task.changed) - before
        this.quiet = not this.detail["entries"]


def _do_one(task: BulkTask, batch: Batch, document: Document, row_version: int) -> None:
    try:
        require(may_edit(task.user, document))
        if document.row_version != row_version:
            raise ValidationError(who_changed(document))
        sent = KINDS[task.act].run(
            by=task.user, batch=batch, document=document, row_version=row_version
        )
    except (PermissionDenied, Conflict) as refusal:
        task.skipped.append([document.reference, str(refusal)])
    except ValidationError as refusal:
        task.skipped.append([document.reference, " ".join(refusal.messages)])
    else:
        if sent == SAME:
            task.same.append(document.pk)
        else:
            task.changed.append(document.pk)
            task.messages += int(sent)


def _locked(by, keys: list[int]) -> list[Document]:
    """The entries under lock, in one order for everybody, without those that are closed to the reader now."""
    found = Document.objects.select_for_update(of=("self",)).order_by("pk")
    rows = found.select_related("partnership", "lead", "owner").filter(pk__in=keys)
    seen = set(Document.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows.prefetch_related("tags") if row.pk in seen]


def _matching(task: BulkTask, keys: list[int]) -> set[int]:
    """Those of some entries that the filter still finds; ticked ones need match no filter."""
    if not task.is_all:
        return set(keys)
    return set(
        matching_rows(task.user, task.query).filter(pk__in=keys).values_list("pk", flat=True)
    )


def _name_the_lost(task: BulkTask, rows: dict[int, int], batch: Batch) -> None:
    found = {document.pk for document in batch.documents}
    lost = Document.objects.filter(pk__in=set(rows) - found)
    task.skipped += [[reference, GONE] for reference in lost.values_list("reference", flat=True)]
