"""Disposal runs: proposed as a list, confirmed by a second administrator, carried out by the worker."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Contact, Partnership
from register.documents.disposal import UNUSED
from register.documents.lifecycle import State
from register.documents.models import Document
from register.documents.services.moving import discard
from register.jobs.stopping import is_stopping
from register.ledger.acts import act
from register.ledger.redaction import NeedsOwner, owner_alias
from register.ledger.retention import AGREEMENTS, CONTACTS
from register.records.due import Due, due_in, is_still_due
from register.records.models import DisposalItem, DisposalRun, DisposalState, ItemOutcome
from register.records.permissions import may_decide_disposal, may_keep_records
from register.records.skeletons import (
    clear_away,
    dispose_of_contact,
    dispose_of_document,
    is_disposed,
)

LIMIT = 1_000  # records a run: a list that a person can read before confirming it
CLAIMED_FOR = timedelta(minutes=15)
# What is said of a record that cannot be disposed of; after the last try the run is done without it.
TRIED = (
    "It could not be disposed of yet: tried once.",
    "It could not be disposed of yet: tried twice.",
)
GIVEN_UP = (
    "It could not be disposed of in three tries: the register made a mistake of its own. Tell the "
    "administrator; the next disposal lists it again."
)
LEFT_BEHIND = (
    "It was disposed of, but not all that rests on it could be taken away in three tries. Tell the "
    "administrator."
)
BY = "system:dispose"
log = logging.getLogger(__name__)


def propose(*, by, partnership: Partnership, reason: str) -> DisposalRun:
    """Put what is due today into a list, with what is kept and why; a second administrator decides."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why this is disposed of now."})
    require(may_keep_records(by, partnership))
    with act(by=by, verb="disposal.proposed", reason=reason) as this:
        place = Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
        if DisposalRun.objects.filter(
            partnership=place, state__in=[DisposalState.PROPOSED, DisposalState.CONFIRMED]
        ).exists():
            raise ValidationError("Another disposal is not finished yet: decide that one first.")
        rows = due_in(place, LIMIT)
        if not any(not row.why_kept for row in rows):
            raise ValidationError("Nothing may be disposed of today.")
        run = this.subject = DisposalRun.objects.create(
            partnership=place, reason=reason.strip(), proposed_by=by.person, proposed_at=now()
        )
        DisposalItem.objects.bulk_create([_item(run, row) for row in rows])
        this.detail = {"records": sum(not row.why_kept for row in rows), "kept": sum(
            bool(row.why_kept) for row in rows)}  # fmt: skip
    return run


def confirm(*, by, run: DisposalRun, reason: str = "") -> DisposalRun:
    """Let a disposal go ahead: the worker carries it out."""
    return _decide(by, run, DisposalState.CONFIRMED, "disposal.confirmed", reason)


def refuse(*, by, run: DisposalRun, reason: str) -> DisposalRun:
    """Refuse a disposal: nothing of its list is touched."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is refused."})
    return _decide(by, run, DisposalState.REFUSED, "disposal.refused", reason)


def waiting() -> QuerySet[DisposalRun]:
    """Confirmed disposals, for the worker or for the owner of the tables."""
    return DisposalRun.objects.filter(state=DisposalState.CONFIRMED)


def due() -> QuerySet[DisposalRun]:
    """Confirmed disposals that nobody has in hand."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIMED_FOR)
    return waiting().filter(free).order_by("decided_at", "pk")


def carry_out(run: DisposalRun) -> int:
    """Carry out a confirmed disposal, going on where it was left; how many records went.

    Where guarded tables may not be changed from here, it waits for `manage.py carry_out`.
    """
    run = DisposalRun.objects.select_related("partnership", "proposed_by", "decided_by").get(
        pk=run.pk
    )
    went = 0
    for item in run.items.filter(outcome=ItemOutcome.WAITING).select_related("document", "person"):
        if is_stopping():
            DisposalRun.objects.filter(pk=run.pk).update(claimed_at=None)
            break
        item.run = run
        try:
            went += _one(run, item)
        except Exception as error:
            if not isinstance(error, NeedsOwner):
                # It waits for the next round; the others do not wait for it.
                log.exception("Record %s of disposal %s failed.", item.pk, run.pk)
                _note_failure(item)
                continue
            DisposalRun.objects.filter(pk=run.pk).update(needs_owner=True, claimed_at=None)
            return went
        DisposalRun.objects.filter(pk=run.pk).update(claimed_at=now())
    if not run.items.filter(outcome=ItemOutcome.WAITING).exists():
        _finish(run)
    return went


def counts_of(run: DisposalRun) -> list[dict]:
    """How many records of each kind there are in a run, by what becomes of them."""
    rows = run.items.order_by().values("kind", "outcome").annotate(count=Count("pk"))
    names = dict(ItemOutcome.choices)
    return [
        {"kind": row["kind"], "outcome": names[row["outcome"]], "count": row["count"]}
        for row in rows.order_by("kind", "outcome")
    ]


def _item(run: DisposalRun, row: Due) -> DisposalItem:
    return DisposalItem(
        run=run, kind=row.kind, document=row.document, person_id=row.person_id,
        version_number=row.version.number if row.version else None, label=row.label[:300],
        due_on=row.due_on, why=row.why_kept[:500],
        outcome=ItemOutcome.KEPT if row.why_kept else ItemOutcome.WAITING,
    )  # fmt: skip


def _decide(by, run: DisposalRun, state: str, verb: str, reason: str) -> DisposalRun:
    with act(by=by, verb=verb, subject=run, reason=reason):
        row = DisposalRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        require(may_decide_disposal(by, row))
        row.state, row.decided_by, row.decided_at = state, by.person, now()
        row.decision_reason = reason.strip()
        row.save()
    return row


def _one(run: DisposalRun, item: DisposalItem) -> int:
    """Dispose of one record, in a transaction that first asks once more whether it may go."""
    using = owner_alias()
    with transaction.atomic(using=using):
        # Whoever sets a hold takes the same lock first: no hold comes between question and act.
        Partnership.objects.using(using).select_for_update(no_key=True).get(pk=run.partnership.pk)
        if _is_gone(item):
            why = ""  # it was done, and the worker died before it could say so
        elif not (why := is_still_due(item)):
            _dispose(run, item, using)
    label = item.label
    if item.kind == AGREEMENTS and not why:
        clear_away(item.the_document)
        # Of what is gone the list keeps the reference alone.
        label = item.the_document.reference
    outcome = ItemOutcome.KEPT if why else ItemOutcome.DISPOSED
    DisposalItem.objects.filter(pk=item.pk).update(outcome=outcome, why=why[:500], label=label)
    return int(not why)


def _note_failure(item: DisposalItem) -> None:
    """Count a try that failed; the third is the last, so that no record keeps a run from its end."""
    row = DisposalItem.objects.filter(pk=item.pk)
    tries = TRIED.index(item.why) + 1 if item.why in TRIED else 0
    if tries < len(TRIED):
        row.update(why=TRIED[tries])
    elif _is_gone(item):
        row.update(outcome=ItemOutcome.DISPOSED, why=LEFT_BEHIND, label=item.the_document.reference
                   if item.kind == AGREEMENTS else item.label)  # fmt: skip
    else:
        row.update(outcome=ItemOutcome.KEPT, why=GIVEN_UP)


def _is_gone(item: DisposalItem) -> bool:
    if item.kind == AGREEMENTS:
        return is_disposed(item.the_document)
    if item.kind == CONTACTS:
        contacts = Contact.objects.filter(person=item.the_person)
        return not contacts.exclude(email="", phone="").exists()
    versions = item.the_document.versions.filter(number=item.version_number or 0)
    return versions.filter(state=State.ENDED, end_reason=UNUSED).exists()


def _dispose(run: DisposalRun, item: DisposalItem, using: str) -> None:
    reason = f"Disposal {run.pk}: {run.reason}"
    people = {"by": run.proposed_by, "second": run.decided_by}
    if item.kind == CONTACTS:
        dispose_of_contact(**people, person=item.the_person, reason=reason)
    elif item.kind == AGREEMENTS:
        rows = Document.objects.using(using).select_for_update(of=("self",))
        dispose_of_document(**people, document=rows.get(pk=item.the_document.pk), reason=reason)
    else:
        version = item.the_document.versions.get(number=item.version_number or 0)
        discard(by=BY, version=version, reason=UNUSED)


def _finish(run: DisposalRun) -> None:
    done = {
        str(outcome): run.items.filter(outcome=outcome).count()
        for outcome in (ItemOutcome.DISPOSED, ItemOutcome.KEPT)
    }
    with act(by=BY, verb="disposal.done", subject=run, reason=run.reason, detail=done):
        DisposalRun.objects.filter(pk=run.pk).update(
            state=DisposalState.DONE, done_at=now(), claimed_at=None
        )
